#include "service/program/service.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "core/files/files.h"
#include "service/app/write_and_wait.h"
#include "service/program/directories.h"
#include "service/program/keys.h"

namespace assent {
namespace {

struct OldKeys {
  SecretKey log, ticket, access;
};

Result<OldKeys> load_keys(const Config& config, bool fresh, Random& random) {
  const std::string folder = config.service.data + "/keys/";
  const std::string log_path =
      config.service.log_key.empty() ? folder + "log.key" : config.service.log_key;
  ASSENT_TRY(SecretKey log, load_key(log_path, fresh, random));
  ASSENT_TRY(SecretKey ticket, load_key(folder + "ticket.key", fresh, random));
  ASSENT_TRY(SecretKey access, load_key(folder + "access.key", fresh, random));
  return OldKeys{std::move(log), std::move(ticket), std::move(access)};
}

// Made in a folder that is older than guests, too: not once some guest's secret is kept under it.
Result<SecretKey> load_guest_key(const Config& config, const store::Store& store, Random& random) {
  ASSENT_TRY(const SmallTables tables, store.registers.load());
  bool any = false;
  for (std::size_t school = 1; school <= tables.schools.size(); ++school) {
    ASSENT_TRY(const auto first, store.guests.search({SchoolKey(school), {}, 0, "", 1}));
    any = any || !first.empty();
  }
  return load_key(config.service.data + "/keys/guest.key", !any, random);
}

// Audiences of guests are known before the first of them comes.
Status put_guest_profiles(Service& s) {
  std::vector<ProfileRow> missing;
  for (const School& school : s.registry->schools())
    for (const GuestKind& kind : school.guests)
      if (!s.registry->profile_key(school.key, guest_profile(kind.name)))
        missing.push_back({0, school.key, guest_profile(kind.name)});
  if (missing.empty()) return {};
  const auto job = [&](Transaction& transaction, const JobContext&) -> Result<std::vector<Draft>> {
    for (const ProfileRow& row : missing) ASSENT_CHECK(transaction.put(row));
    return std::vector<Draft>{};
  };
  ASSENT_CHECK(write_and_wait(*s.writer, job));
  return {};
}

// All of guests but their Wi-Fi.
Status make_guest_parts(Service& s, const Clock& clock, Random& random) {
  s.guest_accounts = std::make_unique<GuestAccounts>(
      GuestAccounts::Needs{*s.registry, s.store->guests, s.store->people, *s.writer, clock},
      guest_places(s.config, *s.registry, clock));
  s.writer->observe(s.guest_accounts->observer());
  s.own_words = std::make_unique<OwnWords>(OwnWords::Needs{*s.registry, s.store->guests, *s.writer,
                                                           s.hash, s.keys.guest, clock, random,
                                                           s.guest_accounts.get()});
  s.guests = std::make_unique<GuestCache>(s.store->guests);
  s.writer->observe([&s](const auto& changes) { s.guests->committed(changes); });
  ASSENT_TRY(s.holders, AccountHolders::load(s.store->guests, s.registry->schools()));
  s.writer->observe([&s](const auto& changes) { s.holders->committed(changes); });
  s.guest_door = std::make_unique<GuestDoor>(
      GuestDoor::Needs{*s.registry, *s.guests, *s.holders, *s.standings, s.calendar, *s.writer,
                       s.keys.guest, clock, random, s.guest_accounts.get(), s.own_words.get()});
  s.guest_keeper = std::make_unique<GuestKeeper>(
      GuestKeeper::Needs{*s.registry, s.store->guests, s.store->guest_sessions, s.store->people,
                         *s.writer, clock, random});
  s.writer->observe(s.guest_keeper->observer());
  s.guest_asks = std::make_unique<GuestAsks>(GuestAsks::Needs{
      *s.registry, s.store->people, s.store->guests, s.tries, *s.writer, clock, random});
  ASSENT_CHECK(s.guest_asks->remember());
  s.writer->observe(s.guest_asks->observer());
  if (s.config.service.radius && s.config.service.radius->mschapv2)
    s.nt = std::make_unique<NtSecrets>(s.keys.guest, random);
  return {};
}

std::unique_ptr<LevelKeeper> make_keeper(Service& s, const Clock& clock, Random& random,
                                         const LevelOutputFactory& output_for) {
  bool any = false;
  LevelKeeper::Outputs outputs;
  for (const School& school : s.registry->schools()) {
    if (school.levels.empty()) continue;
    any = true;
    if (auto output = output_for ? output_for(school) : nullptr)
      outputs.emplace(school.key, std::move(output));
  }
  if (!any) return nullptr;
  return std::make_unique<LevelKeeper>(
      LevelKeeper::Needs{*s.registry, s.store->people, s.store->levels, *s.writer, *s.sweeps,
                         s.calendar, clock, random},
      std::move(outputs));
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::string& folder) {
  ASSENT_CHECK(make_private_folder(folder));
  const int fd = ::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Code::Unavailable, "cannot write to the data folder " + folder);
  FolderLock lock{fd};
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
    return fail(Code::Conflict,
                "another assentd has the data folder " + folder + ": stop it first");
  return lock;
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::unique_ptr<Service>> Service::open(Config config, const Clock& clock, Random& random,
                                               std::function<void(std::string)> on_fatal,
                                               const LevelOutputFactory& output_for) {
  const std::string folder = config.service.data, file = folder + "/assent.db";
  ASSENT_TRY(FolderLock lock, FolderLock::take(folder));
  const bool fresh = !std::filesystem::exists(file);
  ASSENT_TRY(OldKeys old, load_keys(config, fresh, random));
  ASSENT_TRY(auto store, store::open_store(file));
  ASSENT_TRY(SecretKey guest, load_guest_key(config, *store, random));
  Keys keys{SigningKey{old.log}, std::move(old.ticket), std::move(old.access), std::move(guest)};
  std::unique_ptr<Service> service{new Service{.config = std::move(config),
                                               .lock = std::move(lock),
                                               .keys = std::move(keys),
                                               .store = std::move(store),
                                               .calendar = {},
                                               .registry = {},
                                               .standings = {},
                                               .guests = {},
                                               .holders = {},
                                               .nt = {},
                                               .wifi = {},
                                               .writer = {},
                                               .guest_accounts = {},
                                               .tries = {},
                                               .guest_asks = {},
                                               .hash = {},
                                               .own_words = {},
                                               .guest_door = {},
                                               .guest_keeper = {},
                                               .sweeps = {},
                                               .levels = {}}};
  Service& s = *service;
  ASSENT_TRY(s.registry, Registry::load(s.store->registers, s.calendar, s.config.schools));
  s.standings = std::make_unique<StandingsCache>(s.store->standings, random);
  const LedgerSettings settings{.origin = s.config.service.origin, .trust = s.config.service.trust};
  ASSENT_TRY(s.writer, LedgerWriter::start(settings, s.store->journal, s.store->ledger, s.keys.log,
                                           clock, random, std::move(on_fatal)));
  s.writer->observe([&s](const auto& changes) { s.registry->committed(changes); });
  s.writer->observe([&s](const auto& changes) { s.standings->committed(changes); });
  ASSENT_CHECK(make_guest_parts(s, clock, random));
  s.sweeps = std::make_unique<LevelSweeps>(LevelSweeps::Needs{
      *s.registry, s.store->people, s.store->levels, s.store->sweeps, *s.writer, random});
  s.levels = make_keeper(s, clock, random, output_for);
  if (s.levels) s.writer->observe(s.levels->observer());
  ASSENT_TRY(s.wifi,
             GuestWifi::make({s.config, *s.registry, s.store->guest_sessions, *s.guest_door,
                              *s.writer, s.tries, s.keys.guest, clock, random, s.nt.get()}));
  ASSENT_CHECK(put_guest_profiles(s));
  if (!s.nt) ASSENT_CHECK(forget_nt_secrets(*s.registry, s.store->guests, *s.writer));
  return service;
}

}  // namespace assent
