// What is refused before anything is sent.
#include "service/directory/connection.h"

#include <gtest/gtest.h>

#include <csignal>

#include "tests/unit/directory/listener.h"

namespace assent::directory {
namespace {

struct Opening : testing::Test {
  DirectoryServer server;
  Opening() {
    std::signal(SIGPIPE, SIG_IGN);
    server.bind_dn = "cn=assent,dc=x";
    server.timeout = milliseconds{500};
  }
  Error error_at(const std::string& url, const std::string& password) {
    return Connection::open_at(parse_directory_url(url).value(), server, password).error();
  }
};

TEST_F(Opening, RefusesAnEmptyPassword) {
  EXPECT_EQ(error_at("ldaps://192.0.2.1", "").code, Code::Denied);
}

TEST_F(Opening, RefusesAnEmptyName) {
  server.bind_dn.clear();
  EXPECT_EQ(error_at("ldaps://192.0.2.1", "secret").code, Code::Denied);
}

TEST_F(Opening, WithoutTlsTalksToThisMachineAlone) {
  server.plain = true;
  EXPECT_EQ(error_at("ldap://192.0.2.1", "secret").code, Code::Denied);
  EXPECT_EQ(error_at("ldap://localhost:1", "secret").code, Code::Denied);
  EXPECT_EQ(error_at("ldap://127.0.0.1:1", "secret").code, Code::Unavailable);  // nobody is there
}

TEST_F(Opening, RefusesAProgramThatADeadSocketWouldKill) {
  std::signal(SIGPIPE, SIG_DFL);
  EXPECT_EQ(error_at("ldaps://127.0.0.1:1", "secret").code, Code::Invalid);
}

TEST_F(Opening, SaysWhichCertificateFileCannotBeRead) {
  server.ca_file = "/nonexistent/ca.pem";
  const Listener listener;
  const Error error = error_at("ldaps://127.0.0.1:" + std::to_string(listener.port), "secret");
  EXPECT_EQ(error.code, Code::Invalid);
  EXPECT_NE(error.message.find("/nonexistent/ca.pem"), std::string::npos) << error.message;
}

TEST(DirectoryUrl, IsAHostAndPerhapsAPort) {
  struct Case {
    const char *text, *host;
    bool ldaps, loopback;
  };
  const Case cases[] = {{"ldaps://dc1.school.test", "dc1.school.test", true, false},
                        {"ldap://dc1.school.test:3389", "dc1.school.test", false, false},
                        {"ldap://127.0.0.1:1389", "127.0.0.1", false, true},
                        {"ldaps://[::1]:636", "::1", true, true},
                        {"ldaps://localhost", "localhost", true, false}};
  for (const Case& each : cases) {
    const DirectoryUrl url = parse_directory_url(each.text).value();
    EXPECT_EQ(url, (DirectoryUrl{each.text, each.host, each.ldaps, each.loopback}));
  }
  for (const char* bad : {"", "dc1", "http://dc1", "ldapi:///", "ldaps://", "ldaps://a b",
                          "ldaps://a/dc=x", "ldaps://u@a", "ldaps://a:0", "ldaps://a:65536",
                          "ldaps://a:", "ldaps://[::1", "ldaps://::1", "ldap://a ldap://b"})
    EXPECT_FALSE(parse_directory_url(bad)) << bad;
}

}  // namespace
}  // namespace assent::directory
