#pragma once
// Where the service is and who is asking: from the command line, the environment and a file of the
// person's own, in this order. Reads; decides nothing.

#include <functional>
#include <string>

#include "admin-cli/verb.h"

namespace assent::cli {

struct Settings {
  std::string url;
  std::string token_file;
  std::string ca_file;
  std::string school;  // empty: the service's only one
  bool json = false;
  bool dry_run = false;
};

// The options that every verb takes, in the form of a verb's own.
const std::vector<Option>& common_options();

using Environment = std::function<std::string(const std::string&)>;  // empty when not set

// Invalid names the file and the line. A file of its own is needed only where --config names it;
// else ~/.config/assent/ctl.toml is read if it is there.
Result<Settings> read_settings(const Given& given, const Environment& environment);

}  // namespace assent::cli
