#include "service/web/texts.h"

#include <algorithm>
#include <charconv>

#include "core/base/language.h"
#include "service/web/web_files.h"

namespace assent::web {
namespace {

constexpr std::string_view kFolder = "texts/", kEnding = ".txt";
constexpr std::size_t kHeaderMax = 512;  // of Accept-Language: more says nothing that counts
constexpr int kFullWeight = 1000;        // q=1

std::string_view trim(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r");
  if (start == text.npos) return {};
  return text.substr(start, text.find_last_not_of(" \t\r") - start + 1);
}

// Up to `separator`, which is taken away too.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trim(piece);
}

const Texts* find(std::string_view language) {
  const auto found = std::ranges::find(languages(), primary_subtag(language), &Texts::code);
  return found == languages().end() ? nullptr : &*found;
}

// Of "q=0.8" in thousandths; what is no weight counts nothing.
int weight_of(std::string_view parameters) {
  if (parameters.empty()) return kFullWeight;
  if (!parameters.starts_with("q=")) return 0;
  parameters.remove_prefix(2);
  if (parameters.starts_with("1")) return kFullWeight;
  if (!parameters.starts_with("0.")) return 0;
  std::string digits{parameters.substr(2, 3)};
  digits.resize(3, '0');
  int weight = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), weight);
  return weight;
}

}  // namespace

Texts::Texts(std::string code, std::string_view file) : code_(std::move(code)) {
  while (!file.empty()) {
    std::string_view line = take(file, '\n');
    if (line.empty() || line.starts_with('#')) continue;
    const std::string_view name = take(line, '=');
    texts_.emplace(name, trim(line));
  }
}

const std::string& Texts::at(std::string_view name) const {
  static const std::string kNone;
  const auto found = texts_.find(name);
  return found == texts_.end() ? kNone : found->second;
}

std::string Texts::fill(
    std::string_view name,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) const {
  std::string out;
  std::string_view rest = at(name);
  while (!rest.empty()) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    const std::size_t close = std::min(rest.find('}', open), rest.size());
    out += rest.substr(0, open);
    if (open == rest.size()) break;
    const std::string_view word = rest.substr(open + 1, close - open - 1);
    for (const auto& [wanted, value] : values)
      if (wanted == word) out += value;
    rest.remove_prefix(std::min(close + 1, rest.size()));
  }
  return out;
}

const std::vector<Texts>& languages() {
  static const std::vector<Texts> all = [] {
    std::vector<Texts> out;
    for (const WebFile& file : web_files()) {
      if (!file.name.starts_with(kFolder)) continue;
      std::string_view code = file.name;
      code.remove_prefix(kFolder.size());
      code.remove_suffix(kEnding.size());
      out.emplace_back(std::string{code}, file.content);
    }
    std::ranges::stable_partition(out, [](const Texts& each) { return each.code() == "en"; });
    return out;
  }();
  return all;
}

const Texts& texts_for(std::string_view chosen, std::string_view accept_language) {
  if (const Texts* found = find(chosen); found && !chosen.empty()) return *found;
  const Texts* best = &languages().front();
  int best_weight = 0;
  std::string_view rest = accept_language.substr(0, kHeaderMax);
  while (!rest.empty()) {
    std::string_view range = take(rest, ',');
    const Texts* found = find(take(range, ';'));
    const int weight = found ? weight_of(trim(range)) : 0;
    if (weight <= best_weight) continue;
    best = found;
    best_weight = weight;
  }
  return *best;
}

std::string_view direction_of(std::string_view language) {
  return is_right_to_left(language) ? "rtl" : "ltr";
}

}  // namespace assent::web
