#pragma once
// For schools whose visitors' devices speak MSCHAPv2 alone: what it is checked against, made of a
// generated passphrase while [radius] says so, encrypted, and gone with the passphrase.

#include "core/nt_hash/nt_hash.h"
#include "service/app/guest_ports.h"
#include "service/app/registry.h"

namespace assent {

// Any thread.
class NtSecrets {
 public:
  // `guest_key` is what guests' other secrets are kept under; another is derived of it.
  NtSecrets(const SecretKey& guest_key, Random& random);

  Blob keep(const GuestId& guest, const std::string& passphrase) const;
  // NotFound where none is kept for them.
  Result<NtHash> of(const GuestRow& row) const;
  // What nobody can answer to, for whoever has none: they must look like the others.
  NtHash nobodys() const { return random_.bytes<std::tuple_size_v<NtHash>>(); }

 private:
  const SecretKey key_;
  Random& random_;
};

// What was kept while MSCHAPv2 was on goes, now that it is off. Returns once it is written.
Status forget_nt_secrets(const Registry& registry, const GuestBook& guests, LedgerWriter& writer);

}  // namespace assent
