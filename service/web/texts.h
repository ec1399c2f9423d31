#pragma once
// What pages say, by language: the files of service/web/texts. Every file has the same names, so a
// language is added by adding a file. What a policy says is not here: that is the school's.

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assent::web {

// One language.
class Texts {
 public:
  Texts(std::string code, std::string_view file);

  const std::string& code() const { return code_; }                 // "en", as in lang=""
  const std::string& name() const { return at("language"); }        // "English"
  const std::string& direction() const { return at("direction"); }  // "ltr" or "rtl"
  // Empty when there is none: tests hold templates and code to the files.
  const std::string& at(std::string_view name) const;
  // at(), with {word} replaced by its value.
  std::string fill(
      std::string_view name,
      std::initializer_list<std::pair<std::string_view, std::string_view>> values) const;
  const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }

 private:
  std::string code_;
  std::map<std::string, std::string, std::less<>> texts_;
};

// English first.
const std::vector<Texts>& languages();
// `chosen` where it is one of them; else the best of an Accept-Language header (RFC 9110 12.5.4);
// else English.
const Texts& texts_for(std::string_view chosen, std::string_view accept_language);
// Whether text in a BCP 47 language runs from right to left: "rtl", else "ltr".
std::string_view direction_of(std::string_view language);

}  // namespace assent::web
