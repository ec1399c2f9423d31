#include "service/program/service.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "core/files/files.h"
#include "service/program/keys.h"

namespace assent {
namespace {

Result<Keys> load_keys(const Config& config, bool fresh, Random& random) {
  const std::string folder = config.service.data + "/keys/";
  const std::string log_path =
      config.service.log_key.empty() ? folder + "log.key" : config.service.log_key;
  ASSENT_TRY(const SecretKey log, load_key(log_path, fresh, random));
  ASSENT_TRY(SecretKey ticket, load_key(folder + "ticket.key", fresh, random));
  ASSENT_TRY(SecretKey access, load_key(folder + "access.key", fresh, random));
  return Keys{SigningKey{log}, std::move(ticket), std::move(access)};
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
  ASSENT_TRY(Keys keys, load_keys(config, fresh, random));
  ASSENT_TRY(auto store, store::open_store(file));
  std::unique_ptr<Service> service{new Service{.config = std::move(config),
                                               .lock = std::move(lock),
                                               .keys = std::move(keys),
                                               .store = std::move(store),
                                               .calendar = {},
                                               .registry = {},
                                               .standings = {},
                                               .writer = {},
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
  s.sweeps = std::make_unique<LevelSweeps>(LevelSweeps::Needs{
      *s.registry, s.store->people, s.store->levels, s.store->sweeps, *s.writer, random});
  s.levels = make_keeper(s, clock, random, output_for);
  if (s.levels) s.writer->observe(s.levels->observer());
  return service;
}

}  // namespace assent
