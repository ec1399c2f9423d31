// assentd: the service. Reads its configuration, builds every object, and serves until it is told
// to stop. The only clock and the only generator are made here.

#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "core/base/system_clock.h"
#include "core/files/files.h"
#include "service/http/desk_routes.h"
#include "service/http/gateway_routes.h"
#include "service/http/guest_routes.h"
#include "service/http/level_output_routes.h"
#include "service/http/portal_routes.h"
#include "service/http/radius_routes.h"
#include "service/http/routes.h"
#include "service/http/signing_routes.h"
#include "service/program/directories.h"
#include "service/program/service.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace assent {
namespace {

constexpr std::size_t kSecretBytes = 1024;
constexpr int kDrainMs = 5000;      // how long requests in flight may take to end
constexpr int kExitFatal = 70;      // a commit whose outcome is unknown (sysexits.h EX_SOFTWARE)
constexpr int kExitTemporary = 75;  // could not start; trying again may help (EX_TEMPFAIL)

struct Options {
  std::string config = "/etc/assent/assent.toml";
  std::string school, login, name, token_file;
};

// A commit may or may not have happened: nothing may be answered from here on. A client that
// repeats its request finds out.
[[noreturn]] void end_process(const std::string& why) {
  spdlog::critical("a commit failed, so this process ends: {}", why);
  ::_exit(kExitFatal);
}

int say(const Error& error) {
  std::cerr << "assentd: " << error.message << "\n";
  return error.code == Code::Unavailable ? kExitTemporary : 1;
}

// A gateway that is not set up as it must be, in words for whoever runs it.
void say_of_gateway(const std::string& what) {
  spdlog::warn("{}", what);
}

Result<std::string> read_secret(const std::string& path) {
  if (path.empty()) return std::string{};
  ASSENT_TRY(std::string secret, read_file(path, kSecretBytes, Readable::ByOwnerOnly));
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.empty()) return fail(Code::Invalid, "the edge secret file " + path + " is empty");
  return secret;
}

std::map<SchoolKey, std::unique_ptr<http::SlowLane>> lanes_for(
    const std::vector<SchoolKey>& schools) {
  std::map<SchoolKey, std::unique_ptr<http::SlowLane>> out;
  for (const SchoolKey school : schools) out[school] = std::make_unique<http::SlowLane>();
  return out;
}

std::vector<http::Route> together(const std::vector<std::vector<http::Route>>& groups) {
  std::vector<http::Route> all;
  for (const auto& group : groups) std::ranges::copy(group, std::back_inserter(all));
  return all;
}

// Everything that answers requests, over an open service.
struct Front {
  Front(Service& s, const Clock& c, Random& random)
      : receipts(s.store->ledger, s.log_key()),
        access({*s.registry, s.store->people, s.keys.access, c, random}),
        devices({*s.registry, *s.writer, s.keys.access, c, random}),
        gate({*s.standings, s.store->people, *s.registry, receipts, s.store->levels, s.calendar,
              *s.writer, s.keys.ticket, c, random, s.guest_door.get()}),
        publisher({*s.registry, s.store->people, *s.writer, c, random}),
        tokens({*s.registry, s.store->people, *s.writer, s.keys.access, c, random}),
        behalf({*s.registry, s.store->people, *s.standings, *s.writer, random}),
        identities({*s.registry, s.store->people, s.store->history, *s.writer, random}),
        imports({*s.registry, s.store->people, *s.writer, c, random, s.config.roster,
                 live_rosters(s.config, c)}),
        guest_desk({*s.registry, s.store->people, s.store->guests, *s.writer, s.keys.guest, c,
                    random, s.guest_accounts.get(), s.nt.get()}),
        roles({*s.registry, s.store->people, *s.writer, c, random}),
        portal({*s.registry, *s.guest_door, gate, s.store->people, *s.standings,
                s.store->guest_sessions, s.wifi->online(), s.wifi->gateways.all(), s.tries,
                *s.writer, s.keys.ticket, c, random,
                [&s](const GuestSessionRow& stay, const std::string& cause) {
                  s.wifi->cutter.cut(stay, cause);
                },
                s.guest_asks.get(), say_of_gateway, s.own_words.get()}),
        signing({*s.registry, gate, *s.standings, s.keys.ticket}),
        sign_in({*s.registry, s.store->people, s.keys.access, c, random, s.config.service.sign_in}),
        passwords({sign_in, s.keys.access, s.tries, c, password_places(s.config, *s.registry, c)}),
        password_lanes(lanes_for(passwords.schools())),
        levels({*s.registry, s.store->people, *s.standings, c}),
        checks(directory_checks(s.config)),
        keeper({*s.registry, imports, kept_directories(s.config),
                [&s](SchoolKey school) {
                  if (s.levels) s.levels->changed_outside(school);
                },
                c}),
        service(s),
        clock(c) {}

