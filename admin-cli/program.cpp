#include "admin-cli/program.h"

#include "admin-cli/command_line.h"

namespace assent::cli {
namespace {

Exit say_error(Output& out, const Error& error) {
  out.warn("assentctl: " + error.message);
  return exit_for(error.code);
}

}  // namespace

const std::vector<Group>& groups() {
  static const std::vector<Group> kGroups{top_group(),       aup_group(),     people_group(),
                                          level_group(),     report_group(),  guest_group(),
                                          directory_group(), device_group(),  token_group(),
                                          role_group(),      receipt_group(), log_group()};
  return kGroups;
}

Exit run(const std::vector<std::string>& words, const Surroundings& surroundings) {
  Output out(surroundings.out, surroundings.err, surroundings.progress);
  const CommandLine line = parse_command_line(words, groups());
  if (!line.verb) {
    if (line.exit == Exit::Done)
      out.line(line.text.substr(0, line.text.find_last_not_of('\n') + 1));
    else
      out.warn("assentctl: " + line.text);
    return line.exit;
  }
  const auto settings = read_settings(line.given, surroundings.environment);
  if (!settings) return say_error(out, settings.error());
  ServiceClient service(*settings, surroundings.connect);
  Context context{line.given,        *settings, out, service, surroundings.environment,
                  surroundings.world};
  const auto exit = line.verb->run(context);
  out.end_progress();
  return exit ? *exit : say_error(out, exit.error());
}

}  // namespace assent::cli
