// Lets a new installation's first admin in.

#include <future>

#include "service/app/ticket.h"
#include "service/domain/login.h"
#include "service/program/service.h"

namespace assent {
namespace {

Result<PersonRow> find_or_make(Service& service, Transaction& transaction, const School& school,
                               const std::string& login, const std::string& name, Time now,
                               Random& random) {
  const auto known = service.store->standings.find(school.key, login);
  if (known) return service.store->people.person(known->person);
  if (known.error().code != Code::NotFound) return fail(known.error());
  const Profile profile{{"role", "staff"}};
  ASSENT_TRY(const auto profile_key, transaction.put(ProfileRow{0, school.key, profile}));
  PersonRow person;
  person.id.bytes = random.bytes<16>();
  person.school = school.key;
  person.login = login;
  person.name = name;
  person.profile = std::uint32_t(profile_key);
  person.seen = now;
  person.home = "local";
  ASSENT_TRY(person.key, transaction.put(person));
  ASSENT_CHECK(transaction.put(IdentityRow{"local", login, person.key, school.key}));
  return person;
}

}  // namespace

Result<std::string> bootstrap(Service& service, const SchoolName& name_of_school,
                              const std::string& login, const std::string& name, const Clock& clock,
                              Random& random) {
  const School* school = service.registry->school(name_of_school);
  if (!school) return fail(Code::NotFound, "no school is called " + name_of_school.value);
  ASSENT_TRY(const std::string canonical, canonical_login(login));
  std::string bearer;
  std::promise<Result<Written>> promise;
  const auto job = [&](Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const PersonRow person,
               find_or_make(service, transaction, *school, canonical, name, context.now, random));
    const IssuedToken token =
        make_token(service.keys.access, person.key, "admin", context.now, random);
    ASSENT_CHECK(transaction.put(token.row));
    bearer = token.bearer;
    Object fields{{"school", school->name.value},
                  {"what", "token.new"},
                  {"scope", "admin"},
                  {"subject", Object{{"id", to_text(person.id)}, {"login", person.login}}}};
    return std::vector<Draft>{
        {"admin.change", make_nonce(clock.now(), random), person.key, std::move(fields)}};
  };
  ASSENT_CHECK(service.writer->submit_alone(
      job, [&](Result<Written> written) { promise.set_value(std::move(written)); }));
  const auto written = promise.get_future().get();
  if (!written) return fail(written.error());
  return bearer;
}

}  // namespace assent
