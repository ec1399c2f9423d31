// assent-service: the only program on a Windows machine that holds the device's key and speaks to
// Assent. Reads the command line and the settings, and wires the parts.
#include <CLI/CLI.hpp>
#include <iostream>

#include "core/base/system_clock.h"
#include "core/base/text.h"
#include "core/crypto/crypto.h"
#include "winlogon-shim/machine/registry_settings.h"
#include "winlogon-shim/service/device_service.h"
#include "winlogon-shim/service/event_log.h"
#include "winlogon-shim/service/windows_service.h"

namespace assent::windows {
namespace {

constexpr int kFailed = 1, kUsage = 2, kBug = 70;

struct Options {
  std::string code, url;
  bool console = false;
};

Settings settings_of(const Options& options, const device::Log& log) {
  ReadSettings read = read_settings(RegistrySettings());
  for (const std::string& complaint : read.complaints) log(device::Severity::Warning, complaint);
  if (!options.url.empty()) read.settings.service = options.url;
  return read.settings;
}

Status serve(const Options& options) {
  const device::Log log = options.console ? console_log() : event_log();
  const Settings settings = settings_of(options, log);
  const SystemClock clock;
  return options.console ? run_in_console(settings, clock, log)
                         : run_as_service(settings, clock, log);
}

Status enrol(const Options& options) {
  const Settings settings = settings_of(options, console_log());
  const Status sid = give_service_its_sid();
  ASSENT_TRY(const std::string who, enrol_machine(settings, options.code));
  std::cout << "Enrolled as " << who << ".\n";
  if (!sid) std::cout << "But " << one_line(sid.error().message) << ".\n";
  std::cout << "Start the service: sc start AssentService\n";
  return {};
}

Status run(const CLI::App& enrolling, const Options& options) {
  ASSENT_CHECK(start_crypto());
  return enrolling.parsed() ? enrol(options) : serve(options);
}

int main_of(int argc, char** argv) {
  Options options;
  CLI::App app("The Assent service: answers the logon program on this machine.");
  app.require_subcommand(1);
  CLI::App* serving = app.add_subcommand("run", "serve logons, started by Windows");
  serving->add_flag("--console", options.console, "here, until standard input ends");
  CLI::App* enrolling = app.add_subcommand("enrol", "make this machine known to Assent, once");
  enrolling->add_option("--code", options.code, "the one-time code of assentctl device enrol")
      ->required();
  enrolling->add_option("--url", options.url, "the service, in place of the registry's");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  const Status status = run(*enrolling, options);
  if (status) return 0;
  std::cerr << "assent-service: " << one_line(status.error().message) << "\n";
  return kFailed;
}

}  // namespace
}  // namespace assent::windows

int main(int argc, char** argv) {
  try {
    return assent::windows::main_of(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "assent-service: this is a bug: " << assent::one_line(error.what()) << "\n";
    return assent::windows::kBug;
  }
}
