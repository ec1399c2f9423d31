#pragma once
// What the service and its schools are told: assent.toml and schools/*.toml, read once at start.
// docs/configuration.md lists every key. Unknown keys are errors; what is left out asks nobody
// anything and lets nobody unknown in.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/app/csv_roster.h"
#include "service/app/directory_settings.h"
#include "service/app/gateway_settings.h"
#include "service/app/sign_in_settings.h"
#include "service/domain/radius.h"
#include "service/domain/school.h"

namespace assent {

// Where FreeRADIUS asks about guests.
struct RadiusSettings {
  std::string address = "127.0.0.1";  // a loopback literal
  std::uint16_t port = 8311;
  std::string secret_file;  // what it proves itself with
  bool mschapv2 = false;    // kept for it: what stands for a generated passphrase
};

struct ServiceSettings {
  std::string address = "127.0.0.1";  // a loopback literal; the edge faces the network
  std::uint16_t port = 8310;
  std::string data = "/var/lib/assent";  // the folder that holds the store
  std::string origin;       // the log's name, such as "aup.jtrust.sch.uk/log"; never changes
  std::string trust;        // in every record
  std::string public_url;   // what people's devices open
  std::string edge_secret;  // path of the file; empty: no edge
  std::string timezone = "Europe/London";
  std::string log_key;                     // path of the file
  std::optional<RadiusSettings> radius{};  // none: nobody is listened to
  SignInSettings sign_in;
};

struct Config {
  ServiceSettings service;
  std::vector<School> schools;                          // by name; keys are given by the store
  std::map<SchoolName, CsvSettings> roster;             // one for each school
  std::map<SchoolName, DirectorySettings> directories;  // of the schools that have one
  std::map<SchoolName, std::vector<Nas>> nases;         // one for each school, often of none
  std::map<SchoolName, std::vector<GatewaySettings>> gateways;  // likewise
};

// assent.toml at `path` and schools/*.toml beside it. Relative paths in it are from its folder.
// Invalid names the file, the key and what to do; NotFound when there is no such file or no school.
Result<Config> load_config(const std::string& path);

// The parts, from text. `file` is for messages.
Result<ServiceSettings> parse_service(std::string_view text, const std::string& file);
struct SchoolConfig {
  School school;
  CsvSettings roster;
  std::optional<DirectorySettings> directory;
  std::vector<Nas> nases;
  std::vector<GatewaySettings> gateways;
};
// `zone` is used where the school names none.
Result<SchoolConfig> parse_school(std::string_view text, const std::string& file,
                                  const SchoolName& name, const std::string& zone);

}  // namespace assent
