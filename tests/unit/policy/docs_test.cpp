// docs/policy-format.md shows an example that works.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/policy/policy.h"

namespace assent {
namespace {

// The fenced text that follows the line "`name`:".
std::string example(const std::string& page, const std::string& name) {
  const std::size_t heading = page.find("\n`" + name + "`:\n```");
  if (heading == page.npos) return "";
  const std::size_t start = page.find('\n', page.find("```", heading)) + 1;
  return page.substr(start, page.find("\n```", start) + 1 - start);
}

TEST(PolicyFormat, ShowsAnExampleThatWorks) {
  std::ifstream in(ASSENT_SOURCE_DIR "/docs/policy-format.md");
  std::ostringstream page;
  page << in.rdbuf();
  std::vector<File> files;
  for (const std::string name : {"policy.toml", "1/version.toml", "1/en-GB.std.md"})
    files.push_back({name, example(page.str(), name)});
  const auto version = parse_version(PolicyName{"student"}, files, 1);
  ASSERT_TRUE(version) << version.error().message;
  const Rendition& text = version->renditions[0];
  EXPECT_EQ(text.help, "Ask your tutor, or see our page <https://school.example/help>.");
  ASSERT_EQ(text.rules.size(), 2u);
  EXPECT_EQ(text.rules[0].text, "I log in with my own name only.");
  EXPECT_EQ(text.rules[1].text,
            "The school checks what I do on its systems:\u2029my email\u2029the sites I visit");
}

}  // namespace
}  // namespace assent
