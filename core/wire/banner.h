#pragma once
// POST /v1/gate/banner: a school's rules in short, for screens that people see before they log in.

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace assent::wire {

struct BannerLimits {
  static constexpr std::size_t kText = 1000, kItems = 64;  // bytes of one; policies of a school
};

struct BannerItem {
  std::string policy;
  std::uint32_t version = 0;  // the one in force
  Digest manifest{};          // its SHA-256
  std::string text;           // one line, as published
};

struct BannerReply {
  std::string school;             // its title
  std::vector<BannerItem> items;  // by policy; may be none
};

std::string to_json(const BannerReply& reply);
Result<BannerReply> parse_banner_reply(std::string_view json);

}  // namespace assent::wire
