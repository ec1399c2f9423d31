// libldap's words about TLS become a technician's.
#include "service/directory/tls_reason.h"

#include <gtest/gtest.h>

namespace assent::directory {
namespace {

TEST(TlsReason, SaysWhatIsWrongWithTheCertificate) {
  struct Case {
    std::string reason, words;
  };
  const Case cases[] = {
      {"hostname (dc2.x) does not match common name in certificate (dc1.x).", "for another host"},
      {"peer cert untrusted or revoked (0x42)", "not from the authority in ca_file"},
      {"peer cert untrusted or revoked (0x402)", "has expired"},
      {"peer cert untrusted or revoked (0x202)", "not valid yet"},
      {"peer cert untrusted or revoked (0x22)", "was revoked"},
      {"peer cert untrusted or revoked (0x102)", "not safe any more"},
      {"can't connect: The TLS connection was non-properly terminated..", "speaks no TLS"},
      {"can't connect: An unexpected TLS packet was received..", "speaks no TLS"},
      {"something new", "something new"},
  };
  for (const auto& [reason, words] : cases) {
    const std::string said = explained(reason);
    EXPECT_NE(said.find(words), std::string::npos) << said;
    EXPECT_NE(said.find(reason), std::string::npos) << said;
  }
  EXPECT_EQ(explained(""), "");
}

TEST(TlsReason, HoldsNothingWhenNothingWasSaid) {
  TlsReason reason;
  EXPECT_EQ(reason.take(), "");
}

}  // namespace
}  // namespace assent::directory
