#pragma once
// A directory server in memory, with the habits and faults of real ones: small pages, ranges of
// values as in Active Directory, a size limit, a connection that breaks, a server that repeats
// itself. It passes no network, so that tests need no server.

#include <functional>
#include <map>
#include <set>

#include "service/directory/directory.h"
#include "tests/support/directory/fake_filter.h"

namespace assent::support {

struct FakeHabits {
  std::size_t page = 1000;
  std::size_t range = 1500;     // values of one attribute in one answer; 0: all of them
  std::size_t size_limit = 0;   // entries of one search before LDAP 4; 0: none
  std::size_t breaks_at = 0;    // the call that fails, from 1; 0: none
  bool is_ad = false;           // answers as Samba does, and knows ids as names; else as OpenLDAP
  bool heeds_policies = true;   // as slapd with its overlay ppolicy
  bool read_only = false;       // answers every change with LDAP 53
  bool repeats_ranges = false;  // answers every range with the first one
  bool never_ends = false;      // gives a cookie with every page
  // Called with every question, before it is answered: what happens meanwhile.
  std::function<void(const directory::Search&)> before_page = {};
  // Whether the account may change an attribute of an entry (its normal DN); none: all of them.
  // Looked at before anything else of a change, as OpenLDAP does.
  std::function<bool(const std::string& dn, const std::string& attribute)> may_change = {};
};

class FakeDirectory final : public directory::Directory {
 public:
  explicit FakeDirectory(FakeHabits habits = {}) : habits_(habits) {}

  directory::Entry& put(std::string dn, std::vector<directory::Attribute> attributes);
  directory::Entry* find(const std::string& dn);
  FakeHabits& habits() { return habits_; }
  std::size_t calls() const { return calls_; }
  std::size_t modifications() const { return modifications_; }
  const std::vector<std::string>& filters() const { return filters_; }  // asked for so far

  Result<directory::Page> page(const directory::Search& search, const std::string& cookie) override;
  directory::Answer modify(const std::string& dn,
                           std::span<const directory::Modification> changes) override;
  directory::Answer add(const std::string& dn,
                        std::span<const directory::Attribute> attributes) override;
  directory::Answer remove(const std::string& dn) override;
  directory::Answer set_password(const std::string& dn, const std::string& password) override;

 private:
  bool breaks_now() { return ++calls_ == habits_.breaks_at; }
  void add_members(const std::string& group, std::set<std::string>& to) const;
  std::vector<const directory::Entry*> found(const directory::Search& search) const;
  std::string named(const std::string& value) const;
  std::string extended(const std::string& name) const;
  directory::Answer change_values(std::vector<std::string>& held,
                                  const directory::Modification& change) const;
  directory::Entry shown(const directory::Entry& entry, const directory::Search& search) const;

  FakeHabits habits_;
  std::map<std::string, std::size_t> places_;  // by normal DN
  std::vector<directory::Entry> entries_;
  std::vector<std::string> normal_;  // their DNs
  std::vector<std::string> filters_;
  std::size_t calls_ = 0, modifications_ = 0, added_ = 0;
};

}  // namespace assent::support
