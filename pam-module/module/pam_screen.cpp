#include "pam-module/module/pam_screen.h"

#include <security/pam_ext.h>
#include <string.h>

#include <cstdlib>
#include <memory>

namespace assent::pam {
namespace {

constexpr std::size_t kMessage = 500;  // PAM_MAX_MSG_SIZE is 512

struct Wipe {  // people type passwords at the wrong prompt
  void operator()(char* text) const {
    explicit_bzero(text, strlen(text));
    free(text);
  }
};

void send(pam_handle_t* handle, int style, const std::string& text) {
  char* response = nullptr;
  pam_prompt(handle, style, &response, "%s", text.c_str());
  free(response);
}

std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 1 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

}  // namespace

std::vector<std::string> messages_of(std::string_view text, std::size_t max) {
  std::vector<std::string> out;
  while (text.size() > max) {
    const auto line_end = text.substr(0, max + 1).rfind('\n');
    const bool at_line = line_end != std::string_view::npos && line_end > 0;
    const std::size_t cut = at_line ? line_end : character_start(text, max);
    out.emplace_back(text.substr(0, cut));
    text.remove_prefix(at_line ? cut + 1 : cut);
  }
  out.emplace_back(text);
  return out;
}

void PamScreen::show(std::string_view text) {
  for (const auto& message : messages_of(text, kMessage)) send(handle_, PAM_TEXT_INFO, message);
}

void PamScreen::show_error(std::string_view text) {
  for (const auto& message : messages_of(text, kMessage)) send(handle_, PAM_ERROR_MSG, message);
}

Result<std::string> PamScreen::ask(std::string_view page, std::string_view line) {
  if (kind_ == wire::ScreenKind::Terminal) {
    if (!page.empty()) show(page);
    return prompt(std::string(line));
  }
  send(handle_, PAM_TEXT_INFO, std::string(page) + "\n" + std::string(line));
  return prompt(": ");
}

Result<std::string> PamScreen::prompt(const std::string& text) {
  char* response = nullptr;
  const int result = pam_prompt(handle_, PAM_PROMPT_ECHO_ON, &response, "%s", text.c_str());
  const std::unique_ptr<char, Wipe> typed(response);
  if (result != PAM_SUCCESS) return fail(Code::Denied, "no prompt here");
  if (!typed) return fail(Code::Unavailable, "end of file");  // PAM_SUCCESS all the same
  return std::string(typed.get());
}

}  // namespace assent::pam
