#include "winlogon-shim/machine/registry_settings.h"

#include <algorithm>

namespace assent::windows {

std::optional<std::string> RegistrySettings::text(std::string_view name) const {
  auto found = policies_.text(name);
  return found ? found : installed_.text(name);
}

std::optional<std::vector<std::string>> RegistrySettings::texts(std::string_view name) const {
  auto found = policies_.texts(name);
  return found ? found : installed_.texts(name);
}

std::optional<std::uint32_t> RegistrySettings::number(std::string_view name) const {
  const auto found = policies_.number(name), ours = installed_.number(name);
  if (name == "Disabled") return std::max(found, ours);  // an emergency switch that either turns
  return found ? found : ours;
}

}  // namespace assent::windows
