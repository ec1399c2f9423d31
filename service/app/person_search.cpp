#include "service/app/person_search.h"

#include "core/base/text.h"
#include "core/unicode/unicode.h"
#include "service/domain/login.h"

namespace assent {
namespace {

std::string folded(const std::string& text) {
  auto result = fold_for_search(text);
  return result ? *std::move(result) : std::string();
}

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

}  // namespace

Result<SearchTerms> read_search(const std::string& text) {
  ASSENT_CHECK(check_line(text, kSearchTextMax));
  SearchTerms terms;
  terms.external = trimmed(text);
  if (terms.external.empty()) return fail(Code::Invalid, "nothing to search for");
  if (auto login = canonical_login(terms.external)) terms.login = *std::move(login);
  if (auto id = parse_id<PersonTag>(terms.external)) terms.id = *id;
  ASSENT_TRY(terms.name, fold_for_search(terms.external));
  return terms;
}

bool matches_name(const SearchTerms& terms, const std::string& name, const std::string& form) {
  const auto whole = folded(name);
  if (whole.find(terms.name) != std::string::npos) return true;
  const auto space = terms.name.find_last_of(' ');
  if (space == std::string::npos || folded(form) != terms.name.substr(space + 1)) return false;
  return whole.find(trimmed(terms.name.substr(0, space))) != std::string::npos;
}

}  // namespace assent
