// What takes long goes beside the threads that serve logins.
#include "service/http/slow_lane.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include "service/http/router.h"

namespace assent::http {
namespace {

TEST(SlowLane, DoesItsWorkInOrderOnAThreadOfItsOwn) {
  std::vector<int> seen;
  std::promise<std::thread::id> last;
  SlowLane lane;
  lane.add([&] { seen.push_back(1); });
  lane.add([] { throw std::runtime_error("a bug"); });
  lane.add([&] {
    seen.push_back(2);
    last.set_value(std::this_thread::get_id());
  });
  EXPECT_NE(last.get_future().get(), std::this_thread::get_id());
  EXPECT_EQ(seen, (std::vector{1, 2}));
}

TEST(SlowLane, TakesNoMoreThanItMayAndDropsWhatWaitsAtTheEnd) {
  std::promise<void> begun, go;
  int done = 0;
  {
    SlowLane lane;
    lane.add([&] {
      begun.set_value();
      go.get_future().wait();
    });
    begun.get_future().wait();
    for (std::size_t i = 0; i < SlowLane::kWaitingMax; ++i)
      EXPECT_TRUE(lane.add([&done] { ++done; }));
    EXPECT_FALSE(lane.add([&done] { ++done; }));
    std::thread release([&] { go.set_value(); });
    release.join();
  }
  EXPECT_LE(done, int(SlowLane::kWaitingMax));
}

TEST(SlowLane, ASlowRouteDoesNotHoldTheThreadThatServes) {
  std::promise<void> go;
  std::promise<int> answered;
  SlowLane lane;
  const auto handler =
      make_router({slow({"GET", "/slow",
                         [&](const Request& request, const Params&, const Respond& respond) {
                           go.get_future().wait();
                           respond({200, "text/plain", request.path, 0});
                         }}),
                   {"GET", "/quick",
                    [](const Request&, const Params&, const Respond& respond) {
                      respond({204, "text/plain", "", 0});
                    }}},
                  &lane);
  const auto ask = [&](const char* path, Respond respond) {
    Request request;
    request.method = "GET";
    request.path = path;
    handler(request, std::move(respond));
  };
  ask("/slow", [&](const Response& response) { answered.set_value(response.status); });
  int quick = 0;
  ask("/quick", [&](const Response& response) { quick = response.status; });
  EXPECT_EQ(quick, 204);  // while the slow one waits
  go.set_value();
  EXPECT_EQ(answered.get_future().get(), 200);
}

}  // namespace
}  // namespace assent::http
