#include "tests/unit/pam/login_fixture.h"

#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

namespace assent::pam {
namespace {

constexpr char kUser[] = "amira";  // in passwd.local, and in no other file
constexpr char kPassword[] = "secret";

void write_service(const std::string& name, const std::string& options,
                   const std::string& first = "") {
  const std::string module = ASSENT_PAM_MODULE,
                    matrix = ASSENT_PAM_WRAPPER_MODULES "/pam_matrix.so";
  const std::string database = test_folder() + "/db." + name;
  const std::string arguments = " conf=/nonexistent socket=" + agent_socket() +
                                " timeout=300 passwd=" + test_folder() + "/passwd " + options +
                                "\n";
  std::ofstream(database) << kUser << ':' << kPassword << ':' << name << "\nroot:secret:" << name
                          << '\n';
  std::ofstream(test_folder() + "/pam.d/" + name)
      << first << "auth required " << matrix << " passdb=" << database << "\nauth optional "
      << module << arguments << "account required " << matrix << " passdb=" << database
      << "\naccount [success=ok ignore=ignore authinfo_unavail=die perm_denied=die "
         "module_unknown=ignore default=bad] "
      << module << arguments << "session required " << matrix << " passdb=" << database
      << "\nsession optional " << module << arguments;
}

// A machine without any of the school's people, and one with an account called as one of them.
void write_passwd_files() {
  const std::string system = "root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/:/bin/false\n";
  std::ofstream(test_folder() + "/passwd") << system;
  std::ofstream(test_folder() + "/passwd.local") << system << kUser << ":x:1005:1005::/:/bin/sh\n";
}

}  // namespace

const std::string& test_folder() {
  static const std::string folder = [] {
    char name[] = "/tmp/assent_pam_XXXXXX";
    return std::string(mkdtemp(name));
  }();
  return folder;
}

std::string agent_socket() {
  return test_folder() + "/agent.sock";
}

void write_service_files() {
  const std::string folder = test_folder() + "/pam.d";
  mkdir(folder.c_str(), 0755);
  write_passwd_files();
  const std::string local = "passwd=" + test_folder() + "/passwd.local ";
  for (const char* name : {"sshd", "login", "su", "lightdm", "sudo"}) write_service(name, "");
  write_service("deny", "on_unavailable=deny unproven=deny");
  write_service("missing", "socket=/nonexistent/agent");
  write_service("missing-deny", "socket=/nonexistent/agent on_unavailable=deny");
  write_service("local", local);
  write_service("local-ask", local + "local_accounts=ask");
  write_service("local-deny", local + "local_accounts=deny min_uid=0");
  write_service("exempt", local + "local_accounts=deny exempt=other:amira");
  write_service("system", local + "local_accounts=deny min_uid=1006");
  write_service("exempt-person", "exempt=amira min_uid=100000");
  write_service("unknown", "speling=1 min_uid=many debug");
  const std::string module = ASSENT_PAM_MODULE;
  write_service("key", "", "auth sufficient " + module + " after_publickey\n");
  std::ofstream(folder + "/alone") << "account required " << module << " " << local << "\n";
  setenv("PAM_WRAPPER_SERVICE_DIR", folder.c_str(), 1);
}

Session::Session(const std::string& service, std::deque<Line> lines) : lines_(std::move(lines)) {
  conversation_ = {converse, this};
  EXPECT_EQ(pam_start(service.c_str(), kUser, &conversation_, &handle_), PAM_SUCCESS);
}

Session::~Session() {
  pam_end(handle_, result_);
  EXPECT_TRUE(lines_.empty()) << lines_.size() << " lines were never asked for";
}

std::string Session::variable(const char* name) {
  const char* value = pam_getenv(handle_, name);
  return value == nullptr ? "(none)" : value;
}

std::string Session::text() const {
  std::string out;
  for (const auto& message : messages) out += message.text + "\n";
  return out;
}

std::size_t Session::prompts() const {
  std::size_t count = 0;
  for (const auto& message : messages) count += message.style == PAM_PROMPT_ECHO_ON;
  return count;
}

int Session::converse(int count, const pam_message** in, pam_response** out, void* self) {
  EXPECT_EQ(count, 1) << "one message at a time: some hosts hold few";
  *out = static_cast<pam_response*>(calloc(1, sizeof(pam_response)));
  const int result = static_cast<Session*>(self)->say(*in[0], **out);
  if (result != PAM_SUCCESS) free(std::exchange(*out, nullptr));
  return result;
}

int Session::say(const pam_message& message, pam_response& response) {
  if (message.msg_style == PAM_PROMPT_ECHO_OFF) {  // pam_matrix asks; the module never does
    response.resp = strdup(kPassword);
    return PAM_SUCCESS;
  }
  messages.push_back({message.msg_style, message.msg});
  EXPECT_LT(messages.back().text.size(), 512u);
  if (message.msg_style != PAM_PROMPT_ECHO_ON) return PAM_SUCCESS;
  if (lines_.empty()) return ADD_FAILURE() << "asked once too often", PAM_CONV_ERR;
  const Line line = lines_.front();
  lines_.pop_front();
  if (const auto* typed = std::get_if<std::string>(&line)) response.resp = strdup(typed->c_str());
  return std::holds_alternative<CannotPrompt>(line) ? PAM_CONV_ERR : PAM_SUCCESS;
}

PamTest::PamTest() {
  script(question(), wire::AgentAnswerReply{true, true, "accepted", "", 7});
}

wire::AgentCheckReply PamTest::question() {
  wire::AgentCheckReply reply;
  reply.verdict = wire::Verdict::Ask;
  reply.pages = {"first page", "second page"};
  reply.ticket = "ticket-1";
  reply.parts = {
      {"student", "Rules", "Will you?", wire::PartMode::Agree, wire::PartKind::Full, false}};
  reply.rendition = "std";
  return reply;
}

void PamTest::script(const wire::AgentReply& check, const wire::AgentReply& answer) {
  const auto first = to_frame(check), second = to_frame(answer);
  agent.answer_with([first = *first, second = *second](const wire::AgentRequest& request) {
    return std::holds_alternative<wire::AgentCheck>(request)    ? first
           : std::holds_alternative<wire::AgentAnswer>(request) ? second
                                                                : "";
  });
}

std::vector<wire::AgentAnswer> PamTest::answers() const {
  std::vector<wire::AgentAnswer> out;
  for (const auto& request : agent.requests())
    if (const auto* answer = std::get_if<wire::AgentAnswer>(&request)) out.push_back(*answer);
  return out;
}

std::vector<wire::AgentCheck> PamTest::checks() const {
  std::vector<wire::AgentCheck> out;
  for (const auto& request : agent.requests())
    if (const auto* check = std::get_if<wire::AgentCheck>(&request)) out.push_back(*check);
  return out;
}

}  // namespace assent::pam

int main(int count, char** arguments) {
  assent::pam::write_service_files();
  testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}
