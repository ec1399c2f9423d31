// Says of high contrast what stands in the registry, as Windows does, in the program that this is
// linked into. Wine 8.0 keeps the value there and never reads it: SPI_GETHIGHCONTRAST succeeds
// without a flag. Its system colours it does read.
#include <windows.h>

#include <cwchar>

namespace {

constexpr wchar_t kKey[] = L"Control Panel\\Accessibility\\HighContrast";

DWORD flags_in_registry() {
  wchar_t text[16] = L"";
  DWORD size = sizeof text;
  RegGetValueW(HKEY_CURRENT_USER, kKey, L"Flags", RRF_RT_REG_SZ, nullptr, text, &size);
  return DWORD(std::wcstoul(text, nullptr, 10));
}

BOOL WINAPI parameters_info(UINT what, UINT size, void* out, UINT how) {
  static const auto real =
      reinterpret_cast<decltype(&SystemParametersInfoW)>(reinterpret_cast<void*>(
          GetProcAddress(GetModuleHandleW(L"user32.dll"), "SystemParametersInfoW")));
  const BOOL done = real(what, size, out, how);
  if (done && what == SPI_GETHIGHCONTRAST)
    static_cast<HIGHCONTRASTW*>(out)->dwFlags = flags_in_registry();
  return done;
}

}  // namespace

// The name by which the program calls user32's: the linker takes this one before the library's.
extern "C" {
extern decltype(&SystemParametersInfoW) const imported __asm__("__imp_SystemParametersInfoW");
decltype(&SystemParametersInfoW) const imported = parameters_info;
}
