// The route table, without a socket.
#include "service/http/router.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "core/formats/json.h"

namespace assent::http {
namespace {

Route route(std::string method, std::string pattern) {
  return {method, pattern, [pattern](const Request&, const Params& params, Respond respond) {
            respond({200, "text/plain", pattern + "|" + params["text"] + params["n"], 0});
          }};
}

Response ask(const Handler& handler, std::string method, std::string path) {
  Request request;
  request.method = std::move(method);
  request.path = std::move(path);
  Response heard;
  handler(request, [&heard](Response response) { heard = std::move(response); });
  return heard;
}

Handler sample() {
  return make_router({route("GET", "/v1/people/{text}"), route("GET", "/v1/people/outstanding"),
                      route("GET", "/v1/people/{text}/why"), route("POST", "/v1/people/{text}"),
                      route("GET", "/v1/policies/{text}/versions/{n}")});
}

TEST(Router, FindsTheHandlerAndItsParameters) {
  struct Row {
    std::string method, path, answer;
  } rows[] = {
      {"GET", "/v1/people/jane smith", "/v1/people/{text}|jane smith"},
      {"POST", "/v1/people/jane", "/v1/people/{text}|jane"},
      {"GET", "/v1/people/jane/why", "/v1/people/{text}/why|jane"},
      {"GET", "/v1/policies/staff/versions/3", "/v1/policies/{text}/versions/{n}|staff3"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(ask(sample(), row.method, row.path).body, row.answer) << row.path;
}

TEST(Router, PrefersPlainTextToAName) {
  EXPECT_EQ(ask(sample(), "GET", "/v1/people/outstanding").body, "/v1/people/outstanding|");
}

TEST(Router, KnowsThatAnotherMethodFitsOnlyTheName) {
  EXPECT_EQ(ask(sample(), "POST", "/v1/people/outstanding").body, "/v1/people/{text}|outstanding");
}

TEST(Router, SaysNotFoundAsAProblem) {
  for (const auto* path : {"/", "", "/v1", "/v1/people", "/v1/people/", "/v1/people//why",
                           "//v1/people/jane", "/v1/people/jane/why/"}) {
    const auto heard = ask(sample(), "GET", path);
    EXPECT_EQ(heard.status, 404) << path;
    EXPECT_EQ(heard.content_type, "application/problem+json");
  }
  EXPECT_EQ(ask(sample(), "GET", std::string(60000, '/')).status, 404);
}

TEST(Router, SaysThatTheMethodIsWrong) {
  const auto heard = ask(sample(), "DELETE", "/v1/people/jane");
  EXPECT_EQ(heard.status, 405);
  EXPECT_EQ(heard.headers,
            (std::vector<std::pair<std::string, std::string>>{{"Allow", "GET, POST"}}));
  EXPECT_EQ(*parse_json(heard.body)->find("type")->text(), "urn:assent:method");
}

TEST(Router, RefusesATableThatIsWrong) {
  EXPECT_THROW(make_router({route("GET", "v1")}), std::invalid_argument);
  EXPECT_THROW(make_router({route("GET", "/a/{b")}), std::invalid_argument);
  EXPECT_THROW(make_router({route("GET", "/a/{b}"), route("GET", "/a/{c}")}),
               std::invalid_argument);
}

TEST(Router, RefusesAQueryThatTheRouteDoesNotKnow) {
  Route one = route("POST", "/v1/devices");
  one.query = {"school", "dry_run"};
  Request request;
  request.method = "POST";
  request.path = "/v1/devices";
  const auto status = [&](std::vector<std::string> names) {
    request.query.clear();
    for (std::string& name : names) request.query.emplace_back(std::move(name), "1");
    Response heard;
    make_router({one})(request, [&heard](Response response) { heard = std::move(response); });
    EXPECT_EQ(heard.status == 400, heard.body.find("dryrun") != std::string::npos) << heard.body;
    return heard.status;
  };
  EXPECT_EQ(status({"school", "dry_run"}), 200);
  EXPECT_EQ(status({"dryrun"}), 400);
  EXPECT_EQ(status({"dry_run", "dryrun"}), 400);
}

TEST(Query, IsReadByName) {
  Request request;
  request.query = {{"form", "7B"}};
  ASSERT_NE(query_value(request, "form"), nullptr);
  EXPECT_EQ(*query_value(request, "form"), "7B");
  EXPECT_EQ(query_value(request, "policy"), nullptr);
}

}  // namespace
}  // namespace assent::http
