#include "service/domain/login.h"

#include "core/unicode/unicode.h"

namespace assent {

Result<LoginParts> split_login(std::string_view text) {
  const auto at = text.find_first_of("\\@");
  if (at == std::string_view::npos) {
    if (text.empty()) return fail(Code::Invalid, "a login name is empty");
    return LoginParts{"", std::string(text)};
  }
  const std::string_view before = text.substr(0, at), after = text.substr(at + 1);
  if (after.find_first_of("\\@") != std::string_view::npos)
    return fail(Code::Invalid, "a login name has more than one \\ or @");
  if (before.empty() || after.empty())
    return fail(Code::Invalid, "a login name lacks the part before or after \\ or @");
  if (text[at] == '\\') return LoginParts{std::string(before), std::string(after)};
  return LoginParts{std::string(after), std::string(before)};
}

Result<std::string> canonical_login(std::string_view text) {
  ASSENT_TRY(const LoginParts parts, split_login(text));
  ASSENT_TRY(std::string name, fold_login(parts.name));
  // Folding width can make a '\' or '@' out of its full-width twin, which was no separator above.
  if (name.find_first_of("\\@") != std::string::npos)
    return fail(Code::Invalid, "a login name has a \\ or @ of another width");
  return name;
}

}  // namespace assent
