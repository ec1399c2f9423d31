#pragma once
// Whether a password is somebody's, by the school's own directory. A directory counts wrong ones
// and locks the account: so this asks it only where that cannot happen (threats.md A19).

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "service/domain/address_range.h"

namespace assent {

// Where a school lets people sign in with their directory password.
struct PasswordSignInSettings {
  std::vector<AddressRange> from;      // on the school's site; elsewhere it is not offered
  unsigned locks_after = 0;            // wrong passwords that lock an account there; 0: never
  std::optional<milliseconds> within;  // the time that it counts over; none: however long ago
  std::vector<std::string> never;      // groups whose members have too many rights for this
};

// A try is left out this many wrong passwords before the directory would lock.
inline constexpr unsigned kTriesLeftOver = 2;

enum class PasswordWord : std::uint8_t {
  Right,
  Wrong,    // or nobody's
  NotTried  // the directory was not asked: nearly locked, or an account with rights
};

// Any thread; blocks for no more than the directory's deadlines.
class PasswordCheck {
 public:
  virtual ~PasswordCheck() = default;
  // `login` is canonical. Unavailable when the directory does not answer.
  virtual Result<PasswordWord> check(const std::string& login, const std::string& password) = 0;
};

}  // namespace assent
