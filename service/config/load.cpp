// Finds and reads the files. What they say is service_file.cpp and school_file.cpp.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "service/app/portal_state.h"
#include "service/config/config.h"

namespace assent {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileMax = 256 * 1024;  // as core/formats/toml
constexpr std::size_t kSchoolsMax = 1000;

Result<std::string> read_file(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return fail(Code::NotFound, path.string() + ": " + error.message());
  if (size > kFileMax) return fail(Code::Invalid, path.string() + ": is longer than 256 KiB");
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!file) return fail(Code::Unavailable, path.string() + ": cannot be read");
  return text;
}

Result<std::vector<fs::path>> school_files(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".toml") out.push_back(at->path());
  if (error) return fail(Code::NotFound, folder.string() + ": " + error.message());
  if (out.empty())
    return fail(Code::NotFound, folder.string() + ": has no school: add NAME.toml for each one");
  if (out.size() > kSchoolsMax)
    return fail(Code::Invalid, folder.string() + ": has more than 1000 schools");
  std::ranges::sort(out);
  return out;
}

void from_folder(const fs::path& folder, std::string& path) {
  if (!path.empty()) path = (folder / path).lexically_normal().string();  // absolute ones stay
}

// The school before this one that has a gateway or an access point of that name; empty: none.
std::string school_with(const Config& config, const std::string& name) {
  for (const auto& [school, nases] : config.nases)
    if (std::ranges::find(nases, name, &Nas::name) != nases.end()) return school.value;
  for (const auto& [school, gateways] : config.gateways)
    if (std::ranges::find(gateways, name, &GatewaySettings::name) != gateways.end())
      return school.value;
  return {};
}

// FreeRADIUS serves them all, so a name says which school is asked about; so does a gateway's.
Status check_names(const Config& config, const std::string& file, const SchoolConfig& read) {
  for (const Nas& nas : read.nases)
    if (const std::string school = school_with(config, nas.name); !school.empty())
      return fail(Code::Invalid, file + ": nas \"" + nas.name + "\" is " + school +
                                     "'s already: a NAS-Identifier names one school");
  for (const GatewaySettings& gateway : read.gateways) {
    const bool here = gateway.name == kPortalNas ||
                      std::ranges::find(read.nases, gateway.name, &Nas::name) != read.nases.end();
    if (here || !school_with(config, gateway.name).empty())
      return fail(Code::Invalid, file + ": gateway \"" + gateway.name +
                                     "\" has the name of another gateway or access point");
  }
  return {};
}

Status add_school(const fs::path& path, const fs::path& folder, Config& config) {
  const SchoolName name{path.stem().string()};
  if (const Status good = check_name(name.value); !good)
    return fail(Code::Invalid, path.string() +
                                   ": the file's name is the school's: use a-z, 0-9 and -, " +
                                   "beginning with a letter");
  ASSENT_TRY(const std::string text, read_file(path));
  ASSENT_TRY(SchoolConfig school, parse_school(text, path.string(), name, config.service.timezone));
  ASSENT_CHECK(check_names(config, path.string(), school));
  for (Nas& nas : school.nases) from_folder(folder, nas.secret_file);
  for (GatewaySettings& gateway : school.gateways)
    for (std::string* file : {&gateway.secret_file, &gateway.ca_file}) from_folder(folder, *file);
  config.nases[name] = std::move(school.nases);
  config.gateways[name] = std::move(school.gateways);
  config.schools.push_back(std::move(school.school));
  config.roster[name] = std::move(school.roster);
  if (school.directory) {
    for (std::string* file :
         {&school.directory->server.ca_file, &school.directory->server.password_file})
      from_folder(folder, *file);
    config.directories[name] = *std::move(school.directory);
  }
  return {};
}

}  // namespace

Result<Config> load_config(const std::string& path) {
  Config config;
  ASSENT_TRY(const std::string text, read_file(path));
  ASSENT_TRY(config.service, parse_service(text, path));
  const fs::path folder = fs::path(path).parent_path();
  for (std::string* each :
       {&config.service.data, &config.service.edge_secret, &config.service.log_key})
    from_folder(folder, *each);
  if (config.service.radius) from_folder(folder, config.service.radius->secret_file);
  ASSENT_TRY(const auto files, school_files(folder / "schools"));
  for (const fs::path& file : files) ASSENT_CHECK(add_school(file, folder, config));
  return config;
}

}  // namespace assent
