#pragma once
// What the PAM handle says about this login, and the marks that one phase leaves for the next.

#include <security/pam_modules.h>

#include "pam-module/module/agent_gate.h"

namespace assent::pam {

// PAM_USER and the rest are read afresh: an earlier module may have changed them.
Login read_login(pam_handle_t* handle, const Options& options);

// Whom the gate is for, decided by this machine alone and before any exchange with the agent.
enum class Standing {
  Person,  // of the school, as far as this machine knows: the gate decides
  Spared,  // a skipped service, root or a system account
  Local,   // another account of this machine, let in without a question: exempt, or as set
  KeptOut  // such an account where local_accounts=deny
};
Standing standing_of(const Options& options, const Login& login);

// The mark of the auth phase: this transaction has proved that it is PAM_USER.
void set_mark(pam_handle_t* handle);
bool has_mark(pam_handle_t* handle, const std::string& user);

// True if sshd says that a public key was accepted before this method.
bool came_by_publickey(pam_handle_t* handle);

// How much may be asked of whom (design decision 2): see gate::Asking.
gate::Asking asking_for(const Login& login, int flags);

}  // namespace assent::pam
