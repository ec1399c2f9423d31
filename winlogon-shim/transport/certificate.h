#pragma once
// Whether a connection's server has the pinned key. Inside winlogon-shim/transport only.

#include <windows.h>
#include <winhttp.h>

#include "core/crypto/crypto.h"

namespace assent::windows {

// False when the certificate cannot be read.
bool has_key(HINTERNET request, const Digest& pin);

}  // namespace assent::windows
