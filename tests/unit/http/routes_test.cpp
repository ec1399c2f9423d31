// What all routes read of a request in one way.
#include "service/http/routes.h"

#include <gtest/gtest.h>

namespace assent::http {
namespace {

Result<bool> asked(std::string value) {
  Request request;
  request.query = {{"dry_run", std::move(value)}};
  return is_dry_run(request);
}

TEST(DryRun, IsWhatSomebodyAskedForInSoManyWords) {
  for (const char* yes : {"true", "1"}) EXPECT_TRUE(asked(yes).value()) << yes;
  for (const char* no : {"false", "0"}) EXPECT_FALSE(asked(no).value()) << no;
  EXPECT_FALSE(is_dry_run(Request{}).value());
}

TEST(DryRun, IsNotGuessed) {
  for (const char* word : {"", "yes", "no", "TRUE", "2", "01", "1 "}) {
    const auto read = asked(word);
    ASSERT_FALSE(read) << word;
    EXPECT_EQ(read.error().code, Code::Invalid) << word;
  }
}

TEST(Scope, OfATokenIsWhatItMayDo) {
  Actor reader, admin;
  reader.scope = "report:read";
  admin.scope = "admin";
  EXPECT_TRUE(check_scope(reader, "report:read"));
  EXPECT_TRUE(check_scope(admin, "report:read"));
  EXPECT_TRUE(check_scope(admin, "admin"));
  EXPECT_EQ(check_scope(reader, "admin").error().code, Code::Denied);
}

}  // namespace
}  // namespace assent::http
