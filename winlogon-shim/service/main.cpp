// assent-service: the only program on a Windows machine that holds the device's key and speaks to
// Assent. Reads the command line and the settings, and wires the parts.
#include <windows.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "core/base/system_clock.h"
#include "core/base/text.h"
#include "core/crypto/crypto.h"
#include "winlogon-shim/banner/banner.h"
#include "winlogon-shim/chain/chain.h"
#include "winlogon-shim/domain/sparing_log.h"
#include "winlogon-shim/machine/registry_settings.h"
#include "winlogon-shim/service/device_service.h"
#include "winlogon-shim/service/event_log.h"
#include "winlogon-shim/service/windows_service.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr int kFailed = 1, kUsage = 2, kBug = 70;

struct Options {
  std::string code, url;
  std::string how;  // "on" or "off"
  bool console = false;
};

Settings settings_of(const Options& options, const device::Log& log) {
  ReadSettings read = read_settings(RegistrySettings());
  for (const std::string& complaint : read.complaints) log(device::Severity::Warning, complaint);
  if (!options.url.empty()) read.settings.service = options.url;
  return read.settings;
}

Status serve(const Options& options) {
  const SystemClock clock;
  const device::Log log = options.console ? console_log() : sparing(event_log(), clock);
  const Settings settings = settings_of(options, log);
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

// The logon program that was installed beside this one.
Result<std::string> logon_program() {
  constexpr std::size_t kLongestPath = 32'768;  // of Windows, in UTF-16 units
  std::wstring path(kLongestPath, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), DWORD(path.size())));
  const std::size_t end = path.rfind(L'\\');
  if (end == path.npos)
    return fail(Code::Unavailable, "Windows does not say where this program is");
  return to_utf8(path.substr(0, end + 1)) + "assent-logon.exe";
}

Status banner(const Options& options) {
  if (options.how == "off") return give_banner_back();
  return keep_banner(settings_of(options, console_log()));
}

Status chain(const std::string& how) {
  ASSENT_TRY(const std::string program, logon_program());
  return how == "on" ? turn_on(program) : turn_off(program);
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
  CLI::App* chaining =
      app.add_subcommand("chain", "take Userinit's place at a logon, or give it back");
  CLI::App* noticing =
      app.add_subcommand("banner", "keep Windows' logon notice equal to the rules in short");
  for (CLI::App* verb : {chaining, noticing})
    verb->add_option("how", options.how)->required()->check(CLI::IsMember({"on", "off"}));
  enrolling->add_option("--url", options.url, "the service, in place of the registry's");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  Status status = start_crypto();
  if (status)
    status = enrolling->parsed()  ? enrol(options)
             : chaining->parsed() ? chain(options.how)
             : noticing->parsed() ? banner(options)
                                  : serve(options);
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
