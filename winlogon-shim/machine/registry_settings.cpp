#include "winlogon-shim/machine/registry_settings.h"

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
  const auto found = policies_.number(name);
  return found ? found : installed_.number(name);
}

}  // namespace assent::windows
