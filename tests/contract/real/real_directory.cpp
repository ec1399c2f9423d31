#include "tests/contract/real/real_directory.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "service/directory/connection.h"

namespace assent::contract {
namespace {

constexpr int kCannotBegin = 2;

DirectorySettings read_settings() {
  std::signal(SIGPIPE, SIG_IGN);
  const char* path = std::getenv("ASSENT_DIRECTORY");
  std::ostringstream text;
  text << std::ifstream(path ? path : "").rdbuf();
  const auto school = parse_school(text.str(), path ? path : "ASSENT_DIRECTORY", {"school"}, "UTC");
  if (school && school->directory) return *school->directory;
  std::fprintf(stderr, "%s\n",
               school ? "the file has no [directory]" : school.error().message.c_str());
  std::exit(kCannotBegin);
}

}  // namespace

const DirectorySettings& real_settings() {
  static const DirectorySettings settings = read_settings();
  return settings;
}

directory::OpenDirectory real_directory() {
  return []() -> Result<std::unique_ptr<directory::Directory>> {
    ASSENT_TRY(auto connection, directory::Connection::open(real_settings().server));
    return std::unique_ptr<directory::Directory>(std::move(connection));
  };
}

bool real_sign_in(const std::string& dn, const std::string& password) {
  DirectoryServer server = real_settings().server;
  server.bind_dn = dn;
  return bool(directory::Connection::open_at(server.urls.front(), server, password));
}

}  // namespace assent::contract
