#include "winlogon-shim/banner/banner.h"

#include "winlogon-shim/domain/banner_plan.h"
#include "winlogon-shim/pipe/pipe_gate.h"
#include "winlogon-shim/system/registry_value.h"

namespace assent::windows {
namespace {

constexpr wchar_t kSystem[] = L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
constexpr wchar_t kKept[] = L"SOFTWARE\\Assent\\Notice";
constexpr const wchar_t* kNames[] = {L"legalnoticecaption", L"legalnoticetext"};
// Written once both values of before are kept. The key goes once both are back.
constexpr ValuePlace kIsOurs = {kKept, L"Kept"};

Result<bool> is_ours() {
  ASSENT_TRY(const auto found, read_value(kIsOurs));
  return found.has_value();
}

Status copy_all(const wchar_t* from, const wchar_t* to) {
  for (const wchar_t* name : kNames) {
    ASSENT_TRY(const auto value, read_value({from, name}));
    ASSENT_CHECK(put_value({to, name}, value));
  }
  return {};
}

Status write_where_it_differs(const wchar_t* name, const std::string& text) {
  const ValuePlace place = {kSystem, name};
  ASSENT_TRY(const RawValue wanted, raw_text(text));
  ASSENT_TRY(const auto found, read_value(place));
  return found == wanted ? Status{} : write_value(place, wanted);
}

std::string with_windows_line_ends(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

Status give_back() {
  ASSENT_CHECK(copy_all(kKept, kSystem));
  return remove_key(kKept);
}

}  // namespace

Status keep_banner(const Settings& settings) {
  ASSENT_TRY(const bool ours, is_ours());
  PipeGate::Options options;
  options.deadline = std::chrono::milliseconds(settings.deadline_ms);
  const auto banner = settings.banner
                          ? PipeGate(options).banner()
                          : Result<wire::AgentBannerReply>(fail(Code::NotFound, "not asked"));
  const auto text = banner ? std::optional(banner->text) : std::nullopt;
  switch (banner_step(settings.banner, text, ours)) {
    case BannerStep::Show: return show_banner(*banner);
    case BannerStep::GiveBack: return give_back();
    case BannerStep::Leave: break;
  }
  return settings.banner && !banner ? Status(fail(banner.error())) : Status{};
}

Status show_banner(const wire::AgentBannerReply& banner) {
  ASSENT_TRY(const bool ours, is_ours());
  if (!ours) {
    ASSENT_CHECK(copy_all(kSystem, kKept));
    ASSENT_CHECK(write_value(kIsOurs, {REG_DWORD, {1, 0, 0, 0}}));
  }
  ASSENT_CHECK(write_where_it_differs(kNames[0], banner.caption));
  return write_where_it_differs(kNames[1], with_windows_line_ends(banner.text));
}

Status give_banner_back() {
  ASSENT_TRY(const bool ours, is_ours());
  return ours ? give_back() : Status{};
}

}  // namespace assent::windows
