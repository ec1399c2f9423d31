#pragma once
// A device's state folder in memory, and what every such folder owes.

#include <gtest/gtest.h>

#include <map>

#include "core/device/state_folder.h"

namespace assent::support {

class KeptState final : public device::StateFolder {
 public:
  Status prepare() override { return {}; }
  Result<std::string> read(const std::string& name) const override {
    const auto found = files.find(name);
    if (found == files.end()) return fail(Code::NotFound, name + " is not there");
    return found->second;
  }
  Status create(const std::string& name, const std::string& text) override {
    if (!files.emplace(name, text).second) return fail(Code::Conflict, name + " is there already");
    return {};
  }
  Status replace(const std::string& name, const std::string& text) override {
    files[name] = text;
    return {};
  }
  std::map<std::string, std::string> files;
};

// `state` is empty.
inline void keeps_what_it_is_given(device::StateFolder& state) {
  ASSERT_TRUE(state.prepare());
  ASSERT_TRUE(state.prepare());
  EXPECT_EQ(state.read("a").error().code, Code::NotFound);
  ASSERT_TRUE(state.create("a", "first"));
  EXPECT_EQ(state.create("a", "second").error().code, Code::Conflict);
  EXPECT_EQ(state.read("a").value(), "first");
  ASSERT_TRUE(state.replace("a", "second"));
  ASSERT_TRUE(state.replace("b", ""));
  EXPECT_EQ(state.read("a").value(), "second");
  EXPECT_EQ(state.read("b").value(), "");
}

}  // namespace assent::support
