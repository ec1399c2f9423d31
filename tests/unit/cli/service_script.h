#pragma once
// A service that answers from a script and remembers what it was asked: behind the port that the
// real HTTP client implements. Runs assentctl whole, but for the process around it.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "admin-cli/program.h"

namespace assent::cli {

// A folder of its own for each test, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string pattern = ::testing::TempDir() + "assentctl-XXXXXX";
    path_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string write(const std::string& name, std::string_view content, int mode = 0600) const {
    const std::filesystem::path at = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(at.parent_path());
    std::ofstream(at) << content;
    std::filesystem::permissions(at, std::filesystem::perms(mode));
    return at.string();
  }
  std::string read(const std::string& name) const {
    std::ifstream file(std::filesystem::path(path_) / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string path(const std::string& name = "") const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// What the service answers, by "GET /v1/health?a=b", else without the query; what it was asked,
// whole.
struct Script {
  std::map<std::string, HttpReply> answers;
  std::vector<HttpRequest> asked;
  bool reachable = true;

  void say(const std::string& call, std::string body, int status = 200) {
    answers[call] = {status, "application/json", std::move(body)};
  }
  void refuse(const std::string& call, int status, const std::string& word,
              const std::string& detail) {
    say(call,
        R"({"type":"urn:assent:)" + word + R"(","title":"No","status":)" + std::to_string(status) +
            R"(,"detail":")" + detail + R"("})",
        status);
  }
};

class ScriptedTransport final : public Transport {
 public:
  explicit ScriptedTransport(Script& script) : script_(script) {}
  Result<HttpReply> send(const HttpRequest& request) override {
    if (!script_.reachable) return fail(Code::Unavailable, "nobody answers at this address");
    script_.asked.push_back(request);
    const std::string path = request.path.substr(0, request.path.find('?'));
    auto found = script_.answers.find(request.method + " " + request.path);
    if (found == script_.answers.end()) found = script_.answers.find(request.method + " " + path);
    if (found == script_.answers.end()) return HttpReply{404, "text/html", "<h1>404</h1>"};
    return found->second;
  }

 private:
  Script& script_;
};

struct Ran {
  Exit exit;
  std::string out, err;
};

// assentctl at a desk: a folder, a token, and a service that is a script.
class Desk : public ::testing::Test {
 protected:
  Ran run(std::vector<std::string> words) {
    std::ostringstream out, err;
    const Exit exit = cli::run(
        words, {[this](const std::string& name) { return environment[name]; },
                [this](const Settings&) -> Result<std::unique_ptr<Transport>> {
                  return std::unique_ptr<Transport>(std::make_unique<ScriptedTransport>(script));
                },
                out, err, false, world});
    return {exit, out.str(), err.str()};
  }

  Folder folder;
  Script script;
  // No filter is near, nobody is at the terminal, and no time goes by.
  World world{
      [](const PageView&) -> Result<PageLook> { return fail(Code::Unavailable, "nothing"); },
      [](const std::string&) -> Result<std::string> { return std::string("secret"); },
      [] { return milliseconds{0}; }, [](milliseconds) {}, [] { return Time{}; }};
  std::map<std::string, std::string> environment{
      {"ASSENT_URL", "http://127.0.0.1:8310"},
      {"ASSENT_TOKEN_FILE", folder.write("token", "assent_admin_t_secret\n")},
      {"HOME", folder.path("home")}};
};

#define EXPECT_HAS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)
#define EXPECT_LACKS(text, part) EXPECT_EQ((text).find(part), std::string::npos) << (text)

}  // namespace assent::cli
