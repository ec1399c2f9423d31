#include "service/directory/group_change.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "service/directory/dn.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

using Kind = Modification::Kind;

// It may be the fault of one value among many.
bool may_be_one_value(int code) {
  constexpr std::array kCodes{16, 20, 32, 53, 65, 68};
  return std::ranges::find(kCodes, code) != kCodes.end();
}

// Of one value alone: there was nothing to do. 53 says so in Active Directory, and elsewhere that
// nothing may be changed at the moment: there the group itself is asked.
bool is_so_already(Kind kind, int code) {
  return kind == Kind::Add ? code == 20 || code == 68 : code == 16;
}

enum class OnFailure : std::uint8_t { Divide, Leave };

class GroupChange {
 public:
  GroupChange(Directory& directory, const std::string& group, Kind kind,
              std::span<const std::string> dns, OnFailure on_failure)
      : directory_(directory),
        group_(group),
        kind_(kind),
        dns_(dns),
        on_failure_(on_failure),
        answers_(dns.size()) {}

  std::vector<Answer> run() {
    std::vector<std::size_t> part;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < dns_.size(); ++i) {
      if (bytes + dns_[i].size() > ChangeLimits::kBytes && !part.empty()) {
        change(std::exchange(part, {}));
        bytes = 0;
      }
      part.push_back(i);
      bytes += dns_[i].size();
    }
    change(std::move(part));
    return std::move(answers_);
  }

 private:
  void change(std::vector<std::size_t> which) {
    if (which.empty()) return;
    if (lost_) return settle(which, *lost_);
    const Answer answer = modify(which);
    if (!answer.is_good() && code_of(answer.code) == Code::Unavailable) lost_ = answer;
    if (on_failure_ == OnFailure::Leave || !may_be_one_value(answer.code))
      return settle(which, answer);
    if (which.size() == 1) return settle(which, of_one(which, answer));
    if (!std::exchange(looked_, true)) return change(still_to_do(which).value_or(which));
    const auto half = which.begin() + std::ptrdiff_t(which.size() / 2);
    change({which.begin(), half});
    change({half, which.end()});
  }

  Answer modify(const std::vector<std::size_t>& which) {
    Modification all{kind_, {"member", {}}};
    for (const std::size_t i : which) all.attribute.values.push_back(dns_[i]);
    return directory_.modify(group_, {&all, 1});
  }

  void settle(const std::vector<std::size_t>& which, const Answer& answer) {
    for (const std::size_t i : which) answers_[i] = answer;
  }

  Answer of_one(const std::vector<std::size_t>& which, const Answer& answer) {
    if (is_so_already(kind_, answer.code)) return {};
    if (kind_ == Kind::Add || answer.code != 53) return answer;
    const auto left = still_to_do(which);
    if (!left) return {kServerDown, ""};
    return left->empty() ? Answer{} : answer;
  }

  // Those that a look at the group finds to be otherwise; nothing where it cannot be read. The
  // answers of the others are good as they stand.
  std::optional<std::vector<std::size_t>> still_to_do(std::vector<std::size_t> which) {
    const auto entry = read_entry(directory_, group_, {"member"});
    if (!entry) return std::nullopt;
    std::unordered_set<std::string> held;
    for (const std::string& member : entry->values("member"))
      if (auto normal = normal_dn(member)) held.insert(*std::move(normal));
    std::erase_if(which, [&](std::size_t i) {
      const auto normal = normal_dn(dns_[i]);
      return normal && held.contains(*normal) == (kind_ == Kind::Add);
    });
    return which;
  }

  Directory& directory_;
  const std::string& group_;
  const Kind kind_;
  const std::span<const std::string> dns_;
  const OnFailure on_failure_;
  std::vector<Answer> answers_;
  std::optional<Answer> lost_;
  bool looked_ = false;
};

}  // namespace

std::vector<Answer> add_members(Directory& directory, const std::string& group,
                                std::span<const std::string> dns) {
  return GroupChange(directory, group, Kind::Add, dns, OnFailure::Divide).run();
}

std::vector<Answer> take_members(Directory& directory, const std::string& group,
                                 std::span<const std::string> dns) {
  return GroupChange(directory, group, Kind::Delete, dns, OnFailure::Divide).run();
}

std::vector<Answer> add_all(Directory& directory, const std::string& group,
                            std::span<const std::string> names) {
  return GroupChange(directory, group, Kind::Add, names, OnFailure::Leave).run();
}

std::vector<Answer> take_all(Directory& directory, const std::string& group,
                             std::span<const std::string> names) {
  return GroupChange(directory, group, Kind::Delete, names, OnFailure::Leave).run();
}

}  // namespace assent::directory
