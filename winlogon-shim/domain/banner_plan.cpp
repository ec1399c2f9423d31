#include "winlogon-shim/domain/banner_plan.h"

namespace assent::windows {

BannerStep banner_step(bool wanted, const std::optional<std::string>& text, bool is_ours) {
  const BannerStep without_ours = is_ours ? BannerStep::GiveBack : BannerStep::Leave;
  if (!wanted) return without_ours;
  if (!text) return BannerStep::Leave;
  return text->empty() ? without_ours : BannerStep::Show;
}

}  // namespace assent::windows
