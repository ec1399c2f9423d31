// assent-agent: the root daemon between pam_assent.so and the service. Reads the command line,
// builds every object and wires them; the only system clock of the program.
#include <pthread.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "core/base/system_clock.h"
#include "core/base/text.h"
#include "core/client/http_client.h"
#include "core/device/enrolment.h"
#include "core/device/http_service.h"
#include "core/device/responder.h"
#include "pam-module/agent/module_frames.h"
#include "pam-module/agent/private_state.h"
#include "pam-module/agent/settings.h"
#include "pam-module/agent/socket_server.h"

namespace assent::agent {
namespace {

constexpr int kFailed = 1, kUsage = 2;

spdlog::level::level_enum to_level(device::Severity severity) {
  switch (severity) {
    case device::Severity::Debug: return spdlog::level::debug;
    case device::Severity::Info: return spdlog::level::info;
    case device::Severity::Warning: return spdlog::level::warn;
    case device::Severity::Error: break;
  }
  return spdlog::level::err;
}

// Standard error, which systemd hands to the journal with its own time.
device::Log make_log(const std::string& level) {
  auto logger = spdlog::stderr_logger_mt("assent-agent");
  logger->set_pattern("%l: %v");
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::trace);
  return [logger](device::Severity severity, const std::string& line) {
    logger->log(to_level(severity), "{}", line);
  };
}

Result<HttpClient> connect(const Settings& settings) {
  return HttpClient::make({.base_url = settings.service,
                           .ca_file = settings.ca_file,
                           .deadline_ms = settings.deadline_ms});
}

// Blocks the signals that end us, for every thread made later; wait_for_end() takes them.
sigset_t block_end_signals() {
  sigset_t end;
  sigemptyset(&end);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&end, number);
  pthread_sigmask(SIG_BLOCK, &end, nullptr);
  return end;
}

// Where its files are, which core/device does not know.
Failure about_files(const Error& error, const Settings& settings) {
  const bool is_theirs = error.code == Code::Conflict || error.code == Code::Corrupt;
  return fail(error.code, error.message + (is_theirs ? " (" + settings.state_dir + ")" : ""));
}

Status run(const Settings& settings) {
  const sigset_t end = block_end_signals();
  const device::Log log = make_log(settings.log_level);
  const SystemClock clock;
  const auto identity = device::load_identity(PrivateState(settings.state_dir));
  if (!identity && identity.error().code == Code::NotFound)
    return fail(Code::NotFound,
                "this machine is not enrolled: run assent-agent enrol --code CODE, with the code "
                "that assentctl device enrol shows");
  if (!identity) return about_files(identity.error(), settings);
  ASSENT_TRY(const HttpClient client, connect(settings));
  device::HttpService service(client, *identity);
  device::Responder responder("pam", service, *identity, clock, log);
  SocketSettings at;
  at.path = settings.socket;
  at.deadline = milliseconds(settings.deadline_ms);
  ASSENT_TRY(const auto server, serve(at, answer_frames(responder, log), log));
  log(device::Severity::Info,
      "serving as " + one_line(identity->enrolled.name) + " on " + settings.socket);
  int number = 0;
  sigwait(&end, &number);
  log(device::Severity::Info, "ending");
  server->stop();
  return {};
}

Status enrol_here(const Settings& settings, const std::string& code) {
  SystemRandom random;
  ASSENT_TRY(const HttpClient client, connect(settings));
  PrivateState state(settings.state_dir);
  const auto enrolled = device::enrol(client, state, code, random);
  if (!enrolled) return about_files(enrolled.error(), settings);
  std::cout << "Enrolled as " << one_line(enrolled->name) << " of " << one_line(enrolled->school)
            << ".\nStart the agent: systemctl enable --now assent-agent\n";
  return {};
}

int fail_with(const Error& error) {
  std::cerr << "assent-agent: " << one_line(error.message) << "\n";
  return kFailed;
}

struct Options {
  std::string config = "/etc/assent/agent.toml", code, url;
};

Status start(const CLI::App& enrolling, const Options& options) {
  ASSENT_CHECK(start_crypto());
  ASSENT_TRY(Settings settings, read_settings(options.config));
  if (!options.url.empty()) settings.service = options.url;
  return enrolling.parsed() ? enrol_here(settings, options.code) : run(settings);
}

int main_of(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // our own process, not a login's
  Options options;
  CLI::App app("The Assent agent: answers pam_assent.so on this machine.");
  app.add_option("--config", options.config, "configuration file, agent.toml(5)")
      ->capture_default_str();
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.add_subcommand("run", "serve logins until SIGTERM (the default)");
  CLI::App* enrolling = app.add_subcommand("enrol", "make this machine known to the service, once");
  enrolling->add_option("--code", options.code, "the one-time code of assentctl device enrol")
      ->required();
  enrolling->add_option("--url", options.url, "the service, in place of the file's");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  const Status status = start(*enrolling, options);
  return status ? 0 : fail_with(status.error());
}

}  // namespace
}  // namespace assent::agent

int main(int argc, char** argv) {
  try {
    return assent::agent::main_of(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "assent-agent: this is a bug: " << assent::one_line(error.what()) << "\n";
    return 70;
  }
}
