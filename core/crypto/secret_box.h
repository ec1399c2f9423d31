#pragma once
// Small secrets that have to be read again: encrypted, and bound to what they belong to. What only
// has to be compared is kept as a keyed hash instead (crypto.h).

#include "core/crypto/crypto.h"

namespace assent {

// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random nonce, which goes first: 40 bytes
// more than `plain`. `owner` is not in it, and has to be the same to read it.
Blob encrypt_secret(const SecretKey& key, Bytes owner, Bytes plain, Random& random);

// Corrupt unless encrypt_secret() made it of the same key and owner.
Result<Blob> decrypt_secret(const SecretKey& key, Bytes owner, Bytes box);

}  // namespace assent
