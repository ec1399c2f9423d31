#include "service/web/template.h"

#include <kainjow/mustache.hpp>

#include <map>

#include "service/web/web_files.h"

namespace assent::web {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::string_view kFolder = "templates/", kEnding = ".html", kLayout = "layout";
constexpr std::string_view kPlace = "{{> page}}";  // of the page inside the layout

// An empty text is false: a section over it is left out. In place, because the library copies a
// list whole each time that it is given one.
void fill(mustache::data& out, const Value& value) {
  if (const Array* items = value.array()) {
    out = mustache::data{mustache::data::type::list};
    auto& list = const_cast<mustache::list&>(out.list_value());  // it is `out`'s own
    list.reserve(items->size());
    for (const Value& item : *items) fill(list.emplace_back(), item);
  } else if (const Object* members = value.object()) {
    out = mustache::data{};
    for (const auto& [name, member] : *members) fill(out[name], member);
  } else if (const std::string* text = value.text(); text && !text->empty()) {
    out = mustache::data{*text};
  } else if (const std::int64_t* number = value.integer()) {
    out = mustache::data{std::to_string(*number)};
  } else {
    const bool* yes = value.boolean();
    out = mustache::data{yes && *yes};
  }
}

// Without the ends of lines and what indents the next: fewer bytes, and fewer pieces to walk.
std::string without_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool at_start = true;
  for (const char c : text) {
    if (c == '\n') at_start = true;
    if (c == '\n' || (at_start && c == ' ')) continue;
    at_start = false;
    out += c;
  }
  return out;
}

// Each page in the layout, read once. The library's render() is not const, yet it changes nothing
// in a template without partials and lambdas: any thread may use the same.
std::map<std::string, mustache::mustache, std::less<>>& templates() {
  static auto all = [] {
    std::map<std::string, mustache::mustache, std::less<>> out;
    const std::string layout{web_file("templates/layout.html")};
    for (const WebFile& file : web_files()) {
      if (!file.name.starts_with(kFolder)) continue;
      std::string_view name = file.name;
      name.remove_prefix(kFolder.size());
      name.remove_suffix(kEnding.size());
      if (name == kLayout) continue;
      std::string whole = layout;
      whole.replace(whole.find(kPlace), kPlace.size(), file.content);
      out.emplace(name, mustache::mustache{without_line_ends(whole)});
    }
    return out;
  }();
  return all;
}

}  // namespace

std::string render(std::string_view page, const Value& data) {
  const auto found = templates().find(page);
  if (found == templates().end()) return {};
  mustache::data view;
  fill(view, data);
  std::string out;
  found->second.render(view, [&out](const std::string& piece) { out += piece; });
  return out;
}

}  // namespace assent::web