  std::vector<http::Route> routes() {
    const http::GateServices gates{gate, devices, access, receipts, *service.registry, &keeper};
    const http::AdminServices admin{access,
                                    *service.registry,
                                    service.store->people,
                                    *service.standings,
                                    service.store->history,
                                    service.calendar,
                                    clock,
                                    publisher,
                                    tokens,
                                    behalf,
                                    identities,
                                    imports,
                                    levels,
                                    service.store->levels};
    const http::LevelServices outputs{*service.sweeps, service.levels.get()};
    const http::GuestServices guests{guest_desk,
                                     service.store->guests,
                                     service.store->guest_sessions,
                                     *service.guest_accounts,
                                     service.config.service.public_url,
                                     service.keys.guest};
    return together(
        {http::gate_routes(gates), http::device_routes(gates), http::ledger_routes(gates),
         http::policy_routes(admin), http::token_routes(admin), http::role_routes(admin, roles),
         http::people_routes(admin), http::behalf_routes(admin), http::roster_routes(admin, keeper),
         http::level_routes(admin), http::level_output_routes(admin, outputs),
         http::directory_routes(admin, checks), http::guest_routes(admin, guests),
         http::visit_routes(admin, guests), page_routes()});
  }

  // What people open in a browser.
  std::vector<http::Route> page_routes() {
    const http::PortalServices visitors{portal, *service.registry, service.calendar, clock,
                                        service.config.service.public_url};
    const http::GatewayServices gateways{visitors, service.wifi->gateways.all(),
                                         service.wifi->gateways.asking(), say_of_gateway};
    const http::DeskServices desk{sign_in,
                                  guest_desk,
                                  roles,
                                  service.store->guests,
                                  service.store->guest_sessions,
                                  service.store->people,
                                  *service.registry,
                                  service.calendar,
                                  clock,
                                  service.config.service.public_url};
    const http::SigningServices signatures{sign_in, passwords,         password_lanes,
                                           signing, *service.registry, service.calendar};
    return together({http::portal_routes(visitors), http::gateway_routes(gateways),
                     http::style_routes(), http::desk_routes(desk), http::desk_lend_routes(desk),
                     http::desk_role_routes(desk), http::sign_in_routes(desk),
                     http::signing_routes(signatures)});
  }

  Receipts receipts;
  Access access;
  Devices devices;
  GateService gate;
  Publisher publisher;
  Tokens tokens;
  OnBehalf behalf;
  Identities identities;
  RosterImports imports;
  GuestDesk guest_desk;
  RoleDesk roles;
  Portal portal;
  Signing signing;
  SignIn sign_in;
  PasswordSignIn passwords;
  std::map<SchoolKey, std::unique_ptr<http::SlowLane>> password_lanes;
  LevelDesk levels;
  DirectoryChecks checks;
  RosterKeeper keeper;
  Service& service;
  const Clock& clock;
};

// FreeRADIUS's threads wait for each answer, which takes some 50 us: a second thread here would
// only be woken in turns with the first, and logins are a tenth slower with it
// (docs/benchmarks.md).
constexpr int kRadiusThreads = 1;

