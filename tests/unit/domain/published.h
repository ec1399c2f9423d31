#pragma once
// Small published policies for the tests of this layer.

#include "service/domain/gate.h"

namespace assent::test {

inline Rendition rendition(std::string language, Style style, std::vector<Rule> rules,
                           std::string why = {}) {
  Rendition made;
  made.language = std::move(language);
  made.style = style;
  made.title = "Computer rules";
  made.why = std::move(why);
  made.ask = "I agree.";
  made.rules = std::move(rules);
  return made;
}

inline PublishedVersion published(std::uint32_t number, std::vector<Rendition> renditions,
                                  Mode mode = Mode::Agree, Time effective = {}) {
  auto text = std::make_shared<PolicyVersion>();
  text->policy = {"student"};
  text->number = number;
  text->mode = mode;
  text->renditions = std::move(renditions);
  text->manifest_hash.fill(static_cast<std::byte>(number));
  return {std::move(text), effective, effective, 0};
}

inline PublishedPolicy policy_of(std::vector<PublishedVersion> versions,
                                 std::string name = "student", PolicyKey key = 1) {
  return {key, 1, {std::move(name)}, std::move(versions), {}, false};
}

}  // namespace assent::test
