#include "core/formats/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace assent {
namespace {

// Builds the tree while the library reads: nothing is kept twice, and faults stop it at once.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(std::size_t depth) : depth_(depth) {}

  bool null() override { return put(Value{}); }
  bool boolean(bool value) override { return put(Value{value}); }
  bool number_integer(std::int64_t value) override { return put(Value{value}); }
  bool number_unsigned(std::uint64_t value) override {
    if (value > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
      return stop("a number is too large");
    return put(Value{std::int64_t(value)});
  }
  bool number_float(double, const std::string& text) override {
    return stop("a number must be whole: " + text.substr(0, 40));
  }
  bool string(std::string& value) override { return put(Value{std::move(value)}); }
  bool binary(nlohmann::json::binary_t&) override { return stop("binary is not JSON"); }
  bool start_object(std::size_t) override {
    Object members;
    members.reserve(kUsualMembers);
    return open(Value{std::move(members)});
  }
  bool start_array(std::size_t) override { return open(Value{Array{}}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    auto& object = std::get<Object>(open_.back().data);
    if (std::ranges::find(object, name, &Member::first) != object.end())
      return stop("the key \"" + name.substr(0, 40) + "\" is given twice");
    object.push_back(Member(std::move(name), Value(false)));  // until the value comes
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    return stop("not JSON at byte " + std::to_string(position));
  }

  Value take() { return std::move(root_); }
  const std::string& fault() const { return fault_; }

 private:
  bool stop(std::string why) {
    if (fault_.empty()) fault_ = std::move(why);
    return false;
  }
  bool open(Value container) {
    if (open_.size() == depth_) return stop("nested more than " + std::to_string(depth_) + " deep");
    open_.push_back(std::move(container));
    return true;
  }
  bool close() {
    Value done = std::move(open_.back());
    open_.pop_back();
    return put(std::move(done));
  }
  // Not inlined: g++ 12 at -O2 warns of uninitialised members of the other alternatives.
  [[gnu::noinline]] bool put(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* array = std::get_if<Array>(&open_.back().data)) {
      array->push_back(std::move(value));
    } else {
      std::get<Object>(open_.back().data).back().second = std::move(value);
    }
    return true;
  }

  static constexpr std::size_t kUsualMembers = 4;

  std::size_t depth_;
  std::vector<Value> open_;
  Value root_;
  std::string fault_;
};

}  // namespace

Result<Value> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes)
    return fail(Code::Invalid, "JSON is longer than " + std::to_string(limits.bytes) + " bytes");
  Builder builder{limits.depth};
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
    return fail(Code::Invalid, builder.fault());
  return builder.take();
}

}  // namespace assent