// A listener of its own: the public one knows nothing of RADIUS. nullptr without [radius].
Result<std::unique_ptr<http::Server>> serve_radius(Service& service) {
  if (!service.config.service.radius) return std::unique_ptr<http::Server>();
  const RadiusSettings& settings = *service.config.service.radius;
  ASSENT_TRY(std::string secret, read_secret(settings.secret_file));
  GuestWifi& wifi = *service.wifi;
  ASSENT_TRY(auto server, http::serve({.address = settings.address,
                                       .port = settings.port,
                                       .threads = kRadiusThreads,
                                       .edge_secret = ""},
                                      http::make_router(http::radius_routes(
                                          {wifi.network, wifi.stays, std::move(secret)}))));
  spdlog::info("answering FreeRADIUS on {}:{}", settings.address, server->port());
  return server;
}

int run(const Options& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before the first thread
  ::signal(SIGPIPE, SIG_IGN);
  const SystemClock clock;
  SystemRandom random;
  auto config = load_config(options.config);
  if (!config) return say(config.error());
  const LevelOutputFactory outputs = level_outputs(*config);
  auto service = Service::open(*std::move(config), clock, random, end_process, outputs);
  if (!service) return say(service.error());
  const ServiceSettings& settings = (*service)->config.service;
  auto secret = read_secret(settings.edge_secret);
  if (!secret) return say(secret.error());
  Front front{**service, clock, random};
  if ((*service)->levels) (*service)->levels->start();
  http::SlowLane slow_lane;
  auto server = http::serve(
      {.address = settings.address, .port = settings.port, .edge_secret = *std::move(secret)},
      http::make_router(front.routes(), &slow_lane));
  if (!server) return say(server.error());
  auto radius = serve_radius(**service);
  if (!radius) return say(radius.error());
  (*service)->wifi->cutter.start();
  front.keeper.start();
  if (const Status started = (*service)->guest_keeper->start(); !started)
    return say(started.error());
  (*service)->guest_accounts->start();
  spdlog::info("serving on {}:{}", settings.address, (*server)->port());
  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping: finishing what is in flight");
  (*server)->stop(kDrainMs);
  if (*radius) (*radius)->stop(kDrainMs);
  (*service)->own_words->stop();
  (*service)->wifi->gateways.stop();
  front.keeper.stop();
  (*service)->guest_accounts->stop();
  (*service)->guest_keeper->stop();
  (*service)->wifi->cutter.stop();
  (*service)->levels.reset();  // its last batch; the writer must still run
  (*service)->writer.reset();  // writes what is queued, answers it, and ends its thread
  return 0;
}

int run_bootstrap(const Options& options) {
  const SystemClock clock;
  SystemRandom random;
  auto config = load_config(options.config);
  if (!config) return say(config.error());
  auto service = Service::open(*std::move(config), clock, random, end_process);
  if (!service) return say(service.error());
  const auto token =
      bootstrap(**service, {options.school}, options.login, options.name, clock, random);
  if (!token) return say(token.error());
  if (options.token_file.empty()) {
    std::cout << *token << "\n";
    return 0;
  }
  const Status written = create_private_file(options.token_file, *token + "\n");
  return written ? 0 : say(written.error());
}

}  // namespace
}  // namespace assent

int main(int argc, char** argv) try {
  using namespace assent;
  spdlog::set_default_logger(spdlog::stderr_logger_mt("assentd"));
  Options options;
  CLI::App app{"The Assent service."};
  app.add_option("--config", options.config, "Its configuration")->capture_default_str();
  app.require_subcommand(0, 1);
  app.fallthrough();  // --config may stand before or after the verb
  app.add_subcommand("run", "Serve until SIGTERM (the default)");
  auto* first = app.add_subcommand("bootstrap", "Give a first admin a token, while nothing runs");
  first->add_option("--school", options.school, "The school's name, as its file is called")
      ->required();
  first->add_option("--login", options.login, "The admin's login name")->required();
  first->add_option("--name", options.name, "The admin's name")->required();
  first->add_option("--token-file", options.token_file, "Where the token goes (0600)");
  CLI11_PARSE(app, argc, argv);
  if (const Status crypto = start_crypto(); !crypto) return say(crypto.error());
  return first->parsed() ? run_bootstrap(options) : run(options);
} catch (const std::exception& bug) {
  std::cerr << "assentd: this is a bug: " << bug.what() << "\n";
  return 70;
}
