#pragma once
// Who has a session on this computer already. Since Windows 10 somebody who unlocks theirs may come
// as one who logs on, and is not to be asked again.

#include <memory>
#include <string_view>

#include "winlogon-shim/provider/gate_at_logon.h"

namespace assent::provider {

class Sessions {
 public:
  virtual ~Sessions() = default;
  // False when it cannot be told: then the person is asked, which is harmless.
  virtual bool has(const Account& account) const = 0;
};

// Those that Windows' Terminal Services list.
class TerminalSessions final : public Sessions {
 public:
  bool has(const Account& account) const override;
};

// Defined by each program for itself, beside make_gate(): a TerminalSessions, but for tests.
std::unique_ptr<Sessions> make_sessions();

// Windows' names do not differ by case. An account without a domain, or of ".", is this computer's.
bool is_session_of(const Account& account, std::wstring_view domain, std::wstring_view login,
                   std::wstring_view computer);

}  // namespace assent::provider
