#include "service/radius/radclient.h"

#include <algorithm>

namespace assent::radius {
namespace {

bool is_plain(const std::string& text) {
  constexpr std::string_view kOthers = "-_.:";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != kOthers.npos;
  });
}

void add_plain(std::string& out, const char* name, const std::string& value) {
  if (is_plain(value)) out += std::string(name) + " = \"" + value + "\"\n";
}

std::string target_of(const Nas& nas) {
  const bool is_v6 = nas.address.find(':') != std::string::npos;
  return (is_v6 ? "[" + nas.address + "]" : nas.address) + ":" + std::to_string(nas.coa_port);
}

bool says(const ProgramRun& run, std::string_view words) {
  return run.output.find(words) != std::string::npos;
}

}  // namespace

std::string disconnect_attributes(const GuestSessionRow& stay, Time now) {
  std::string out;
  add_plain(out, "Calling-Station-Id", stay.device);
  add_plain(out, "Acct-Session-Id", stay.nas_session);
  add_plain(out, "NAS-Identifier", stay.nas);
  // An access point drops what has no time of its own, or no keyed sum: radclient fills that in.
  out += "Event-Timestamp = " +
         std::to_string(std::chrono::floor<seconds>(now).time_since_epoch().count()) + "\n";
  return out + "Message-Authenticator = 0x00\n";
}

Status read_disconnect(const ProgramRun& run, const Nas& nas) {
  if (says(run, "Received Disconnect-ACK")) return {};
  if (!says(run, "Received Disconnect-NAK"))
    return fail(Code::Unavailable, nas.name + " at " + target_of(nas) +
                                       " did not answer a Disconnect-Request: does it take them, "
                                       "and is its secret the same?");
  if (says(run, "Error-Cause = Session-Context-Not-Found"))
    return fail(Code::NotFound, nas.name + " knows no such session");
  return fail(Code::Denied, nas.name + " refuses to end the session");
}

Status Radclient::cut(const Nas& nas, const GuestSessionRow& stay, Time now) {
  ASSENT_TRY(const ProgramRun run, run_program({program_, "-x", "-r", "2", "-t", "2", "-S",
                                                nas.secret_file, target_of(nas), "disconnect"},
                                               disconnect_attributes(stay, now), kDeadline));
  return read_disconnect(run, nas);
}

}  // namespace assent::radius
