#pragma once
// What the registry says of this DLL, and where its class id is written. Two keys and what is below
// them: that of the COM class, and that by which LogonUI finds credential providers. No filter.

#include <windows.h>

namespace assent::provider {

// {D9E0B3A0-B6BD-49FD-9ACE-32CFDE8812D2}
inline constexpr GUID kAssentProvider = {
    0xd9e0b3a0, 0xb6bd, 0x49fd, {0x9a, 0xce, 0x32, 0xcf, 0xde, 0x88, 0x12, 0xd2}};

// Both throw when there is no memory. What could be written before a failure is taken back.
HRESULT register_provider();
// S_OK when there was nothing.
HRESULT unregister_provider();

}  // namespace assent::provider
