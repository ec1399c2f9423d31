#include "pam-module/agent/private_state.h"

#include "core/files/files.h"

namespace assent::agent {
namespace {

constexpr std::size_t kMaxFile = 4096;  // bytes

}  // namespace

Status PrivateState::prepare() {
  return make_private_folder(path_);
}

Result<std::string> PrivateState::read(const std::string& name) const {
  return read_file(file(name), kMaxFile, Readable::ByOwnerOnly);
}

Status PrivateState::create(const std::string& name, const std::string& text) {
  return create_private_file(file(name), text);
}

Status PrivateState::replace(const std::string& name, const std::string& text) {
  return replace_private_file(file(name), text);
}

}  // namespace assent::agent
