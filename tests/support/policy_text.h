#pragma once
// A policy's files as a school would write them, for tests that publish.

#include <string>
#include <utility>
#include <vector>

#include "core/policy/policy.h"

namespace assent::support {

struct VersionText {
  std::vector<std::pair<std::string, std::string>> rules = {{"own", "I use my own login."}};
  std::string mode = "agree";
  std::string effective = "2024-01-01", enforced_from;  // empty: as effective
  std::string renew;
  std::vector<std::string> renditions = {"en-GB.std"};
};

inline std::string policy_toml() {
  return "title = \"Rules\"\naudience = \"All\"\nowner = \"Head\"\napproving_body = \"Board\"\n"
         "adopted = 2023-07-14\nnext_review = 2030-07-01\napprovals = [\"governors\"]\n";
}

inline std::string version_toml(const VersionText& text) {
  std::string out = "mode = \"" + text.mode + "\"\neffective = " + text.effective + "\n";
  if (!text.enforced_from.empty()) out += "enforced_from = " + text.enforced_from + "\n";
  if (!text.renew.empty()) out += "renew = \"" + text.renew + "\"\n";
  return out + "[[approved]]\nbody = \"governors\"\nby = \"Chair\"\non = 2023-07-14\n";
}

inline std::string rendition_md(const VersionText& text, const std::string& name) {
  std::string out = "# Rules\n\n> [ask] I agree to these rules (" + name + ").\n\n";
  for (const auto& [id, words] : text.rules) out += "- [" + id + "] " + words + "\n";
  return out;
}

inline std::vector<File> policy_files(std::uint32_t number, const VersionText& text) {
  const std::string folder = std::to_string(number) + "/";
  std::vector<File> out = {{"policy.toml", policy_toml()},
                           {folder + "version.toml", version_toml(text)}};
  for (const std::string& name : text.renditions)
    out.push_back({folder + name + ".md", rendition_md(text, name)});
  return out;
}

}  // namespace assent::support
