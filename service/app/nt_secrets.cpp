#include "service/app/nt_secrets.h"

#include <algorithm>

#include "core/crypto/secret_box.h"
#include "service/app/write_and_wait.h"

namespace assent {

NtSecrets::NtSecrets(const SecretKey& guest_key, Random& random)
    : key_(keyed_hash(guest_key, {bytes_of("assent/guest-nt-key/v1")})), random_(random) {}

Blob NtSecrets::keep(const GuestId& guest, const std::string& passphrase) const {
  return encrypt_secret(key_, guest.bytes, nt_hash(passphrase), random_);
}

Result<NtHash> NtSecrets::of(const GuestRow& row) const {
  if (row.nt.empty()) return fail(Code::NotFound, "no hash for MSCHAPv2 is kept");
  return exactly<std::tuple_size_v<NtHash>>(decrypt_secret(key_, row.guest.id.bytes, row.nt));
}

Status forget_nt_secrets(const Registry& registry, const GuestBook& guests, LedgerWriter& writer) {
  const std::vector<GuestState> live{GuestState::Issued, GuestState::Suspended};
  std::vector<GuestRow> kept;
  for (const School& school : registry.schools()) {
    ASSENT_TRY(auto rows, guests.search({school.key, live, 0, "", GuestQuery::kAll}));
    std::erase_if(rows, [](const GuestRow& row) { return row.nt.empty(); });
    std::ranges::move(rows, std::back_inserter(kept));
  }
  if (kept.empty()) return {};
  const auto job = [&](Transaction& transaction, const JobContext&) -> Result<std::vector<Draft>> {
    for (const GuestRow& each : kept) {
      ASSENT_TRY(GuestRow row, guests.one(each.guest.id));
      row.nt.clear();
      ASSENT_CHECK(transaction.put(row));
    }
    return std::vector<Draft>{};
  };
  ASSENT_CHECK(write_and_wait(writer, job));
  return {};
}

}  // namespace assent
