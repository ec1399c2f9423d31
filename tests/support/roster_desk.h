#pragma once
// A school's office in memory: store, writer and registry, and calls that wait for their answer.
// For tests of the roster; time stands still unless the test moves it.

#include <future>

#include "service/app/identities.h"
#include "service/app/roster_import.h"
#include "tests/support/memory_store.h"

namespace assent::support {

struct DeskClock final : Clock {
  Time time{days{20'000}};
  Time now() const override { return time; }
};

struct DeskRandom final : Random {  // never the same twice
  std::mutex mutex;
  std::uint64_t next = 0;
  void fill(std::span<std::byte> out) override {
    const std::lock_guard lock(mutex);
    ++next;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::byte(next >> (8 * (i % 8)));
  }
};

struct DeskCalendar final : Calendar {
  Result<Time> instant(Date date, minutes minute, const std::string&) const override {
    return Time(std::chrono::sys_days(date)) + minute;
  }
  Result<Date> date_of(Time time, const std::string&) const override {
    return Date(std::chrono::floor<days>(time));
  }
  std::string local(Time time, const std::string&) const override { return to_rfc3339(time); }
};

inline std::vector<School> desk_schools() {
  School one, other;
  one.name = {"kingsmead"};
  other.name = {"oakfield"};
  return {one, other};
}

struct Desk {
  using Live = decltype(RosterImports::Needs::live);
  explicit Desk(store::Store& kept, std::map<SchoolName, CsvSettings> settings = {},
                std::vector<School> schools = desk_schools(), Live live = {})
      : store(kept),
        registry(Registry::load(store.registers, calendar, std::move(schools)).value()),
        writer(LedgerWriter::start({"desk.example/log", "desk"}, store.journal, store.ledger, key,
                                   clock, random, [](std::string why) { throw why; })
                   .value()),
        imports({*registry, store.people, *writer, clock, random, std::move(settings),
                 std::move(live)}),
        identities({*registry, store.people, store.history, *writer, random}) {
    writer->observe([this](const auto& changes) { registry->committed(changes); });
    actor.person.login = "ict";
  }

  template <class T, class Call>
  static Result<T> wait(Call call) {
    std::promise<Result<T>> promise;
    call([&](Result<T> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
  }

  // The whole way of a file: start, pieces of 100 bytes.
  std::string upload(const std::string& file, SchoolKey school = 1) {
    const std::string id = imports.start(school, "csv", {}).value();
    for (std::size_t at = 0; at < file.size(); at += 100)
      (void)imports.add(school, id, file.substr(at, 100)).value();
    return id;
  }
  Result<ImportReport> apply(const std::string& id, std::optional<std::size_t> leavers = {},
                             SchoolKey school = 1) {
    return wait<ImportReport>([&](auto then) { imports.apply(actor, school, id, leavers, then); });
  }
  Result<PersonRow> link(PersonKey from, PersonKey to, const std::string& reason = "one person") {
    return wait<PersonRow>([&](auto then) { identities.link(actor, 1, from, to, reason, then); });
  }
  Result<Parting> part(const std::string& external, const std::string& reason = "an error") {
    return wait<Parting>(
        [&](auto then) { identities.part(actor, 1, "mis_id", external, reason, then); });
  }
  // Whoever has the id.
  std::optional<PersonRow> with_id(const std::string& external, SchoolKey school = 1) {
    for (const IdentityRow& row : store.people.identities(school, std::nullopt).value())
      if (row.external == external) return store.people.person(row.person).value();
    return std::nullopt;
  }
  std::uint64_t records() const { return store.ledger.head().value().size; }

  store::Store& store;
  DeskClock clock;
  DeskRandom random;
  DeskCalendar calendar;
  SigningKey key{SecretKey(std::array<std::byte, 32>{})};
  Actor actor;
  std::unique_ptr<Registry> registry;
  std::unique_ptr<LedgerWriter> writer;
  RosterImports imports;
  Identities identities;
};

}  // namespace assent::support
