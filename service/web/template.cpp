#include "service/web/template.h"

#include <kainjow/mustache.hpp>

#include <map>

#include "service/web/web_files.h"

namespace assent::web {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::string_view kFolder = "templates/", kEnding = ".html", kLayout = "layout";
constexpr std::string_view kPlace = "{{> page}}";  // of the page inside the layout

// An empty text is false: a section over it is left out.
mustache::data to_data(const Value& value) {
  if (const std::string* text = value.text()) return text->empty() ? mustache::data{false} : *text;
  if (const std::int64_t* number = value.integer()) return std::to_string(*number);
  if (const bool* yes = value.boolean()) return mustache::data{*yes};
  if (const Array* items = value.array()) {
    mustache::list list;
    for (const Value& item : *items) list.push_back(to_data(item));
    return mustache::data{list};
  }
  const Object* members = value.object();
  if (!members) return mustache::data{false};
  mustache::data object;
  for (const auto& [name, member] : *members) object[name] = to_data(member);
  return object;
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
  std::string out;
  found->second.render(to_data(data), [&out](const std::string& piece) { out += piece; });
  return out;
}

}  // namespace assent::web
