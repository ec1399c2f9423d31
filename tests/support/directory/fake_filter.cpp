#include "tests/support/directory/fake_filter.h"

#include <algorithm>
#include <cstdlib>

namespace assent::support {
namespace {

constexpr std::string_view kInChain = ":1.2.840.113556.1.4.1941:";

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return text;
}

std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) {
      out += char(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::uint64_t number(const std::string& text) {
  return std::strtoull(text.c_str(), nullptr, 10);
}

}  // namespace

FakeFilter::FakeFilter(std::string text, InChain in_chain)
    : text_(std::move(text)), in_chain_(std::move(in_chain)) {
  std::size_t at = 0;
  filter(at, nullptr);
  good_ = good_ && at == text_.size();
}

bool FakeFilter::matches(const directory::Entry& entry) const {
  std::size_t at = 0;
  return filter(at, &entry);
}

// Parses one "(…)" from `at` and says whether it matches; without an entry it only parses.
bool FakeFilter::filter(std::size_t& at, const directory::Entry* entry) const {
  if (at + 2 >= text_.size() || text_[at] != '(') return good_ = false;
  ++at;
  bool out = false;
  if (text_[at] == '&' || text_[at] == '|')
    out = list(at, entry, text_[at]);
  else if (text_[at] == '!')
    out = !filter(++at, entry);
  else
    out = item(at, entry);
  if (at >= text_.size() || text_[at] != ')') return good_ = false;
  ++at;
  return out;
}

bool FakeFilter::list(std::size_t& at, const directory::Entry* entry, char operation) const {
  bool out = operation == '&';
  ++at;
  while (good_ && at < text_.size() && text_[at] == '(') {
    const bool one = filter(at, entry);
    out = operation == '&' ? out && one : out || one;
  }
  return out;
}

bool FakeFilter::item(std::size_t& at, const directory::Entry* entry) const {
  const std::size_t end = text_.find_first_of("()", at), equals = text_.find('=', at);
  if (end == text_.npos || equals == text_.npos || equals > end) return good_ = false;
  std::string name = text_.substr(at, equals - at);
  const std::string raw = text_.substr(equals + 1, end - equals - 1), value = unescaped(raw);
  at = end;
  if (!entry) return false;
  if (name.ends_with(kInChain)) return in_chain_(entry->dn, value);
  const auto values = entry->values(name);
  if (name.ends_with('>'))
    return std::ranges::any_of(
        entry->values(name.substr(0, name.size() - 1)),
        [&](const std::string& each) { return number(each) >= number(raw); });
  if (raw == "*") return !values.empty() || lower(name) == "objectclass";
  return std::ranges::any_of(values,
                             [&](const std::string& each) { return lower(each) == lower(value); });
}

}  // namespace assent::support
