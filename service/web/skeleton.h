#pragma once
// A page that was made once, with a place for each text of the requests' own: the template library
// walks a page word by word, and of what it walks all but a few texts is always the same.
// Inside service/web only.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/value.h"

namespace assent::web {

// As text and attributes of HTML need it.
std::string escaped(std::string_view text);

// The data of a page, taken apart: its texts, and what decides which sections stand. Pages of one
// template whose data have equal keys differ in their texts alone.
struct Shape {
  std::string key;
  std::vector<std::string_view> texts;  // of the data, which has to outlive them; none is empty
};
Shape shape_of(const Value& data);
Shape shape_of(Value&& data) = delete;  // nobody would keep the texts
// The data with a mark in the place of each text, for the template to be filled with.
Value with_marks(const Value& data);

class Skeleton {
 public:
  // Where the part of a page goes (template.h). As a mark, nothing that is escaped can hold it.
  static constexpr std::string_view kPart = "<!--part-->";

  // `page` is a template filled with_marks(): so nothing of any request is in it.
  explicit Skeleton(std::string_view page);
  // Each text escaped and in its places, and `part` as it is. What a text says is never looked at.
  std::string fill(const std::vector<std::string_view>& texts, std::string_view part) const;

 private:
  struct Place {
    std::size_t at = 0;    // in own_: before what is there
    std::size_t text = 0;  // which one; kPartPlace: the part
  };
  static constexpr std::size_t kPartPlace = std::size_t(-1);

  std::string own_;
  std::vector<Place> places_;
};

}  // namespace assent::web
