// The contract of change feeds over a real directory: tests/integration/test_directory_feed.py runs
// it. The one argument is a school's file. What is to be done to the directory is asked for in a
// line that begins with '@', and answered by a line.

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>

#include "service/config/config.h"
#include "service/directory/feed.h"
#include "tests/contract/change_feed_contract.h"

namespace assent::contract {
namespace {

DirectorySettings settings;

class LiveWorld final : public FeedWorld {
 public:
  ~LiveWorld() override {
    if (stopped_) start();
  }
  ChangeFeed& feed() override { return *feed_; }
  void change_a_person() override { please("person"); }
  void change_a_group() override { please("group"); }
  void stop() override {
    please("stop");
    stopped_ = true;
  }
  void start() override {
    please("start");
    stopped_ = false;
  }

 private:
  static void please(const std::string& what) {
    std::cout << "@" << what << std::endl;
    std::string done;
    std::getline(std::cin, done);
  }
  const std::unique_ptr<ChangeFeed> feed_ = directory::make_feed(settings);
  bool stopped_ = false;
};

INSTANTIATE_TEST_SUITE_P(Live, ChangeFeedContract,
                         testing::Values(FeedWorldKind{"Directory",
                                                       []() -> std::unique_ptr<FeedWorld> {
                                                         return std::make_unique<LiveWorld>();
                                                       }}),
                         name_of_feed);

}  // namespace
}  // namespace assent::contract

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::signal(SIGPIPE, SIG_IGN);
  if (argc != 2) return 64;
  std::ifstream file(argv[1]);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto school = assent::parse_school(text, argv[1], {"school"}, "Europe/London");
  if (!school || !school->directory) return 65;
  assent::contract::settings = *school->directory;
  return RUN_ALL_TESTS();
}
