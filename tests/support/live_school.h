#pragma once
// Kingsmead with its people in a directory that the test moves by hand: the server, the desk that
// imports from it, and what its change feed listens to.

#include <gtest/gtest.h>

#include "tests/support/fake_feed.h"
#include "tests/support/live_roster.h"
#include "tests/support/roster_desk.h"

namespace assent::support {

struct LiveSchool : testing::Test {
  MemoryStore store;
  LiveServer server;
  Desk desk{store, {}, desk_schools(), {{{"kingsmead"}, [this] {
                                           return std::make_unique<LiveRoster>(server);
                                         }}}};
  FeedSource feed;

  // Imports by hand: begun, and read to its end.
  std::string started_and_read() {
    const std::string id = desk.imports.start(1, "ldap", {}).value();
    while (!desk.imports.progress(1, id).value().ready) std::this_thread::yield();
    return id;
  }
};

}  // namespace assent::support
