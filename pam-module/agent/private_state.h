#pragma once
// The agent's state_dir: files of mode 0600 in a folder of mode 0700.

#include "core/device/state_folder.h"

namespace assent::agent {

class PrivateState final : public device::StateFolder {
 public:
  explicit PrivateState(std::string path) : path_(std::move(path)) {}

  Status prepare() override;
  Result<std::string> read(const std::string& name) const override;
  Status create(const std::string& name, const std::string& text) override;
  Status replace(const std::string& name, const std::string& text) override;

 private:
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  const std::string path_;
};

}  // namespace assent::agent
