// What MSCHAPv2 is checked against, as RFC 2759 has it.
#include "core/nt_hash/nt_hash.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

// RFC 2759, 9.2: clientPass.
TEST(NtHash, IsThatOfRfc2759) {
  EXPECT_EQ(to_hex(nt_hash("clientPass")), "44ebba8d5312b8d611474411f56989ae");
}

TEST(NtHash, OfNoPasswordIsMd4OfNothing) {  // RFC 1320, A.5
  EXPECT_EQ(to_hex(nt_hash("")), "31d6cfe0d16ae931b73c59d7e0c089c0");
}

TEST(NtHash, DiffersWithEachLetter) {
  EXPECT_NE(nt_hash("maple-robin-tunnel-sixpence"), nt_hash("maple-robin-tunnel-Sixpence"));
}

}  // namespace
}  // namespace assent
