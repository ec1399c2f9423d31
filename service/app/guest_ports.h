#pragma once
// Reading what the store keeps of guests. Implemented in store/ and tests/support; the contract is
// tests/contract/guests_contract_test.cpp.

#include "service/app/ports.h"

namespace assent {

struct GuestQuery {
  SchoolKey school = 0;
  std::vector<GuestState> states;  // any of these; none: all
  PersonKey host = 0;              // 0: anybody's
  std::string text;                // part of a name or an account, whatever the case; empty: all
  static constexpr std::size_t kAll = 1'000'000;
  std::size_t limit = 100;
};

// Any thread.
class GuestBook {
 public:
  virtual ~GuestBook() = default;
  virtual Result<GuestRow> one(const GuestId& id) const = 0;  // NotFound
  // Who has the account now; else who had it last. NotFound when nobody ever had.
  virtual Result<GuestRow> of_account(SchoolKey school, const std::string& account) const = 0;
  virtual Result<GuestRow> of_voucher(const Digest& voucher) const = 0;  // NotFound
  // Newest first, by when they were asked for.
  virtual Result<std::vector<GuestRow>> search(const GuestQuery& query) const = 0;
};

// Told of a guest's passphrase, or of the words that they chose instead, in the moments when
// somebody has it in clear: when it is made, and when it was typed right. For what takes only a
// password, such as a directory. Any thread; never waits.
class GuestSecrets {
 public:
  virtual ~GuestSecrets() = default;
  virtual void given(const GuestRow& guest, const std::string& passphrase) = 0;
};

// Any thread.
class GuestSessions {
 public:
  virtual ~GuestSessions() = default;
  virtual Result<GuestSessionRow> one(const GuestSessionId& id) const = 0;  // NotFound
  // Newest first.
  virtual Result<std::vector<GuestSessionRow>> of(const GuestId& guest,
                                                  std::size_t limit) const = 0;
  // Those that have not ended.
  virtual Result<std::vector<GuestSessionRow>> open(SchoolKey school) const = 0;
};

}  // namespace assent
