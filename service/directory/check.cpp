#include "service/directory/check.h"

#include <algorithm>

#include "core/files/files.h"
#include "service/directory/account_facts.h"
#include "service/directory/account_state.h"
#include "service/directory/check_accounts.h"
#include "service/directory/check_levels.h"
#include "service/directory/connection.h"
#include "service/directory/feed.h"
#include "service/directory/limited.h"
#include "service/directory/membership.h"
#include "service/directory/reading.h"
#include "service/directory/tls_reason.h"

namespace assent::directory {
namespace {

constexpr milliseconds kTimeoutMax{1500};
constexpr milliseconds kRightsTime{5000};  // of a hundred short calls
constexpr std::size_t kCertificatesMax = 4 * 1024 * 1024;

class Checking {
 public:
  explicit Checking(DirectorySettings settings) : settings_(std::move(settings)) {
    settings_.server.timeout = std::min(settings_.server.timeout, kTimeoutMax);
  }

  std::vector<CheckStep> run() {
    if (!look_at_files()) return steps_.take();
    for (const DirectoryUrl& url : settings_.server.urls)
      if (!connect(url)) break;
    if (connection_ && look_at_people()) {
      look_at_groups();
      const auto end = std::chrono::steady_clock::now() + kRightsTime;
      Limited limited(*connection_, [end] { return std::chrono::steady_clock::now() >= end; });
      check_levels(limited, settings_, person_, steps_);
      check_accounts(limited, settings_, steps_);
    }
    if (connection_) look_at_changes();
    return steps_.take();
  }

 private:
  bool look_at_files() {
    auto password = read_password(settings_.server.password_file);
    if (!password) return steps_.bad("read password_file", password.error().message);
    password_ = *std::move(password);
    if (settings_.server.plain) return true;
    const auto authority =
        read_file(settings_.server.ca_file, kCertificatesMax, Readable::ByAnybody);
    if (!authority) return steps_.bad("read ca_file", authority.error().message);
    return true;
  }

  // False after a refusal: the same password at the next server would be one more wrong try.
  bool connect(const DirectoryUrl& url) {
    const std::string what = "connect to " + url.text;
    TlsReason reason;
    auto opened = Connection::open_at(url, settings_.server, password_);
    const std::string why = explained(reason.take());
    if (!opened) {
      const std::string told = opened.error().message;
      const bool denied = opened.error().code == Code::Denied;
      steps_.bad(what, denied || why.empty() ? told : why);
      return !denied;
    }
    steps_.good(what, std::string(settings_.server.plain ? "without TLS" : "with TLS") +
                          ", signed in as " + settings_.server.bind_dn);
    if (!connection_) connection_ = *std::move(opened);
    return true;
  }

  bool look_at_people() {
    const std::string what = "find people below " + settings_.base;
    const auto base = read_entry(*connection_, settings_.base, {"1.1"});
    if (!base && base.error().code == Code::NotFound)
      return steps_.bad(what,
                        "there is no " + settings_.base +
                            ", or this account may not see it: correct base, or give it the right");
    if (!base) return steps_.bad(what, base.error().message);
    const auto page = connection_->page(
        {.base = settings_.base, .filter = settings_.people, .attributes = attributes()}, "");
    if (!page) return steps_.bad(what, page.error().message);
    if (page->entries.empty())
      return steps_.bad(what, "nobody matches " + settings_.people + ": correct people or base");
    const bool more = !page->cookie.empty();
    steps_.good(what,
                std::to_string(page->entries.size()) + (more ? " and more" : "") + " accounts");
    person_ = page->entries.front().dn;
    return look_at_one(page->entries.front());
  }

  std::vector<std::string> attributes() const {
    std::vector<std::string> out = state_attributes(settings_.kind);
    out.push_back(id_attribute(settings_.kind));
    out.push_back(settings_.login);
    return out;
  }

  bool look_at_one(const Entry& entry) {
    const std::string what = "read " + entry.dn;
    const auto id = id_of(settings_.kind, entry);
    if (!id) return steps_.bad(what, id.error().message + ": give it the right to read it");
    if (entry.first(settings_.login).empty())
      return steps_.bad(what, "has no " + settings_.login + ": correct attributes.login");
    const auto usable = is_usable(settings_.kind, entry, Time{});
    if (!usable) return steps_.bad(what, usable.error().message);
    steps_.good(what, id_attribute(settings_.kind) + " and " + settings_.login + " can be read");
    return true;
  }

  void look_at_groups() {
    const AccountRules rules(settings_);
    for (const std::string& group : rules.groups()) {
      const std::string what = "read group " + group;
      const auto dn = find_group(*connection_, settings_, group);
      if (!dn) {
        steps_.bad(what, dn.error().message);
        continue;
      }
      const auto entry = read_entry(*connection_, *dn, {"member", "uniqueMember", "memberUid"});
      if (!entry) {
        steps_.bad(what, entry.error().message);
        continue;
      }
      const std::size_t members = entry->values("member").size() +
                                  entry->values("uniqueMember").size() +
                                  entry->values("memberUid").size();
      if (members == 0)
        steps_.note(what, *dn + " has no members, or this account may not read them");
      else
        steps_.good(what, *dn + ", direct members: " + std::to_string(members));
    }
  }

  void look_at_changes() {
    const std::string what = "hear of changes";
    const auto heard = make_feed(settings_)->changed();
    if (heard) return steps_.good(what, "the directory tells of them within seconds");
    steps_.note(what, heard.error().message + ". Until then people are read anew at intervals");
  }

  DirectorySettings settings_;
  CheckSteps steps_;
  std::string password_;
  std::string person_;  // the DN of the first that was found
  std::unique_ptr<Directory> connection_;
};

}  // namespace

std::vector<CheckStep> check(DirectorySettings settings) {
  return Checking(std::move(settings)).run();
}

}  // namespace assent::directory
