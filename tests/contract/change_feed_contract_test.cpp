// The contract of change feeds over those that need no server. tests/live has the others.

#include "tests/contract/change_feed_contract.h"

#include "service/directory/usn_feed.h"
#include "tests/support/directory/fake_directory.h"
#include "tests/support/fake_feed.h"

namespace assent::contract {
namespace {

class FakeWorld final : public FeedWorld {
 public:
  ChangeFeed& feed() override { return feed_; }
  void change_a_person() override { ++source_.changes; }
  void change_a_group() override { ++source_.changes; }
  void stop() override { source_.away = true; }
  void start() override { source_.away = false; }

 private:
  support::FeedSource source_;
  support::FakeFeed feed_{source_};
};

// A domain controller's numbers over a directory in memory.
class FakeController {
 public:
  FakeController() { write("cn=computer,dc=x", "computer"); }
  void write(const std::string& dn, const std::string& category) {
    const std::string number = std::to_string(++highest_);
    server_.put(dn, {{"objectCategory", {category}}, {"uSNChanged", {number}}});
    tell();
  }
  void become(const std::string& name, std::uint64_t highest) {
    name_ = name;
    highest_ = highest;
    tell();
  }
  support::FakeDirectory& server() { return server_; }
  bool away = false;

 private:
  void tell() {
    server_.put("", {{"highestCommittedUSN", {std::to_string(highest_)}},
                     {"dsServiceName", {name_}},
                     {"defaultNamingContext", {"dc=x"}}});
  }
  support::FakeDirectory server_;
  std::string name_ = "cn=dc1";
  std::uint64_t highest_ = 4000;
};

// A connection to it, which breaks when the controller is away.
class Line final : public directory::Directory {
 public:
  explicit Line(FakeController& controller) : controller_(controller) {}
  Result<directory::Page> page(const directory::Search& search,
                               const std::string& cookie) override {
    if (controller_.away) return fail(Code::Unavailable, "the line is dead");
    return controller_.server().page(search, cookie);
  }
  directory::Answer modify(const std::string&, std::span<const directory::Modification>) override {
    return {};
  }
  directory::Answer add(const std::string&, std::span<const directory::Attribute>) override {
    return {};
  }
  directory::Answer remove(const std::string&) override { return {}; }
  directory::Answer set_password(const std::string&, const std::string&) override { return {}; }

 private:
  FakeController& controller_;
};

directory::OpenDirectory lines_to(FakeController& controller) {
  return [&]() -> Result<std::unique_ptr<directory::Directory>> {
    if (controller.away) return fail(Code::Unavailable, "nobody is there");
    return std::unique_ptr<directory::Directory>(std::make_unique<Line>(controller));
  };
}

class UsnWorld final : public FeedWorld {
 public:
  ChangeFeed& feed() override { return feed_; }
  void change_a_person() override { controller_.write("cn=ann,ou=people,dc=x", "person"); }
  void change_a_group() override { controller_.write("cn=ks3,ou=groups,dc=x", "group"); }
  void stop() override { controller_.away = true; }
  void start() override { controller_.away = false; }

 private:
  FakeController controller_;
  directory::UsnFeed feed_{lines_to(controller_)};
};

template <class World>
std::unique_ptr<FeedWorld> make_world() {
  return std::make_unique<World>();
}

INSTANTIATE_TEST_SUITE_P(Fakes, ChangeFeedContract,
                         testing::Values(FeedWorldKind{"Fake", make_world<FakeWorld>},
                                         FeedWorldKind{"Usn", make_world<UsnWorld>}),
                         name_of_feed);

struct UsnFeedTest : testing::Test {
  FakeController controller;
  directory::UsnFeed feed{lines_to(controller)};
  bool changed() { return feed.changed().value(); }
};

// Computers write all day: nobody reads a roster for that.
TEST_F(UsnFeedTest, WhatIsNoPersonGroupOrUnitIsNoChange) {
  EXPECT_TRUE(changed());
  controller.write("cn=lib-0039,ou=computers,dc=x", "computer");
  EXPECT_FALSE(changed());
  controller.write("ou=leavers,dc=x", "organizationalUnit");
  EXPECT_TRUE(changed());
}

// The numbers are one controller's own.
TEST_F(UsnFeedTest, AnotherControllerIsReadAnew) {
  EXPECT_TRUE(changed());
  controller.become("cn=dc2", 9000);
  EXPECT_TRUE(changed());
  EXPECT_FALSE(changed());
}

TEST_F(UsnFeedTest, AControllerThatWasRestoredIsReadAnew) {
  EXPECT_TRUE(changed());
  controller.become("cn=dc1", 10);
  EXPECT_TRUE(changed());
  EXPECT_FALSE(changed());
}

TEST_F(UsnFeedTest, AServerWithoutNumbersIsNoActiveDirectory) {
  controller.server().put("", {});
  const auto asked = feed.changed();
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, Code::Invalid);
}

}  // namespace
}  // namespace assent::contract
