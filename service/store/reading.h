#pragma once
// The ports that only read: standings, ledger, people, history, levels. Each call borrows a
// connection of its own, so that no reader waits for another. Any thread.

#include "service/app/guest_ports.h"
#include "service/app/level_ports.h"
#include "service/store/readers.h"

namespace assent::store {

class SqliteStandings final : public Standings {
 public:
  explicit SqliteStandings(Readers& readers) : readers_(readers) {}
  Result<Facts> find(SchoolKey school, const std::string& login) const override;

 private:
  Readers& readers_;
};

class SqliteLedger final : public LedgerReader {
 public:
  explicit SqliteLedger(Readers& readers) : readers_(readers) {}
  Result<LedgerHead> head() const override;
  Result<std::vector<Digest>> hashes(std::span<const std::uint64_t> positions) const override;
  Result<StoredRecord> record(std::uint64_t index) const override;
  Result<SignedHead> checkpoint(std::uint64_t size) const override;

 private:
  Readers& readers_;
};

class SqlitePeople final : public People {
 public:
  explicit SqlitePeople(Readers& readers) : readers_(readers) {}
  Result<std::vector<PersonRow>> search(const PersonQuery& query) const override;
  Status each(SchoolKey school,
              const std::function<bool(const PersonRow&, const std::vector<Standing>&)>& each)
      const override;
  Result<PersonRow> person(PersonKey key) const override;
  Result<std::vector<IdentityRow>> identities(SchoolKey school,
                                              std::optional<PersonKey> person) const override;

 private:
  Readers& readers_;
};

class SqliteHistory final : public History {
 public:
  explicit SqliteHistory(Readers& readers) : readers_(readers) {}
  Result<std::vector<StoredRecord>> of(PersonKey person, std::size_t limit) const override;

 private:
  Readers& readers_;
};

class SqliteLevels final : public LevelBook {
 public:
  explicit SqliteLevels(Readers& readers) : readers_(readers) {}
  Result<std::vector<std::optional<LevelState>>> of(
      std::span<const PersonKey> people) const override;
  Result<std::vector<OutputLevel>> pending(SchoolKey school, const std::string& source, Time now,
                                           std::size_t limit) const override;
  Result<WaitingLevels> waiting(SchoolKey school, const std::string& source) const override;
  Status each(SchoolKey school, const std::string& source,
              const std::function<bool(const OutputLevel&)>& each) const override;

 private:
  Readers& readers_;
};

class SqliteSweeps final : public SweepBook {
 public:
  explicit SqliteSweeps(Readers& readers) : readers_(readers) {}
  Result<std::vector<SweepRow>> all() const override;
  Result<std::vector<PersonKey>> people_after(SchoolKey school, PersonKey person,
                                              std::size_t limit) const override;

 private:
  Readers& readers_;
};

class SqliteGuests final : public GuestBook {
 public:
  explicit SqliteGuests(Readers& readers) : readers_(readers) {}
  Result<GuestRow> one(const GuestId& id) const override;
  Result<GuestRow> of_account(SchoolKey school, const std::string& account) const override;
  Result<GuestRow> of_voucher(const Digest& voucher) const override;
  Result<std::vector<GuestRow>> search(const GuestQuery& query) const override;

 private:
  Readers& readers_;
};

class SqliteGuestSessions final : public GuestSessions {
 public:
  explicit SqliteGuestSessions(Readers& readers) : readers_(readers) {}
  Result<GuestSessionRow> one(const GuestSessionId& id) const override;
  Result<std::vector<GuestSessionRow>> of(const GuestId& guest, std::size_t limit) const override;
  Result<std::vector<GuestSessionRow>> open(SchoolKey school) const override;

 private:
  Readers& readers_;
};

}  // namespace assent::store
