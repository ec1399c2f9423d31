#include "service/domain/filter.h"

#include <algorithm>
#include <charconv>

#include "core/base/language.h"

namespace assent {
namespace {

using Kind = FilterDelay::Kind;

constexpr std::string_view kAtNextLogin = "at next login", kNightly = "nightly",
                           kUnknown = "unknown";
constexpr minutes kLongest{24 * 60};

struct FilterWords {
  std::string_view language;  // primary subtag
  std::string_view by, at_next_login, tomorrow, closed_tomorrow;
};
constexpr FilterWords kFilterWords[] = {
    {"en", "Your websites should be open by ",
     "Your websites open when you log out and log in again.",
     "Your websites are open from tomorrow morning.",
     "The web filter learns of your answer tonight: you can log in from tomorrow morning, or now "
     "if you agree."},
    {"cy", "Dylai eich gwefannau fod ar agor erbyn ",
     "Bydd eich gwefannau'n agor pan fyddwch yn allgofnodi ac yn mewngofnodi eto.",
     "Bydd eich gwefannau ar agor o fore yfory.",
     "Bydd yr hidlydd gwe yn clywed am eich ateb heno: gallwch fewngofnodi o fore yfory, neu nawr "
     "os ydych yn cytuno."},
};

const FilterWords& words_in(std::string_view language) {
  const auto* found =
      std::ranges::find(kFilterWords, primary_subtag(language), &FilterWords::language);
  return found == std::end(kFilterWords) ? kFilterWords[0] : *found;
}

}  // namespace

Result<FilterDelay> parse_filter_delay(std::string_view text) {
  if (text == kAtNextLogin) return FilterDelay{Kind::AtNextLogin, {}};
  if (text == kNightly) return FilterDelay{Kind::Nightly, {}};
  if (text == kUnknown) return FilterDelay{};
  unsigned number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const std::string_view unit(stop, std::size_t(end - stop));
  const bool good = error == std::errc{} && (unit == "m" || unit == "h") && number > 0 &&
                    number <= unsigned(kLongest.count());
  const minutes within{good && unit == "h" ? number * 60 : number};
  if (!good || within > kLongest)
    return fail(Code::Invalid,
                "must be such as \"15m\" or \"2h\", at most a day, or \"at next login\", "
                "\"nightly\" or \"unknown\"");
  return FilterDelay{Kind::Within, within};
}

std::string to_text(const FilterDelay& delay) {
  switch (delay.kind) {
    case Kind::Within: {
      const auto count = delay.within.count();
      return count % 60 == 0 ? std::to_string(count / 60) + "h" : std::to_string(count) + "m";
    }
    case Kind::AtNextLogin: return std::string(kAtNextLogin);
    case Kind::Nightly: return std::string(kNightly);
    case Kind::Unknown: break;
  }
  return std::string(kUnknown);
}

std::optional<Time> seen_by(const FilterDelay& delay, Time applied) {
  if (delay.kind != Kind::Within) return std::nullopt;
  return applied + delay.within;
}

std::string opening_words(const FilterDelay& delay, std::string_view by,
                          std::string_view language) {
  const FilterWords& words = words_in(language);
  switch (delay.kind) {
    case Kind::Within: return std::string(words.by) + std::string(by) + ".";
    case Kind::AtNextLogin: return std::string(words.at_next_login);
    case Kind::Nightly: return std::string(words.tomorrow);
    case Kind::Unknown: break;
  }
  return "";
}

std::string tomorrow_words(std::string_view language) {
  return std::string(words_in(language).closed_tomorrow);
}

unsigned FilterSettings::number(const std::string& level, const LevelTable& table) const {
  if (const auto found = numbers.find(level); found != numbers.end()) return found->second;
  return unsigned(std::ranges::find(table.levels, level) - table.levels.begin()) + 1;
}

std::string delay_words(const FilterSettings& filter) {
  const std::string name = filter.name.empty() ? "the filter" : filter.name;
  switch (filter.sees_groups_within.kind) {
    case Kind::Within: return name + " sees a change within " + to_text(filter.sees_groups_within);
    case Kind::AtNextLogin: return name + " sees a change at the next login";
    case Kind::Nightly: return name + " sees a change at night";
    case Kind::Unknown: break;
  }
  return "how soon " + name + " sees a change is not known";
}

}  // namespace assent
