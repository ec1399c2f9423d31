// Errors become statuses in one place.
#include "service/http/problem.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"

namespace assent::http {
namespace {

TEST(Problem, HasOneStatusForEachCode) {
  struct Row {
    Code code;
    int status, retry_after;
  } rows[] = {{Code::NotFound, 404, 0}, {Code::Conflict, 409, 0},    {Code::Invalid, 400, 0},
              {Code::Denied, 403, 0},   {Code::Unavailable, 503, 5}, {Code::Corrupt, 500, 0}};
  for (const auto& row : rows) {
    const auto said = problem_for({row.code, "what happened"});
    EXPECT_EQ(said.status, row.status);
    EXPECT_EQ(said.retry_after_seconds, row.retry_after);
    EXPECT_EQ(said.content_type, "application/problem+json");
    EXPECT_EQ(*parse_json(said.body)->find("status")->integer(), row.status);
  }
}

TEST(Problem, KeepsWhatFailedInsideToItself) {
  const auto said = problem_for({Code::Corrupt, "row 17 of entry: secret"});
  EXPECT_EQ(said.body.find("secret"), std::string::npos);
  EXPECT_EQ(said.body, internal_problem().body);
}

TEST(Problem, CarriesMoreMembersAndCleansWhatACallerSent) {
  const auto said = problem(409, "overtaken", "Newer version", "for \x1b[31mjane\xff",
                            Object{{"presentation", 7}});
  const auto json = parse_json(said.body);
  ASSERT_TRUE(json);
  EXPECT_EQ(*json->find("type")->text(), "urn:assent:overtaken");
  EXPECT_EQ(*json->find("presentation")->integer(), 7);
  EXPECT_EQ(json->find("detail")->text()->find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace assent::http
