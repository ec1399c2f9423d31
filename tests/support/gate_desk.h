#pragma once
// Two schools in memory, from the roster to the ledger: people, policies and enrolled devices with
// keys of their own, and calls that wait for their answer. For tests of the gate's use cases; time
// stands still unless the test moves it, and never moves while a call is under way.

#include <future>

#include "service/app/behalf.h"
#include "service/app/devices.h"
#include "service/app/gate_service.h"
#include "service/app/publisher.h"
#include "tests/support/memory_store.h"
#include "tests/support/policy_text.h"
#include "tests/support/roster_desk.h"

namespace assent::support {

inline SecretKey secret(unsigned char number) {
  std::array<std::byte, SecretKey::kSize> seed{};
  seed.fill(std::byte{number});
  return SecretKey(seed);
}

// kingsmead enforces its student and media policies; oakfield lets unknown logins in.
inline std::vector<School> gate_schools() {
  School school;
  school.name = {"kingsmead"};
  school.title = "Kingsmead School";
  school.help = "Ask at the office.";
  school.audience = {{{"kind:service"}, {}, true, false, "programs"},
                     {{"kind:shared"}, {}, false, true, "class logins"},
                     {{"role:student"}, {{"student"}}, false, false, "student"},
                     {{"role:staff"}, {{"staff"}}, false, false, "staff"}};
  school.add_on = {{{"group:media"}, {{"media"}}, false, false, ""}};
  school.style_of_stage = {{"ks2", Style::Ks2}};
  school.policies[{"student"}].enforcement = Enforcement::Enforce;
  school.policies[{"student"}].on_decline = {true, "supervised", "head"};
  school.policies[{"media"}].enforcement = Enforcement::Enforce;
  School other = school;
  other.name = {"oakfield"};
  other.title = "Oakfield Primary";
  other.unknown_let_in = true;
  return {school, other};
}

using AnswerResult = std::variant<AnswerOutcome, AnswerFailure>;
using OpenedResult = std::variant<Written, AnswerFailure>;

struct GateDesk {
  explicit GateDesk(std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>(),
                    store::FaultHook faults = {}, std::vector<School> schools = gate_schools())
      : store(std::move(disk), std::move(faults)),
        registry(Registry::load(store.registers, calendar, std::move(schools)).value()),
        writer(LedgerWriter::start({"desk.example/log", "desk"}, store.journal, store.ledger,
                                   log_key, clock, random, [this](auto) { fatal = true; })
                   .value()),
        receipts(store.ledger, {"desk.example/log", log_key.public_key()}),
        access({*registry, store.people, access_key, clock, random}),
        devices({*registry, *writer, access_key, clock, random}),
        publisher({*registry, store.people, *writer, clock, random}),
        gate({store.standings, store.people, *registry, receipts, store.levels, calendar, *writer,
              ticket_key, clock, random}),
        behalf({*registry, store.people, store.standings, *writer, random}) {
    writer->observe([this](const auto& changes) { registry->committed(changes); });
    ict.person.login = "ict";
    ict.scope = "admin";
  }

  template <class T, class Call>
  static Result<T> wait(Call call) {
    const auto promise = std::make_shared<std::promise<Result<T>>>();
    call([promise](Result<T> result) { promise->set_value(std::move(result)); });
    return promise->get_future().get();
  }
  Result<Written> write(Job job) {
    return wait<Written>([&](auto then) {
      if (const Status queued = writer->submit(std::move(job), then); !queued)
        then(fail(queued.error()));
    });
  }
  void put(const Change& change) {
    (void)write([change](Transaction& transaction, const JobContext&) {
      return transaction.put(change) ? Result<std::vector<Draft>>(std::vector<Draft>{})
                                     : fail(Code::Invalid, "the test's row was refused");
    }).value();
  }

