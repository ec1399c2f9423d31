#pragma once
// The architecture as data: who may include whom, and which folder alone sees which library.
// ARCHITECTURE.md shows the same table and cmake/ links by it; layers_test.cpp holds all to this.

#include <string_view>
#include <vector>

namespace assent::tidy {

struct Layer {
  std::string_view name;     // of the library assent_NAME, or of the program
  std::string_view at;       // its folder, or its file; the longest that fits counts
  std::string_view uses;     // layers that it may include, with all that those may
  std::string_view headers;  // of libraries, by how they begin; each only where a row allows it
};

inline const std::vector<Layer> kLayers = {
    {"base", "core/base", "", ""},
    {"crypto", "core/crypto", "base", "sodium.h"},
    {"nt_hash", "core/nt_hash", "base", "nettle/"},
    {"files", "core/files", "base", ""},
    {"formats", "core/formats", "base", "nlohmann/ toml++/"},
    {"unicode", "core/unicode", "base", "utf8proc.h"},
    {"ledger", "core/ledger", "crypto", ""},
    {"policy", "core/policy", "crypto formats unicode", "cmark.h"},
    {"presentation", "core/presentation", "crypto unicode", "dtl/"},
    {"wire", "core/wire", "formats crypto", ""},
    {"gate", "core/gate", "wire", ""},
    {"device", "core/device", "wire presentation ledger", ""},
    {"client", "core/client", "wire", "curl/"},
    {"slip", "core/slip", "base", "cairo pango/ qrencode.h"},

    {"domain", "service/domain", "policy presentation ledger", ""},
    {"app", "service/app", "domain nt_hash", ""},
    {"store", "service/store", "app", "sqlite3.h"},
    {"directory", "service/directory", "app files", "ldap.h lber.h openldap.h"},
    {"radius", "service/radius", "app formats", ""},
    {"gateway", "service/gateway", "app client", "openssl/"},
    {"calendar", "service/calendar", "app", "date/"},
    {"config", "service/config", "app formats", ""},
    {"web", "service/web", "presentation", "kainjow/"},
    {"http", "service/http", "app wire web radius gateway", "pistache/"},
    {"program", "service/program", "files store directory radius gateway calendar config", ""},
    {"assentd", "service/main.cpp", "program http store calendar config", "CLI/ spdlog/"},

    {"cli", "admin-cli", "files wire client policy presentation ledger slip", "CLI/"},
    {"assentctl", "admin-cli/main.cpp", "cli", ""},

    {"module", "pam-module/module", "gate", "security/"},
    {"agent", "pam-module/agent", "files client device", ""},
    {"assent-agent", "pam-module/agent/main.cpp", "agent", "CLI/ spdlog/"},

    {"logon_buffer", "winlogon-shim/logon_buffer", "base", ""},
    {"shim", "winlogon-shim/domain", "gate device", ""},
    {"windows", "winlogon-shim/system", "base", "windows.h sddl.h"},
    {"provider", "winlogon-shim/provider", "windows logon_buffer",
     "windows.h unknwn.h objbase.h wtsapi32.h wrl/"},
    {"win_http", "winlogon-shim/transport", "windows wire",
     "windows.h winhttp.h wincrypt.h winsock2.h ws2tcpip.h"},
    {"chain_value", "winlogon-shim/chain/value", "base", ""},
    {"chain", "winlogon-shim/chain", "windows chain_value", "windows.h"},
    {"machine", "winlogon-shim/machine", "windows shim", "windows.h sddl.h"},
    {"pipe", "winlogon-shim/pipe", "machine", "windows.h"},
    {"logon_service", "winlogon-shim/service", "pipe win_http chain",
     "windows.h aclapi.h sddl.h shlobj.h knownfolders.h initguid.h"},
    {"banner", "winlogon-shim/banner", "pipe", "windows.h"},
    {"assent-service", "winlogon-shim/service/main.cpp", "logon_service banner", "CLI/ windows.h"},
    {"ui", "winlogon-shim/ui", "machine", "windows.h richedit.h uxtheme.h"},
    {"screen", "winlogon-shim/screen", "provider ui pipe", "windows.h"},
    {"logon", "winlogon-shim/logon", "ui pipe chain", "windows.h wtsapi32.h"},
};

}  // namespace assent::tidy
