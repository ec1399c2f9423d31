// Fills a data folder with guests of kind visitor, who have accounts and may be online, straight
// through the service's own writer. No assentd may be running.
//   fill_guests CONFIG COUNT
// prints "ACCOUNT PASSPHRASE" for each.
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "core/base/system_clock.h"
#include "service/app/write_and_wait.h"
#include "service/program/service.h"

namespace assent {
namespace {

constexpr std::size_t kGuestsPerCommit = 2000;

class Filler {
 public:
  Filler(Service& service, const Clock& clock, Random& random)
      : service_(service),
        clock_(clock),
        random_(random),
        school_(service.registry->schools().front()),
        profile_(service.registry->profile_key(school_.key, guest_profile("visitor")).value_or(0)) {
  }

  Status fill(std::size_t from, std::size_t to) {
    const auto job = [&](Transaction& transaction,
                         const JobContext&) -> Result<std::vector<Draft>> {
      for (std::size_t i = from; i < to; ++i) ASSENT_CHECK(add(transaction, i));
      return std::vector<Draft>{};
    };
    ASSENT_CHECK(write_and_wait(*service_.writer, job));
    return {};
  }

 private:
  Status add(Transaction& transaction, std::size_t number) {
    char account[24];
    std::snprintf(account, sizeof account, "v-bench-%06zu", number);
    const std::string passphrase = make_passphrase(random_);
    PersonRow person;
    person.id.bytes = random_.bytes<16>();
    person.school = school_.key;
    person.login = account;
    person.name = "Somebody";
    person.profile = profile_;
    person.seen = clock_.now();
    person.home = "guests";
    GuestRow row;
    ASSENT_TRY(row.person, transaction.put(person));
    row.guest.id.bytes = random_.bytes<16>();
    row.guest.kind = "visitor";
    row.guest.name = person.name;
    row.guest.reason = "a fair";
    row.guest.host = row.person;
    row.guest.state = GuestState::Issued;
    row.guest.account = account;
    row.guest.requested_at = row.guest.valid_from = person.seen;
    row.guest.stay = hours{10};
    row.school = school_.key;
    row.passphrase = passphrase_hash(service_.keys.guest, row.guest.id, passphrase);
    ASSENT_CHECK(transaction.put(row));
    std::cout << account << " " << passphrase << "\n";
    return {};
  }

  Service& service_;
  const Clock& clock_;
  Random& random_;
  const School& school_;
  const std::uint32_t profile_;
};

Status run(const std::string& config_path, std::size_t count) {
  ASSENT_CHECK(start_crypto());
  const SystemClock clock;
  SystemRandom random;
  ASSENT_TRY(Config config, load_config(config_path));
  ASSENT_TRY(const auto service, Service::open(std::move(config), clock, random, [](auto why) {
               std::cerr << why << "\n";
               std::abort();
             }));
  Filler filler(*service, clock, random);
  for (std::size_t from = 0; from < count; from += kGuestsPerCommit)
    ASSENT_CHECK(filler.fill(from, std::min(count, from + kGuestsPerCommit)));
  return {};
}

}  // namespace
}  // namespace assent

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: fill_guests CONFIG COUNT\n", 2;
  const assent::Status done = assent::run(argv[1], std::strtoul(argv[2], nullptr, 10));
  if (!done) std::cerr << "fill_guests: " << done.error().message << "\n";
  return done ? 0 : 1;
}
