#pragma once
// The way out when something goes wrong on many computers at once: a value that an administrator
// sets by policy, by a script, or by hand from the recovery console.

namespace assent::provider {

// True when `Disabled`, a DWORD other than 0, is in HKLM\SOFTWARE\Policies\Assent or in
// HKLM\SOFTWARE\Assent. Either will do: whoever wants it off, has it off.
bool is_switched_off() noexcept;

}  // namespace assent::provider
