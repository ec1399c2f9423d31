#include "winlogon-shim/provider/kill_switch.h"

#include <windows.h>

#include <initializer_list>

namespace assent::provider {

bool is_switched_off() noexcept {
  for (const wchar_t* key : {L"SOFTWARE\\Policies\\Assent", L"SOFTWARE\\Assent"}) {
    DWORD value = 0, size = sizeof value;
    const LSTATUS read =
        RegGetValueW(HKEY_LOCAL_MACHINE, key, L"Disabled", RRF_RT_REG_DWORD | RRF_SUBKEY_WOW6464KEY,
                     nullptr, &value, &size);
    if (read == ERROR_SUCCESS && value != 0) return true;
  }
  return false;
}

}  // namespace assent::provider
