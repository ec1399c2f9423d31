#pragma once
// What guests' secrets go to instead of the terminal: slips to print, and a list for a mail merge.
// Inside admin-cli only.

#include "admin-cli/context.h"

namespace assent::cli {

// --slips and --csv, as rows of a verb's table.
Option slips_option(bool required);
Option csv_option();

class SlipFiles {
 public:
  // Before anybody has new secrets: Conflict or Invalid for a file that could not be made, and
  // whatever the service refuses. None is wanted where neither option was given.
  static Result<SlipFiles> prepare(Context& context);
  bool wanted() const { return !slips_.empty() || !csv_.empty(); }
  // `guests` as the service answered, secrets and all. Says where they went; a failure says how to
  // get new ones.
  Status write(Context& context, const Array& guests) const;

 private:
  SlipFiles(std::string slips, std::string csv, Value place)
      : slips_(std::move(slips)), csv_(std::move(csv)), place_(std::move(place)) {}
  Status write_slips(Context& context, const Array& guests) const;

  std::string slips_, csv_;  // paths; empty: not wanted
  Value place_;              // what the service says of all slips
};

// The answer without the secrets in it.
Value without_secrets(const Value& answer);

}  // namespace assent::cli
