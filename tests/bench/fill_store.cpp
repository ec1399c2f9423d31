// Fills a data folder with people, straight through the service's own objects: what assentd then
// serves is what it would have written itself, but for the signatures of devices.
//   fill_store CONFIG ACCEPTED OWING [LOGIN]
// makes students p0000000, p0000001, … who have accepted, o0000000, … who have not, and LOGIN, who
// has. The policy "student" must be published, and no assentd may be running.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <iostream>

#include "core/base/system_clock.h"
#include "service/app/answer_record.h"
#include "service/program/service.h"

namespace assent {
namespace {

constexpr std::size_t kPeoplePerCommit = 2000;

std::string numbered(char letter, std::size_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "%c%07zu", letter, number);
  return text;
}

class Filler {
 public:
  Filler(Service& service, const Clock& clock, Random& random)
      : service_(service), random_(random), school_(service.registry->schools().front()) {
    audience_ = resolve(school_, profile_);
    catalogue_ = service.registry->catalogue();
    const PublishedPolicy* policy = catalogue_->find(school_.key, {"student"});
    const PublishedVersion* version = policy ? policy->current(clock.now()) : nullptr;
    if (version) owed_ = {{policy, version}};
    device_.name = "LIB-0039";
    device_.room = "LIB";
    ticket_.language = school_.language;
  }

  Status fill(const std::vector<std::string>& logins, bool accepted) {
    if (owed_.empty()) return fail(Code::NotFound, "publish the policy \"student\" first");
    std::promise<Status> promise;
    const auto job = [&](Transaction& transaction, const JobContext& context) {
      return write(transaction, context, logins, accepted);
    };
    ASSENT_CHECK(service_.writer->submit_alone(job, [&](const Result<Written>& written) {
      promise.set_value(written ? Status{} : fail(written.error()));
    }));
    return promise.get_future().get();
  }

 private:
  Result<std::vector<Draft>> write(Transaction& transaction, const JobContext& context,
                                   const std::vector<std::string>& logins, bool accepted) {
    ASSENT_TRY(const auto profile, transaction.put(ProfileRow{0, school_.key, profile_}));
    std::vector<Draft> drafts;
    for (const std::string& login : logins) {
      PersonRow person;
      person.id.bytes = random_.bytes<16>();
      person.school = school_.key;
      person.login = login;
      person.name = "Somebody of " + login;
      person.form = "9B";
      person.profile = std::uint32_t(profile);
      person.seen = context.now;
      person.home = "csv";
      ASSENT_TRY(person.key, transaction.put(person));
      ASSENT_CHECK(transaction.put(IdentityRow{"mis_id", "M" + login, person.key, school_.key}));
      if (!accepted) continue;
      const Standing standing =
          after({.policy = owed_[0].policy->key}, Act::Agree, owed_[0].to->number(),
                audience_.style, context.now, context.next_index + drafts.size());
      ASSENT_CHECK(transaction.put(StandingRow{person.key, standing, school_.key, login}));
      drafts.push_back({"accept", make_nonce(context.now, random_), person.key, body(person)});
    }
    return drafts;
  }

  // As long as a real one.
  Object body(const PersonRow& person) const {
    AnswerQuestion said;
    said.answers = {{"student", Act::Agree}};
    said.channel = "pam:sshd";
    said.statement = "assent/answer/v1\ndevice d_aaaaaaaaaaaaaaaaaaaaaaaaaa\nticket " +
                     to_hex(Digest{}) + "\nshown " + to_hex(Digest{}) +
                     "\nchannel pam:sshd\nauthenticated yes\ncannot-ask no\nanswer student agree\n"
                     "at 2026-09-01T08:00:00.000Z\n";
    const AnswerRecord record{school_, person, audience_, device_, ticket_, owed_};
    return record.body(said);
  }

  Service& service_;
  Random& random_;
  const School& school_;
  const Profile profile_{{"role", "student"}, {"stage", "ks3"}, {"year", "9"}};
  Audience audience_;
  std::shared_ptr<const Catalogue> catalogue_;
  std::vector<Owed> owed_;
  DeviceRow device_;
  Ticket ticket_;
};

Status fill_numbered(Filler& filler, char letter, std::size_t count, bool accepted) {
  std::vector<std::string> logins;
  for (std::size_t i = 0; i < count; ++i) {
    logins.push_back(numbered(letter, i));
    if (logins.size() < kPeoplePerCommit && i + 1 < count) continue;
    ASSENT_CHECK(filler.fill(logins, accepted));
    logins.clear();
  }
  return {};
}

Status run(int argc, char** argv) {
  ASSENT_CHECK(start_crypto());
  const SystemClock clock;
  SystemRandom random;
  ASSENT_TRY(Config config, load_config(argv[1]));
  ASSENT_TRY(const auto service, Service::open(std::move(config), clock, random, [](auto why) {
               std::cerr << why << "\n";
               std::abort();
             }));
  Filler filler(*service, clock, random);
  if (argc > 4) ASSENT_CHECK(filler.fill({argv[4]}, true));
  ASSENT_CHECK(fill_numbered(filler, 'p', std::strtoul(argv[2], nullptr, 10), true));
  return fill_numbered(filler, 'o', std::strtoul(argv[3], nullptr, 10), false);
}

}  // namespace
}  // namespace assent

int main(int argc, char** argv) {
  if (argc < 4) return std::cerr << "usage: fill_store CONFIG ACCEPTED OWING [LOGIN]\n", 2;
  const assent::Status done = assent::run(argc, argv);
  if (!done) std::cerr << "fill_store: " << done.error().message << "\n";
  return done ? 0 : 1;
}
