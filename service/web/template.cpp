#include "service/web/template.h"

#include <kainjow/mustache.hpp>

#include <map>

#include "service/web/made_once.h"
#include "service/web/skeleton.h"
#include "service/web/web_files.h"

namespace assent::web {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::string_view kFolder = "templates/", kEnding = ".html", kLayout = "layout",
                           kParts = "parts/";
constexpr std::size_t kUsualBytes = 8 * 1024;
constexpr std::string_view kPage = "{{> page}}";  // of the page inside the layout
constexpr std::string_view kPart = "{{> part}}";  // of a part inside a page
constexpr std::size_t kSkeletonsMax = 128;
constexpr std::size_t kTextsMax = 64;  // of a page: one with more is a list, and rarely the same

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

std::string between(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t start = text.find(open) + open.size();
  return std::string{text.substr(start, text.rfind(close) - start)};
}

void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
    text.replace(at, from.size(), to);
}

// With "{{#languages}}" already gone through: each language once, {{#current}} being `texts`'s own.
std::string with_chooser(std::string text, const Texts& texts) {
  constexpr std::string_view kOpen = "{{#languages}}", kClose = "{{/languages}}";
  const std::size_t at = text.find(kOpen);
  if (at == text.npos) return text;
  const std::string item = between(text, kOpen, kClose);
  constexpr std::string_view kOwn = "{{#current}}", kOther = "{{^current}}", kEnd = "{{/current}}";
  const std::string own = between(item.substr(0, item.find(kOther)), kOwn, kEnd);
  const std::string other = between(item, kOther, kEnd);
  std::string all;
  for (const Texts& each : languages()) {
    std::string one = item.substr(0, item.find(kOwn)) +
                      (each.code() == texts.code() ? own : other) +
                      item.substr(item.rfind(kEnd) + kEnd.size());
    replace_all(one, "{{code}}", escaped(each.code()));
    replace_all(one, "{{name}}", escaped(each.name()));
    all += one;
  }
  return text.replace(at, text.find(kClose) + kClose.size() - at, all);
}

// With each "{{t.name}}" replaced by that text: a page has a hundred of them, and they never
// change.
std::string in_language(std::string_view text, const Texts& texts) {
  constexpr std::string_view kOpen = "{{t.", kClose = "}}";
  std::string out;
  for (std::size_t at; (at = text.find(kOpen)) != text.npos;) {
    const std::size_t end = text.find(kClose, at);
    const std::string_view name = text.substr(at + kOpen.size(), end - at - kOpen.size());
    out += text.substr(0, at);
    out += escaped(name == "code" ? texts.code() : texts.at(name));
    text.remove_prefix(end + kClose.size());
  }
  return out += text;
}

// "code" of "templates/code.html"; empty for other files.
std::string_view name_of(const WebFile& file) {
  std::string_view name = file.name;
  if (!name.starts_with(kFolder)) return {};
  name.remove_prefix(kFolder.size());
  name.remove_suffix(kEnding.size());
  return name;
}

std::string in_layout(std::string_view page) {
  std::string whole{web_file("templates/layout.html")};
  whole.replace(whole.find(kPage), kPage.size(), page);
  if (const std::size_t at = whole.find(kPart); at != whole.npos)
    whole.replace(at, kPart.size(), Skeleton::kPart);
  return without_line_ends(whole);
}

using NameIn = std::pair<std::string, std::string>;  // of a template, and a language's code
using Templates = std::map<NameIn, mustache::mustache>;

// Each page in the layout, and each part, by name; read once. The library's render() is not const,
// yet it changes nothing in a template without partials and lambdas: any thread may use the same.
Templates& templates() {
  static Templates all = [] {
    Templates out;
    for (const WebFile& file : web_files()) {
      const std::string_view name = name_of(file);
      if (name.empty() || name == kLayout) continue;
      const std::string text =
          name.starts_with(kParts) ? without_line_ends(file.content) : in_layout(file.content);
      for (const Texts& texts : languages()) {
        mustache::mustache made{in_language(with_chooser(text, texts), texts)};
        made.set_custom_escape([](const std::string& value) { return escaped(value); });
        out.emplace(NameIn{name, texts.code()}, std::move(made));
      }
    }
    return out;
  }();
  return all;
}

std::string filled(const NameIn& name, const Value& data) {
  const auto found = templates().find(name);
  if (found == templates().end()) return {};
  mustache::data view;
  fill(view, data);
  std::string out;
  out.reserve(kUsualBytes);
  found->second.render(view, [&out](const std::string& piece) { out += piece; });
  return out;
}

}  // namespace

std::string render(std::string_view page, const Texts& texts, const Value& data,
                   std::string_view part) {
  static MadeOnce<Skeleton, kSkeletonsMax> skeletons;
  const Shape shape = shape_of(data);
  const std::string key = std::string(page) + " " + texts.code() + " " + shape.key;
  auto skeleton = skeletons.find(key);
  if (!skeleton) {
    const NameIn name{std::string(page), texts.code()};
    skeleton = std::make_shared<const Skeleton>(filled(name, with_marks(data)));
    if (shape.texts.size() <= kTextsMax) skeletons.keep(key, skeleton);
  }
  return skeleton->fill(shape.texts, part);
}

std::string render_part(std::string_view name, const Value& data) {
  return filled({std::string(kParts) + std::string(name), languages().front().code()}, data);
}

}  // namespace assent::web
