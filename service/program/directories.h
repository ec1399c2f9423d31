#pragma once
// What the schools' directories are for: their rosters, and looking at them.

#include <memory>

#include "service/app/directory_check.h"
#include "service/app/guest_accounts.h"
#include "service/app/password_sign_in.h"
#include "service/app/ports.h"
#include "service/app/roster_keeper.h"
#include "service/config/config.h"
#include "service/program/service.h"

namespace assent {

// Of the schools whose people come from their directory. `clock` must outlive them.
std::map<SchoolName, std::function<std::unique_ptr<LiveSource>()>> live_rosters(
    const Config& config, const Clock& clock);

// Of the schools whose directory is listened to: it gives their people, or their levels are in it.
std::map<SchoolName, RosterKeeper::Kept> kept_directories(const Config& config);

// Of every school that has a directory.
DirectoryChecks directory_checks(const Config& config);

// Where the guests of a school have accounts, by its key: in its directory, where that is prepared.
// `clock` must outlive them.
std::map<SchoolKey, GuestAccounts::Place> guest_places(const Config& config,
                                                       const Registry& registry,
                                                       const Clock& clock);

// Where people may sign in with their directory's password, by school. `clock` must outlive them.
std::map<SchoolKey, PasswordSignIn::Place> password_places(const Config& config,
                                                           const Registry& registry,
                                                           const Clock& clock);

// Where the levels of a school go: into its directory, where it has one.
LevelOutputFactory level_outputs(const Config& config);

}  // namespace assent
