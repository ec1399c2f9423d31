// docs/openapi.yaml names the routes, the query parameters and the problems that the code has, and
// no others. Whether it describes them truly is for tests/integration/test_openapi.py.

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

using Names = std::set<std::string>;

const SourceFile& page() {
  return file_at("docs/openapi.yaml");
}

// What `pattern` captures last on each line of a page or of the code that answers requests.
void add_captures(const SourceFile& file, const char* pattern, Names& names) {
  const std::regex wanted{pattern};
  for (const std::string& line : file.lines)
    for (std::sregex_iterator at{line.begin(), line.end(), wanted}, end; at != end; ++at)
      names.insert(at->str(at->size() - 1));
}

Names in_code(const char* pattern) {
  Names names;
  for (const SourceFile* file : code_files({"service/http/"})) add_captures(*file, pattern, names);
  return names;
}

Names in_page(const char* pattern) {
  Names names;
  add_captures(page(), pattern, names);
  return names;
}

// What programs call, that is; pages for people are not described there.
// "GET /v1/people" for each route of the page: a path two spaces in, a method four.
Names described_routes() {
  Names routes;
  std::string path;
  for (const std::string& line : page().lines) {
    if (line.starts_with("  /") && line.ends_with(":")) path = line.substr(2, line.size() - 3);
    if (line == "    get:") routes.insert("GET " + path);
    if (line == "    post:") routes.insert("POST " + path);
  }
  return routes;
}

Names declared_routes() {
  const std::regex method_and_path{"\"([A-Z]+)\", \"((/capport)?/v1/[^\"]*)\""};
  Names routes;
  for (const SourceFile* file : code_files({"service/http/"})) {
    for (std::size_t i = 0; i < file->lines.size(); ++i) {
      const std::string& line = file->lines[i];
      const bool has_path =
          line.find("\"/v1/") != line.npos || line.find("/capport/v1/") != line.npos;
      if (!has_path || code_of(line).find("\"\"") == std::string::npos) continue;  // a comment
      std::smatch found;
      const bool has_both = std::regex_search(line, found, method_and_path);
      EXPECT_TRUE(has_both) << place(*file, i) << "keep a route's method and path on one line";
      if (has_both) routes.insert(found[1].str() + " " + found[2].str());
    }
  }
  return routes;
}

void expect_same(const Names& described, const Names& declared) {
  for (const std::string& name : declared)
    EXPECT_TRUE(described.contains(name)) << "docs/openapi.yaml lacks " << name;
  for (const std::string& name : described)
    EXPECT_TRUE(declared.contains(name)) << "docs/openapi.yaml has " << name << ", the code not";
}

TEST(OpenApi, DescribesEveryRouteAndNoOther) {
  EXPECT_GT(declared_routes().size(), 30u);
  expect_same(described_routes(), declared_routes());
}

TEST(OpenApi, KnowsEveryProblem) {
  const auto words = in_code("(problem\\(|return \\{)(status|[0-9]{3}), \"([a-z-]+)\"");
  EXPECT_TRUE(words.contains("overtaken") && words.contains("request") && words.contains("denied"));
  expect_same(in_page("^ {12}- urn:assent:([a-z-]+)$"), words);
}

TEST(OpenApi, KnowsEveryQueryParameter) {
  const auto keys = in_code("query_value\\([a-z._]+, \"([a-z_]+)\"\\)");
  EXPECT_TRUE(keys.contains("dry_run") && keys.contains("find"));
  expect_same(in_page("\\{name: ([a-z_]+), in: query"), keys);
}

}  // namespace
}  // namespace assent::tidy
