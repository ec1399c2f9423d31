// The codec of application/problem+json.
#include "core/wire/problem.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

#include "core/formats/json.h"
#include "core/wire/gate.h"
#include "core/wire/read.h"

namespace assent::wire {
namespace {

constexpr std::size_t kType = 128, kDetail = 4096;
constexpr std::array<std::string_view, 4> kOwn{"type", "title", "status", "detail"};

bool is_own(const Member& member) {
  return std::ranges::find(kOwn, member.first) != kOwn.end();
}

}  // namespace

std::string to_json(const Problem& problem) {
  Object out{{"type", problem.type}, {"title", problem.title}, {"status", problem.status}};
  if (!problem.detail.empty()) out.emplace_back("detail", problem.detail);
  if (const Object* extra = problem.extra.object())
    std::ranges::copy_if(*extra, std::back_inserter(out), std::not_fn(is_own));
  return assent::to_json(out);
}

Result<Problem> parse_problem(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, {.bytes = Limits::kReply}));
  if (!value.object()) return fail(Code::Invalid, "a problem must be an object");
  Object own, extra;  // the standard says that unknown members are kept or ignored, not refused
  for (const Member& member : *value.object()) (is_own(member) ? own : extra).push_back(member);
  const Value known(std::move(own));
  Fields fields(known);
  Problem problem;
  problem.type = line(fields, "type", kType);
  problem.title = line(fields, "title", Limits::kTitle);
  problem.status = int(fields.integer("status", 400, 599));
  problem.detail = text_or_empty(fields, "detail", kDetail);
  if (!extra.empty()) problem.extra = std::move(extra);
  return fields.finish(std::move(problem));
}

}  // namespace assent::wire