  PersonRow person(const std::string& login, Profile profile, SchoolKey in = 1) {
    put(ProfileRow{0, in, profile});
    PersonRow row;
    row.id.bytes = random.bytes<16>();
    row.school = in;
    row.login = login;
    row.name = "Name of " + login;
    row.form = "9B";
    row.profile = registry->profile_key(in, profile).value();
    put(row);
    row.key = store.standings.find(in, login).value().person;
    return row;
  }
  PersonRow student(const std::string& login, SchoolKey in = 1) {
    return person(login, {{"role", "student"}, {"stage", "ks3"}}, in);
  }
  Facts facts(const std::string& login) { return store.standings.find(1, login).value(); }
  const School& school(SchoolKey key = 1) const { return *registry->school(key); }

  Result<Publication> try_publish(const std::string& policy, std::uint32_t number,
                                  std::vector<File> files, SchoolKey in = 1) {
    const PublishRequest request{{policy}, number, std::move(files)};
    return wait<Publication>([&](auto then) { publisher.publish(ict, school(in), request, then); });
  }
  Publication publish(const std::string& policy, std::uint32_t number, const VersionText& text = {},
                      SchoolKey in = 1) {
    return try_publish(policy, number, policy_files(number, text), in).value();
  }

  static SigningKey device_key(unsigned char number) { return SigningKey(secret(number)); }
  DeviceRow device(const std::string& name, unsigned char key_number, SchoolKey in = 1) {
    const auto added = wait<Devices::Added>([&](auto then) {
                         devices.add(ict, in, {name, "LIB", "school"}, then);
                       }).value();
    return wait<DeviceRow>([&](auto then) {
             devices.enrol(added.code, device_key(key_number).public_key(), then);
           })
        .value();
  }

  CheckAnswer check(const DeviceRow& device, const std::string& login) {
    return gate.check(device, {login, "", false}).value();
  }
  // What an honest client sends: every part answered with `acts`, signed by the device's key.
  AnswerQuestion question(const Shown& shown, std::vector<GivenAnswer> answers,
                          unsigned char key_number) {
    AnswerQuestion asked;
    asked.ticket = shown.ticket;
    asked.answers = std::move(answers);
    asked.authenticated = true;
    asked.channel = "pam:login";
    asked.shown = to_hex(shown.rendered->hash);
    asked.statement = "assent/answer/v1\nof " + shown.ticket + "\n";
    asked.signature = device_key(key_number).sign(bytes_of(asked.statement));
    return asked;
  }
  // What it sends when the session began.
  OpenedQuestion opening(const Shown& shown, unsigned char key_number) {
    OpenedQuestion told{
        shown.ticket, "pam:login", "assent/opened/v1\nof " + shown.ticket + "\n", {}};
    told.signature = device_key(key_number).sign(bytes_of(told.statement));
    return told;
  }
  AnswerResult answer(const DeviceRow& device, const AnswerQuestion& asked) {
    const auto promise = std::make_shared<std::promise<AnswerResult>>();
    gate.answer(device, asked,
                [promise](AnswerResult result) { promise->set_value(std::move(result)); });
    return promise->get_future().get();
  }
  std::future<OpenedResult> open(const DeviceRow& device, const OpenedQuestion& told) {
    const auto promise = std::make_shared<std::promise<OpenedResult>>();
    gate.opened(device, told,
                [promise](OpenedResult result) { promise->set_value(std::move(result)); });
    return promise->get_future();
  }
  std::uint64_t records() const { return store.ledger.head().value().size; }

  MemoryStore store;
  DeskClock clock;
  DeskRandom random;
  DeskCalendar calendar;
  SigningKey log_key{secret(1)};
  SecretKey ticket_key = secret(2), access_key = secret(3);
  Actor ict;
  std::atomic<bool> fatal = false;
  std::unique_ptr<Registry> registry;
  std::unique_ptr<LedgerWriter> writer;
  Receipts receipts;
  Access access;
  Devices devices;
  Publisher publisher;
  GateService gate;
  OnBehalf behalf;
};

}  // namespace assent::support
