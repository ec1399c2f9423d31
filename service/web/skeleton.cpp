#include "service/web/skeleton.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace assent::web {
namespace {

// Around the number of a text. No template and no language has them (web_test looks).
constexpr char kOpen = '\x02', kClose = '\x03';

constexpr std::array<std::pair<char, std::string_view>, 5> kEntities{
    {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}}};

std::string_view entity_of(char c) {
  for (const auto& [letter, entity] : kEntities)
    if (letter == c) return entity;
  return {};
}

// By letter: a sealed state is looked through in each request.
constexpr auto kHasEntity = [] {
  std::array<bool, 256> out{};
  for (const auto& [letter, entity] : kEntities) out[static_cast<unsigned char>(letter)] = true;
  return out;
}();

bool has_entity(char c) {
  return kHasEntity[static_cast<unsigned char>(c)];
}

void look_at(const Value& value, Shape& shape) {
  if (const Object* members = value.object()) {
    shape.key += '{';
    for (const auto& [name, member] : *members) {
      shape.key += name;
      shape.key += ':';
      look_at(member, shape);
    }
    shape.key += '}';
  } else if (const Array* items = value.array()) {
    shape.key += '[';
    for (const Value& item : *items) look_at(item, shape);
    shape.key += ']';
  } else if (const std::string* text = value.text(); text && !text->empty()) {
    shape.key += 't';
    shape.texts.push_back(*text);
  } else if (const std::int64_t* number = value.integer()) {
    shape.key += std::to_string(*number) + ' ';
  } else {
    const bool* yes = value.boolean();
    shape.key += yes && *yes ? '+' : '-';
  }
}

Value marked(const Value& value, std::size_t& next) {
  if (const Object* members = value.object()) {
    Object out;
    for (const auto& [name, member] : *members) out.emplace_back(name, marked(member, next));
    return out;
  }
  if (const Array* items = value.array()) {
    Array out;
    for (const Value& item : *items) out.push_back(marked(item, next));
    return out;
  }
  if (const std::string* text = value.text(); text && !text->empty())
    return kOpen + std::to_string(next++) + kClose;
  return value;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (has_entity(c))
      out += entity_of(c);
    else
      out += c;
  }
  return out;
}

Shape shape_of(const Value& data) {
  constexpr std::size_t kUsualKey = 512, kUsualTexts = 32;
  Shape shape;
  shape.key.reserve(kUsualKey);
  shape.texts.reserve(kUsualTexts);
  look_at(data, shape);
  return shape;
}

Value with_marks(const Value& data) {
  std::size_t next = 0;
  return marked(data, next);
}

Skeleton::Skeleton(std::string_view page) {
  own_.reserve(page.size());
  while (!page.empty()) {
    const std::size_t at = std::min({page.find(kOpen), page.find(kPart), page.size()});
    own_ += page.substr(0, at);
    page.remove_prefix(at);
    if (page.starts_with(kPart)) {
      places_.push_back({own_.size(), kPartPlace});
      page.remove_prefix(kPart.size());
    } else if (!page.empty()) {
      Place place{own_.size(), 0};
      const std::size_t end = page.find(kClose);
      std::from_chars(page.data() + 1, page.data() + end, place.text);
      places_.push_back(place);
      page.remove_prefix(end + 1);
    }
  }
}

std::string Skeleton::fill(const std::vector<std::string_view>& texts,
                           std::string_view part) const {
  std::vector<std::string_view> safe = texts;  // once, however many places they have
  std::vector<std::string> changed;
  changed.reserve(texts.size());  // so that none moves
  for (std::string_view& text : safe)
    if (std::ranges::any_of(text, has_entity)) text = changed.emplace_back(escaped(text));
  const auto at_place = [&](const Place& place) {
    return place.text == kPartPlace ? part : safe[place.text];
  };
  std::size_t bytes = own_.size();
  for (const Place& place : places_) bytes += at_place(place).size();
  std::string out;
  out.reserve(bytes);
  std::size_t done = 0;
  for (const Place& place : places_) {
    out.append(own_, done, place.at - done);
    out += at_place(place);
    done = place.at;
  }
  return out.append(own_, done);
}

}  // namespace assent::web
