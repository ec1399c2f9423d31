#include "service/app/password_sign_in.h"

#include <algorithm>

#include "service/app/sealed.h"
#include "service/domain/login.h"

namespace assent {
namespace {

constexpr std::string_view kFormType = "assent/sign-in-form/v1";
constexpr std::size_t kPasswordMax = 256;  // bytes; a directory's own limit is below

Failure refused() {
  return fail(Code::Denied, "that name and that password sign nobody in");
}

}  // namespace

std::vector<SchoolKey> PasswordSignIn::schools() const {
  std::vector<SchoolKey> out;
  for (const auto& [school, place] : needs_.places) out.push_back(school);
  return out;
}

const PasswordSignIn::Place* PasswordSignIn::place_at(const School& school,
                                                      const std::string& address) const {
  const auto found = needs_.places.find(school.key);
  if (found == needs_.places.end()) return nullptr;
  const bool is_here = std::ranges::any_of(
      found->second.from, [&](const AddressRange& range) { return range.contains(address); });
  return is_here ? &found->second : nullptr;
}

std::optional<std::string> PasswordSignIn::form(const School& school,
                                                const std::string& address) const {
  if (!place_at(school, address)) return std::nullopt;
  const Time until = needs_.clock.now() + kFormLife;
  return seal(needs_.key, kFormType,
              Packer()
                  .number(school.key)
                  .text(address)
                  .number(std::uint64_t(until.time_since_epoch().count()))
                  .take());
}

Result<std::string> PasswordSignIn::open(const School& school, const std::string& address,
                                         std::string_view form, const std::string& login,
                                         const std::string& password) const {
  const Place* place = place_at(school, address);
  if (!place) return refused();
  const auto content = unseal(needs_.key, kFormType, form);
  if (!content) return fail(Code::Conflict, "this form is none of ours");
  Unpacker in{*content};
  const bool same_school = in.number() == school.key;
  const std::string sent_to = in.text();
  const Time until{milliseconds{std::int64_t(in.number())}};
  if (!in.ok() || !same_school || sent_to != address || needs_.clock.now() >= until)
    return fail(Code::Conflict, "this form was another's, or is too old");
  const auto account = canonical_login(login);
  const auto targets = guess_targets("sign-in " + (account ? *account : login), address, "");
  if (!needs_.tries.may_try(targets, needs_.clock.now())) return refused();
  const bool asks = account && !password.empty() && password.size() <= kPasswordMax;
  ASSENT_TRY(const PasswordWord word, asks ? place->passwords->check(*account, password)
                                           : Result<PasswordWord>(PasswordWord::Wrong));
  if (word != PasswordWord::Right) {
    needs_.tries.failed(targets, needs_.clock.now());
    return refused();
  }
  needs_.tries.succeeded(targets);
  auto session = needs_.sign_in.open_for_signing(school, *account);
  if (!session && session.error().code == Code::Denied) return refused();
  return session;
}

}  // namespace assent
