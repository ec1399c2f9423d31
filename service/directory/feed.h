#pragma once
// The change feed that fits a school's directory.

#include "service/app/change_feed.h"
#include "service/app/directory_settings.h"

namespace assent::directory {

// Talks to nobody yet. Each feed is a connection of its own.
std::unique_ptr<ChangeFeed> make_feed(const DirectorySettings& settings);

}  // namespace assent::directory
