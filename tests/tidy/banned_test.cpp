// Calls that are not made here, each with what to do instead.

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

struct Banned {
  std::string_view call;
  std::vector<std::string_view> in;  // folders; empty: everywhere
  std::string_view instead;
};

const std::vector<Banned> kBanned = {
    {"system_clock::now",
     {"core/", "service/", "pam-module/", "admin-cli/", "winlogon-shim/"},
     "take a Clock"},
    {"SystemClock",
     {"core/", "service/", "pam-module/", "admin-cli/", "winlogon-shim/"},
     "take a Clock"},
    {"time(nullptr)", {}, "take a Clock"},
    {"time(NULL)", {}, "take a Clock"},
    {"gettimeofday(", {}, "take a Clock"},
    {"rand(", {}, "take a Random"},
    {"srand(", {}, "take a Random"},
    {"random_device", {}, "take a Random; in a test name a seed"},
    {"sleep_for(", {"tests/"}, "wait for the event, with a deadline"},
    {"sleep(", {"tests/"}, "wait for the event, with a deadline"},
    {"usleep(", {"tests/"}, "wait for the event, with a deadline"},
    {"std::regex", {"core/", "service/", "pam-module/"}, "it recurses: read by hand"},
    {"getenv(", {"core/", "pam-module/module/"}, "a login's environment is its user's: an option"},
    {"secure_getenv(", {"core/", "pam-module/module/"}, "an option of the module"},
    {"catch (", {"core/", "service/domain/", "service/app/"}, "errors are values: Result"},
    {"throw ", {"core/", "service/domain/", "service/app/"}, "errors are values: Result"},
    {"std::cout", {"core/", "service/domain/", "service/app/", "service/store/"}, "return it"},
    {"strcpy(", {}, "std::string"},
    {"sprintf(", {}, "std::string"},
    {"system(", {}, "no shell: a library, or execve with a list"},
    {"popen(",
     {"core/", "service/", "pam-module/", "admin-cli/", "winlogon-shim/"},
     "no shell: a library"},
};

// The one clock of the world, and the programs that may have one; the edge of a device's logic,
// where a bug cuts off one caller alone.
bool is_exempt(std::string_view path, std::string_view call) {
  if (path == "core/base/system_clock.h") return true;
  if (path == "core/device/frames.cpp") return call == "catch (";
  return call == "SystemClock" && path.ends_with("/main.cpp");
}

bool applies(const Banned& banned, std::string_view path) {
  if (is_exempt(path, banned.call)) return false;
  return banned.in.empty() || std::ranges::any_of(banned.in, [&](std::string_view folder) {
           return path.starts_with(folder);
         });
}

TEST(Banned, CallsAreNotMade) {
  for (const SourceFile* file : code_files()) {
    for (std::size_t i = 0; i < file->lines.size(); ++i) {
      const std::string& line = file->lines[i];
      for (const Banned& banned : kBanned) {
        if (line.find(banned.call) == line.npos || !applies(banned, file->path)) continue;
        const std::string code = code_of(line);
        if (find_call(code, banned.call) == code.npos) continue;
        ADD_FAILURE() << place(*file, i) << banned.call << " is not used here: " << banned.instead;
      }
    }
  }
}

TEST(Banned, IsFoundInCodeAndNotInCommentsOrTexts) {
  EXPECT_NE(find_call(code_of("  x = ::rand() % 6;"), "rand("), std::string::npos);
  EXPECT_EQ(find_call(code_of("  x = operand(6);"), "rand("), std::string::npos);
  EXPECT_EQ(find_call(code_of("  f();  // not rand()"), "rand("), std::string::npos);
  EXPECT_EQ(find_call(code_of("  f(\"rand() \\\" rand()\", 1'000);"), "rand("), std::string::npos);
}

}  // namespace
}  // namespace assent::tidy
