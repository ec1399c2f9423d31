#pragma once
// Public keys as people give them: spelled out, or the name of a file that holds one.

#include <string>

#include "core/ledger/note.h"

namespace assent::cli {

Result<VerifierKey> verifier_key(const std::string& text_or_file);
// 32 bytes in base64.
Result<PublicKey> device_key(const std::string& text_or_file);

}  // namespace assent::cli
