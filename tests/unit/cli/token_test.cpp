// Tokens from the desk: what is sent, what is said, and that the secret is said once.

#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

constexpr const char* kMade =
    R"({"token":"t_abc","person":"p_a","login":"sokoro","name":"S Okoro","scope":"report:read",)"
    R"("expires":"2026-12-09T00:00:00.000Z","revoked":null,"live":true,)"
    R"("bearer":"assent_report_abc_secret"})";

TEST_F(Desk, ANewTokenIsSaidWithItsEndAndItsUndo) {
  script.say("POST /v1/tokens", kMade);
  const Ran ran = run({"token", "new", "--for", "s.okoro", "--scope", "report", "--days", "30"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_EQ(script.asked.at(0).body, R"({"for":"s.okoro","scope":"report:read","days":30})");
  EXPECT_HAS(ran.out, "assent_report_abc_secret");
  EXPECT_HAS(ran.out, "2026-12-09");
  EXPECT_HAS(ran.out, "assentctl token revoke t_abc");
}

TEST_F(Desk, ATokenNeedsToBeForSomebodyAndForSomething) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"token", "new", "--scope", "admin"},
        {"token", "new", "--for", "a"},
        {"token", "new", "--for", "a", "--scope", "root"},
        {"token", "new", "--for", "a", "--scope", "admin", "--days", "366"}})
    EXPECT_EQ(run(words).exit, Exit::Usage);
  EXPECT_TRUE(script.asked.empty());
}

TEST_F(Desk, TokensAreListedWithTheirStateAndRevokedById) {
  script.say("GET /v1/tokens",
             R"({"tokens":[{"token":"t_a","login":"ict","name":"ICT","scope":"admin",)"
             R"("expires":"2026-12-09T00:00:00.000Z","revoked":null,"live":true},)"
             R"({"token":"t_b","login":"ict","name":"ICT","scope":"report:read",)"
             R"("expires":"2026-12-09T00:00:00.000Z","revoked":"2026-11-09T00:00:00.000Z",)"
             R"("live":false}]})");
  const Ran table = run({"token", "list"});
  EXPECT_HAS(table.out, "ict    ICT   admin   until 2026-12-09 00:00 UTC    t_a");
  EXPECT_HAS(table.out, "ict    ICT   report  revoked 2026-11-09 00:00 UTC  t_b");
  script.say("POST /v1/tokens/t_a/revoke", kMade);
  EXPECT_HAS(run({"token", "revoke", "t_a"}).out, "good for nothing from now on");
  EXPECT_HAS(run({"token", "revoke", "t_a", "--dry-run"}).out, "Nothing was changed.");
}

}  // namespace
}  // namespace assent::cli
