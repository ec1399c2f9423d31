#include "service/web/page_data.h"

#include "service/web/style.h"

namespace assent::web {

Object page_data(const Shell& shell, std::string_view title, bool keeps_place) {
  constexpr std::size_t kUsual = 16;
  Object out;  // each in its place at once: a list of them would be copied whole
  out.reserve(kUsual);
  out.emplace_back("title", shell.texts.at(title));
  out.emplace_back("school", shell.school);
  out.emplace_back("help", shell.help);
  out.emplace_back("action", shell.action);
  out.emplace_back("sealed", shell.state);
  out.emplace_back("state", keeps_place ? shell.state : "");
  out.emplace_back("style", style_path());
  return out;
}

}  // namespace assent::web
