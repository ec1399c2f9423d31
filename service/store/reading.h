#pragma once
// The ports that only read: standings, ledger, people, history. Each call borrows a connection of
// its own, so that no reader waits for another. Any thread.

#include "service/app/ports.h"
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

}  // namespace assent::store
