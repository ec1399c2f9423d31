#pragma once
// One PAM login under libpam-wrapper: a service file for each set of options (the wrapper copies
// them once, at the first call, so all are written before), a scripted person, and the agent.

#include <gtest/gtest.h>
#include <security/pam_appl.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/pam/stand_in_agent.h"

namespace assent::pam {

const std::string& test_folder();  // a fresh one for this process
std::string agent_socket();
void write_service_files();

struct EndOfFile {};     // PAM_SUCCESS and no response, as some programs answer at the end of input
struct CannotPrompt {};  // PAM_CONV_ERR, as sshd's public key conversation answers
using Line = std::variant<std::string, EndOfFile, CannotPrompt>;

class Session {
 public:
  explicit Session(const std::string& service, std::deque<Line> lines = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  int authenticate() { return result_ = pam_authenticate(handle_, 0); }
  int account(int flags = 0) { return result_ = pam_acct_mgmt(handle_, flags); }
  int log_in() {
    const int proved = authenticate();
    return proved == PAM_SUCCESS ? account() : proved;
  }
  pam_handle_t* handle() { return handle_; }
  std::string variable(const char* name);

  struct Message {
    int style;
    std::string text;
  };
  std::vector<Message> messages;
  std::string text() const;  // of all messages, a line each
  std::size_t prompts() const;

 private:
  static int converse(int count, const pam_message** in, pam_response** out, void* self);
  int say(const pam_message& message, pam_response& response);

  std::deque<Line> lines_;
  pam_conv conversation_{};
  pam_handle_t* handle_ = nullptr;
  int result_ = 0;
};

class PamTest : public testing::Test {
 protected:
  PamTest();
  wire::AgentCheckReply question();
  // Answers a check with `check` and an answer with `answer`.
  void script(const wire::AgentReply& check, const wire::AgentReply& answer);
  std::vector<wire::AgentAnswer> answers() const;
  std::vector<wire::AgentCheck> checks() const;

  StandInAgent agent{agent_socket()};
};

}  // namespace assent::pam
