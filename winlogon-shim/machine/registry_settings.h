#pragma once
// The settings of this machine: what group policy says, and under it what was installed.

#include "winlogon-shim/domain/settings.h"
#include "winlogon-shim/system/registry.h"

namespace assent::windows {

// Reads the registry at each call. Any thread.
class RegistrySettings final : public SettingValues {
 public:
  std::optional<std::string> text(std::string_view name) const override;
  std::optional<std::vector<std::string>> texts(std::string_view name) const override;
  std::optional<std::uint32_t> number(std::string_view name) const override;

 private:
  const RegistryKey policies_{"SOFTWARE\\Policies\\Assent"};
  const RegistryKey installed_{"SOFTWARE\\Assent"};
};

}  // namespace assent::windows
