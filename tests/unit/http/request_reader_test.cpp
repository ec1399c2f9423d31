// What is a request, and what is refused, byte by byte.
#include "service/http/request_reader.h"

#include <gtest/gtest.h>

namespace assent::http {
namespace {

using State = RequestReader::State;
constexpr std::size_t kBody = 100;

std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n";
}
std::string post(std::string_view headers, std::string_view body) {
  return "POST /p HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

// The status of the refusal, 0 for a request that is complete, -1 for one that needs more.
int outcome(std::string_view bytes) {
  RequestReader reader(kBody);
  reader.add(bytes);
  const auto state = reader.read();
  if (state == State::Refused) return reader.refusal().status;
  return state == State::Ready ? 0 : -1;
}

TEST(RequestReader, ReadsARequestOneByteAtATime) {
  const auto bytes =
      "POST /v1/people/jane%20s?form=7%2BB&dry_run=1&x=a+b HTTP/1.1\r\nhost: a\r\n"
      "AUTHORIZATION:  Bearer x \r\nContent-Type: application/json\r\n"
      "X-Assent-Edge: s\r\nX-Assent-Client: 10.0.0.7\r\nContent-Length: 2\r\n\r\n{}";
  RequestReader reader(kBody);
  for (const char* at = bytes; *at != 0; ++at) {
    ASSERT_NE(reader.read(), State::Ready);
    reader.add({at, 1});
  }
  ASSERT_EQ(reader.read(), State::Ready);
  EXPECT_FALSE(reader.has_more());
  const auto got = reader.take();
  EXPECT_EQ(got.request.method, "POST");
  EXPECT_EQ(got.request.path, "/v1/people/jane s");
  const std::vector<std::pair<std::string, std::string>> query{
      {"form", "7+B"}, {"dry_run", "1"}, {"x", "a b"}};
  EXPECT_EQ(got.request.query, query);
  EXPECT_EQ(got.request.authorization, "Bearer x");
  EXPECT_EQ(got.request.edge_secret, "s");
  EXPECT_EQ(got.client_address, "10.0.0.7");
  EXPECT_EQ(got.request.body, "{}");
  EXPECT_TRUE(got.keep_alive);
  EXPECT_EQ(reader.read(), State::Idle);
}

TEST(RequestReader, StartsTheNextRequestClean) {
  RequestReader reader(kBody);
  reader.add(post("Content-Length: 2\r\nAuthorization: Bearer x\r\n", "{}") + get("/next?a=1"));
  ASSERT_EQ(reader.read(), State::Ready);
  reader.take();
  EXPECT_TRUE(reader.has_more());
  ASSERT_EQ(reader.read(), State::Ready);
  const auto second = reader.take();
  EXPECT_EQ(second.request.path, "/next");
  EXPECT_EQ(second.request.authorization, "");
  EXPECT_EQ(second.request.body, "");
}

TEST(RequestReader, RefusesWhatCouldBeFramedTwoWays) {
  struct Row {
    int status;
    std::string bytes;
  } rows[] = {
      {400, post("Content-Length: 5\r\nContent-Length: 3\r\n", "hello")},
      {400, post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
      {411, post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {411, post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
      {411, post("Transfer-Encoding: xchunked\r\n", "")},
      {400, post("Content-Length: -1\r\n", "")},
      {400, post("Content-Length: +5\r\n", "hello")},
      {400, post("Content-Length: 5x\r\n", "hello")},
      {400, post("Content-Length: 5, 5\r\n", "hello")},
      {400, post("Content-Length:\r\n", "")},
      {413, post("Content-Length: 101\r\n", "")},
      {413, post("Content-Length: 4294967301\r\n", "hello")},
      {413, post("Content-Length: 99999999999999999999\r\n", "hello")},
      {400, post("Content-Length : 5\r\n", "hello")},
      {400, post("X: a\r\n folded\r\n", "")},
      {400, post("no colon\r\n", "")},
      {400, post(std::string("X: a\0b\r\n", 8), "")},
      {400, post("X: a\nContent-Length: 3\r\n", "abc")},
      {400, post("Host: b\r\n", "")},
      {400, post("X-Assent-Edge: a\r\nX-Assent-Edge: b\r\n", "")},
      {400, "GET /\tx HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\n\r\n"},
      {505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
      {505, "GET / H\r\nHost: a\r\n\r\n"},
      {417, post("Expect: 100-continue\r\n", "")},
  };
  for (const auto& row : rows) EXPECT_EQ(outcome(row.bytes), row.status) << row.bytes;
}

TEST(RequestReader, RefusesTargetsThatAreNotPlainPaths) {
  for (const auto* target : {"http://a/x", "*", "x", "/%", "/%4", "/%zz", "/a%00b", "/a%0ab",
                             "/%ff", "/%c0%af", "/a/../b", "/a/%2e%2e/b", "/.", "/x?a=1&a=2",
                             "/x?a=1&%61=2", "/x?a=%", "/x?=1", "/x?a=%0d", "/a b"})
    EXPECT_EQ(outcome(get(target)), 400) << target;
  for (const auto* target : {"/", "//", "/a.b/..c", "/x?", "/x?a", "/x?a=&b", "/\xc3\xa9"})
    EXPECT_EQ(outcome(get(target)), 0) << target;
}

TEST(RequestReader, LimitsWhatItKeeps) {
  EXPECT_EQ(outcome(get("/" + std::string(kMaxTargetBytes - 1, 'a'))), 0);
  EXPECT_EQ(outcome(get("/" + std::string(kMaxTargetBytes, 'a'))), 414);
  EXPECT_EQ(outcome("GET " + std::string(60000, '/')), 414);
  EXPECT_EQ(outcome(get("/", "X: " + std::string(kMaxHeadBytes, 'a') + "\r\n")), 431);
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\nX: " + std::string(kMaxHeadBytes, 'a')), 431);
  std::string many;
  for (std::size_t i = 0; i < kMaxHeaders; ++i) many += "X: a\r\n";
  EXPECT_EQ(outcome(get("/", many)), 431);
}

TEST(RequestReader, RefusesMethodsThatItDoesNotKnow) {
  for (const auto* method : {"HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "PRI"})
    EXPECT_EQ(outcome(std::string(method) + " / HTTP/1.1\r\nHost: a\r\n\r\n"), 501) << method;
}

TEST(RequestReader, KnowsWhoWantsToStay) {
  const auto stays = [](std::string_view bytes) {
    RequestReader reader(kBody);
    reader.add(bytes);
    EXPECT_EQ(reader.read(), State::Ready);
    return reader.take().keep_alive;
  };
  EXPECT_TRUE(stays(get("/")));
  EXPECT_FALSE(stays(get("/", "Connection: Close\r\n")));
  EXPECT_FALSE(stays("GET / HTTP/1.0\r\n\r\n"));
}

}  // namespace
}  // namespace assent::http
