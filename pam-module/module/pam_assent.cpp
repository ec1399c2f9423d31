// The PAM entry points. auth leaves a mark, account is the gate, session says that it began; all
// else is IGNORE. No thread, no fork, no signal, no environment: this runs inside sshd and login.

#include <cxxabi.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <syslog.h>

#include <cerrno>
#include <exception>

#include "core/base/text.h"
#include "pam-module/module/login.h"
#include "pam-module/module/pam_screen.h"

namespace assent::pam {
namespace {

constexpr char kStatus[] = "ASSENT_STATUS";  // for the desktop; a hint, never a control
constexpr char kTicket[] = "ASSENT_TICKET";  // from account to session: sshd forks in between

constexpr std::string_view kOutageDeny =
    "The school's rules cannot be checked just now. Please tell the ICT team.";
constexpr std::string_view kLocalDeny = "Please log in with your school account.";
constexpr std::string_view kUnprovenDeny = "Please log in with your own password.";

Options load(pam_handle_t* handle, int count, const char** arguments) {
  Loaded loaded = load_options({arguments, arguments + count});
  for (const auto& complaint : loaded.complaints)
    pam_syslog(handle, LOG_ERR, "%s", complaint.c_str());
  return std::move(loaded.options);
}

void put(pam_handle_t* handle, const char* name, const std::string& value) {
  pam_putenv(handle, (std::string(name) + "=" + value).c_str());
}

const char* word_for(const gate::Outcome& outcome) {
  switch (outcome.ending) {
    case gate::Ending::Proceed: return "proceed";
    case gate::Ending::Refused: return "refused";
    case gate::Ending::Declined: return outcome.recorded ? "declined" : "declined, not recorded";
    case gate::Ending::Unavailable: return "unavailable";
    case gate::Ending::CutOff: return "cut off";
  }
  return "refused";
}

// The class of the verdict and nothing of its reasons: others read these logs.
void log(pam_handle_t* handle, const Login& login, const gate::Outcome& outcome) {
  const bool bad = outcome.ending != gate::Ending::Proceed;
  pam_syslog(handle, bad ? LOG_NOTICE : LOG_INFO, "%s: %s%s%s", one_line(login.user).c_str(),
             word_for(outcome), outcome.status.empty() ? "" : ", ",
             bad ? "" : outcome.status.c_str());
}

int deny(PamScreen& screen, std::string_view why, int result) {
  screen.show_error(why);
  return result;
}

// In the log, so that an account that should not be on this machine is seen.
int not_a_person(pam_handle_t* handle, const Options& options, const Login& login,
                 Standing standing) {
  const std::string user = one_line(login.user);
  if (standing == Standing::KeptOut) {
    pam_syslog(handle, LOG_NOTICE, "%s: refused, an account of this machine", user.c_str());
    PamScreen screen(handle, login.screen);
    return deny(screen, kLocalDeny, PAM_PERM_DENIED);
  }
  if (standing == Standing::Local)
    pam_syslog(handle, LOG_INFO, "%s: left alone, an account of this machine", user.c_str());
  else if (options.debug)
    pam_syslog(handle, LOG_DEBUG, "%s: left alone", user.c_str());
  return PAM_IGNORE;
}

int on_outage(pam_handle_t* handle, const Options& options, PamScreen& screen,
              const std::string& why) {
  pam_syslog(handle, LOG_WARNING, "the agent gave no answer: %s", one_line(why).c_str());
  if (options.on_unavailable == Fallback::Deny)
    return deny(screen, kOutageDeny, PAM_AUTHINFO_UNAVAIL);
  put(handle, kStatus, "unchecked");
  return PAM_IGNORE;
}

int proceed(pam_handle_t* handle, const gate::Outcome& outcome) {
  put(handle, kStatus, outcome.status);
  put(handle, kTicket, outcome.ticket);
  return PAM_SUCCESS;
}

int gate_phase(pam_handle_t* handle, int flags, const Options& options) {
  const Login login = read_login(handle, options);
  const Standing standing = standing_of(options, login);
  if (standing != Standing::Person) return not_a_person(handle, options, login, standing);
  const gate::Asking asking = asking_for(login, flags);
  AgentGate gate(options, login);
  PamScreen screen(handle, login.screen);
  const gate::Outcome outcome = gate::converse(screen, gate, asking);
  log(handle, login, outcome);
  if (outcome.ending == gate::Ending::Unavailable)
    return on_outage(handle, options, screen, outcome.message);
  if (outcome.ending != gate::Ending::Proceed)
    return deny(screen, outcome.message, PAM_PERM_DENIED);
  if (outcome.status == "unproven" && options.unproven == Fallback::Deny)
    return deny(screen, kUnprovenDeny, PAM_PERM_DENIED);
  return proceed(handle, outcome);
}

int mark_phase(pam_handle_t* handle, const Options& options) {
  if (options.after_publickey && !came_by_publickey(handle)) return PAM_IGNORE;
  set_mark(handle);
  return options.after_publickey ? PAM_SUCCESS : PAM_IGNORE;
}

int session_phase(pam_handle_t* handle, const Options& options) {
  const Login login = read_login(handle, options);
  if (standing_of(options, login) != Standing::Person) return PAM_SUCCESS;
  const char* status = pam_getenv(handle, kStatus);
  const char* ticket = pam_getenv(handle, kTicket);
  const std::string answered = ticket == nullptr ? "" : ticket;
  if (ticket != nullptr) pam_putenv(handle, kTicket);  // a name alone removes it
  if (status == nullptr) put(handle, kStatus, "unchecked");
  if (status != nullptr && std::string_view(status) != "unchecked")
    AgentGate(options, login).opened(answered);
  return PAM_SUCCESS;
}

// Nothing may leave but a return value, and the forced unwinding of a host's pthread_exit.
template <class Phase>
int guarded(pam_handle_t* handle, Phase phase) {
  const int saved = errno;
  int result = PAM_SYSTEM_ERR;
  try {
    result = phase();
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (const std::exception& error) {
    pam_syslog(handle, LOG_CRIT, "internal error: %s", error.what());
  } catch (...) {
    pam_syslog(handle, LOG_CRIT, "internal error");
  }
  errno = saved;
  return result;
}

}  // namespace
}  // namespace assent::pam

#define ASSENT_PAM_ENTRY extern "C" __attribute__((visibility("default"))) int

ASSENT_PAM_ENTRY pam_sm_authenticate(pam_handle_t* handle, int, int count, const char** arguments) {
  using namespace assent::pam;
  return guarded(handle, [&] { return mark_phase(handle, load(handle, count, arguments)); });
}

ASSENT_PAM_ENTRY pam_sm_acct_mgmt(pam_handle_t* handle, int flags, int count,
                                  const char** arguments) {
  using namespace assent::pam;
  return guarded(handle, [&] { return gate_phase(handle, flags, load(handle, count, arguments)); });
}

ASSENT_PAM_ENTRY pam_sm_open_session(pam_handle_t* handle, int, int count, const char** arguments) {
  using namespace assent::pam;
  return guarded(handle, [&] { return session_phase(handle, load(handle, count, arguments)); });
}

ASSENT_PAM_ENTRY pam_sm_close_session(pam_handle_t*, int, int, const char**) {
  return PAM_SUCCESS;
}
ASSENT_PAM_ENTRY pam_sm_setcred(pam_handle_t*, int, int, const char**) {
  return PAM_IGNORE;
}
ASSENT_PAM_ENTRY pam_sm_chauthtok(pam_handle_t*, int, int, const char**) {
  return PAM_IGNORE;
}
