#include "service/directory/sync_feed.h"

#include "service/directory/connection.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/sync_search.h"

namespace assent::directory {
namespace {

constexpr int kNoSuchExtension = 12;  // LDAP_UNAVAILABLE_CRITICAL_EXTENSION

// `base` and `group_base`, or one of them if it holds the other.
Result<std::vector<std::string>> bases(const DirectorySettings& settings) {
  ASSENT_TRY(const std::string people, normal_dn(settings.base));
  ASSENT_TRY(const std::string groups, normal_dn(settings.group_base));
  if (is_within(groups, people)) return std::vector{settings.base};
  if (is_within(people, groups)) return std::vector{settings.group_base};
  return std::vector{settings.base, settings.group_base};
}

Status status_at(const Answer& answer, const std::string& base) {
  if (answer.code == kNoSuchExtension)
    return fail(Code::Invalid,
                "the server tells nobody of changes below " + base +
                    ": load the overlay syncprov over this database (slapo-syncprov(5))");
  return status_of(answer, "cannot listen for changes below " + base);
}

}  // namespace

SyncFeed::SyncFeed(DirectorySettings settings) : settings_(std::move(settings)) {}
SyncFeed::~SyncFeed() {
  searches_.clear();
}

// Not our own account: a server may note in it that somebody signed in, and we do to read.
Status SyncFeed::begin() {
  ASSENT_TRY(const std::vector<std::string> all, bases(settings_));
  ASSENT_TRY(connection_, Connection::open(settings_.server));
  const std::string filter = "(!" + equals("entryDN", settings_.server.bind_dn) + ")";
  for (const std::string& base : all) {
    searches_.push_back(std::make_unique<SyncSearch>(connection_->handle(), base, filter));
    ASSENT_CHECK(status_at(searches_.back()->begin(), base));
  }
  return {};
}

// The question keeps the line warm, and finds out a server that has stopped answering: it would
// say nothing of changes either.
Result<bool> SyncFeed::look() {
  bool out = !connection_;
  if (!connection_) ASSENT_CHECK(begin());
  const auto alive =
      connection_->page({.base = "", .scope = Scope::Base, .attributes = {"1.1"}}, "");
  if (!alive && alive.error().code == Code::Unavailable) return fail(alive.error());
  for (const auto& search : searches_)
    ASSENT_CHECK(status_of(search->take(out), "the directory no longer tells of changes"));
  return out;
}

Result<bool> SyncFeed::changed() {
  auto out = look();
  if (!out) {
    searches_.clear();
    connection_.reset();
  }
  return out;
}

}  // namespace assent::directory
