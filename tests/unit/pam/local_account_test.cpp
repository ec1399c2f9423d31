// Which accounts are the machine's own.

#include "pam-module/module/local_account.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/unit/pam/login_fixture.h"

namespace assent::pam {
namespace {

struct LocalAccount : testing::Test {
  std::string path = test_folder() + "/accounts";
  void write(const std::string& text) { std::ofstream(path, std::ios::trunc) << text; }
  ~LocalAccount() override { unlink(path.c_str()); }
};

TEST_F(LocalAccount, IsFoundByItsWholeNameAlone_A4) {
  write("root:x:0:0::/root:/bin/sh\nict:x:1000:1000::/:/bin/sh\njsmith:x:1001:1001::/:/bin/sh");
  EXPECT_EQ(local_uid(path, "ict"), 1000u);
  EXPECT_EQ(local_uid(path, "jsmith"), 1001u) << "the last line has no end";
  for (const char* other : {"", "jsmit", "jsmith2", "JSMITH", "SCHOOL\\jsmith", "jsmith@school",
                            "jsmith:x", "x", "1001", "smith"})
    EXPECT_EQ(local_uid(path, other), std::nullopt) << other;
}

TEST_F(LocalAccount, IsNoLineThatIsNotOne) {
  write(
      "\n#jsmith:x:1:1::/:\njsmith\njsmith:x\njsmith:x::1\njsmith:x:1x:1\njsmith:x:-1:1\n"
      "+jsmith:x:1:1::/:\n+::::::\n-jsmith::::::\n" +
      std::string(100000, 'j') + "\n");
  for (const char* name : {"jsmith", "+jsmith", "-jsmith", "+", ""})
    EXPECT_EQ(local_uid(path, name), std::nullopt) << name;
}

TEST_F(LocalAccount, RootIsOneEvenWithoutTheFile) {
  EXPECT_EQ(local_uid(path, "root"), 0u);
  EXPECT_EQ(local_uid(path, "ict"), std::nullopt);
  EXPECT_EQ(local_uid(test_folder(), "ict"), std::nullopt) << "a folder has no lines";
}

TEST_F(LocalAccount, APipeInTheFilesPlaceKeepsNobodyWaiting) {
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(local_uid(path, "ict"), std::nullopt);
}

}  // namespace
}  // namespace assent::pam
