#pragma once
// The device's key and enrolment on Windows: files in a folder that Windows, its administrators and
// the service may open, and nobody else. No machine-wide encryption: any local user could undo
// that.

#include <string>

#include "core/device/state_folder.h"
#include "winlogon-shim/system/file.h"

namespace assent::windows {

class ProtectedState final : public device::StateFolder {
 public:
  // `path` is absolute; the folder above it is there.
  explicit ProtectedState(std::wstring path) : path_(std::move(path)) {}
  // %ProgramData%\Assent
  static Result<ProtectedState> of_this_machine();

  Status prepare() override;
  Result<std::string> read(const std::string& name) const override;
  Status create(const std::string& name, const std::string& text) override;
  Status replace(const std::string& name, const std::string& text) override;

 private:
  Result<File> hold_folder() const;
  Result<std::wstring> file(const std::string& name) const;
  const std::wstring path_;
};

}  // namespace assent::windows
