// One look at a page, with a proxy and without.
#include "core/client/page_look.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_server.h"

namespace assent {
namespace {

using testing::Connection;
using testing::TinyServer;

std::string address(const TinyServer& server) {
  return server.url().substr(std::string("http://").size());
}

PageView through(const TinyServer& proxy, const std::string& url) {
  return {
      .url = url, .proxy = address(proxy), .login = "jo", .password = "pw", .deadline_ms = 2000};
}

TEST(PageLook, IsTheStatusAndWhereItSends) {
  TinyServer server([](Connection& connection) {
    const std::string asked = connection.read_request();
    EXPECT_NE(asked.find("Cache-Control: no-cache"), std::string::npos);
    EXPECT_EQ(asked.find("Authorization"), std::string::npos);
    connection.reply(302, "moved", "Location: http://aup.example/\r\n");
  });
  const auto look = look_at({.url = server.url() + "/page", .deadline_ms = 2000});
  ASSERT_TRUE(look) << look.error().message;
  EXPECT_EQ(look->status, 302);
  EXPECT_EQ(look->sent_to, "http://aup.example/");
}

TEST(PageLook, GivesThePasswordToAProxyThatAsksForIt) {
  std::string given;
  TinyServer proxy([&](Connection& connection) {
    const std::string asked = connection.read_request();
    const auto at = asked.find("Proxy-Authorization: ");
    if (at == std::string::npos) {
      connection.reply(407, "", "Proxy-Authenticate: Basic realm=\"filter\"\r\n");
    } else {
      given = asked.substr(at, asked.find("\r\n", at) - at);
      connection.reply(200, "a page", "Connection: close\r\n");
    }
    connection.hang();
  });
  const auto look = look_at(through(proxy, "http://lesson.example/"));
  ASSERT_TRUE(look) << look.error().message;
  EXPECT_EQ(*look, (PageLook{200, ""}));
  EXPECT_EQ(given, "Proxy-Authorization: Basic am86cHc=");
}

TEST(PageLook, ATunnelThatIsRefusedIsAnAnswerToo) {
  TinyServer proxy([](Connection& connection) {
    EXPECT_TRUE(connection.read_request().starts_with("CONNECT chat.example:443 "));
    connection.reply(403, "no");
  });
  const auto look = look_at(through(proxy, "https://chat.example/"));
  ASSERT_TRUE(look) << look.error().message;
  EXPECT_EQ(look->status, 403);
}

TEST(PageLook, AnEndlessPageEndsWhereItBegins) {
  TinyServer server([](Connection& connection) {
    (void)connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
    connection.drip('x', 10);
  });
  EXPECT_EQ(look_at({.url = server.url(), .deadline_ms = 5000}).value(), (PageLook{200, ""}));
}

TEST(PageLook, WhoDoesNotAnswerIsSaidInWords) {
  TinyServer silent([](Connection& connection) { connection.hang(); });
  const auto late = look_at({.url = silent.url(), .deadline_ms = 200});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Code::Unavailable);
  for (const PageView& bad :
       {PageView{.url = "ftp://x/"}, PageView{.url = "x"}, PageView{.url = "http://x/\n"},
        PageView{.url = "http://x/", .proxy = "socks5://x"},
        PageView{.url = "http://x/", .proxy = "x:1", .login = "a\nb"}})
    EXPECT_EQ(look_at(bad).error().code, Code::Invalid) << bad.url;
}

}  // namespace
}  // namespace assent
