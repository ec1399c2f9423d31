#pragma once
// The service's secret keys on disk: one for each purpose (design decision 15), 0600, made when
// the data folder is new and never made again for one that is not.

#include <string>

#include "core/crypto/crypto.h"

namespace assent {

// Reads the key at `path`: 64 hexadecimal digits and LF. Denied if others may read the file.
// When there is none: makes it if `may_make`, durably, in a folder of 0700; else NotFound.
Result<SecretKey> load_key(const std::string& path, bool may_make, Random& random);

}  // namespace assent
