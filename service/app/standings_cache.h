#pragma once
// The gate's hot path: people's facts in memory, read through from the store (design decision 7).
// It only holds what the store said; whoever is not in it costs one point read. Any thread.

#include <array>
#include <memory>
#include <mutex>

#include "core/crypto/crypto.h"
#include "service/app/ledger_writer.h"

namespace assent {

class StandingsCache final : public Standings {
 public:
  static constexpr std::size_t kPeopleMax = 2'000'000;
  // Holds at most about `people_max` people; who comes later is read from `store` each time.
  StandingsCache(const Standings& store, Random& random, std::size_t people_max = kPeopleMax);
  ~StandingsCache() override;

  Result<Facts> find(SchoolKey school, const std::string& login) const override;
  // The observer to give to the writer. After it has returned, no find() gives older facts.
  void committed(const std::vector<CommittedChange>& changes);
  std::size_t size() const;  // people held, for metrics

 private:
  class Shard;
  static constexpr std::size_t kShards = 64;
  using Key = std::array<std::byte, 16>;

  // Keyed with a secret of this process, so that nobody can choose logins that collide.
  Key key_of(SchoolKey school, const std::string& login) const;
  Shard& shard_of(const Key& key) const;

  const Standings& store_;
  const SecretKey secret_;
  std::unique_ptr<Shard[]> shards_;
};

}  // namespace assent
