#include "service/web/page_data.h"

#include "service/web/style.h"

namespace assent::web {
namespace {

Value chooser(const Texts& texts) {
  Array out;
  for (const Texts& each : languages())
    out.push_back(Object{
        {"code", each.code()}, {"name", each.name()}, {"current", each.code() == texts.code()}});
  return out;
}

}  // namespace

Object page_data(const Shell& shell, std::string_view title, bool keeps_place) {
  return {{"title", shell.texts.at(title)},
          {"school", shell.school},
          {"help", shell.help},
          {"action", shell.action},
          {"sealed", shell.state},
          {"state", keeps_place ? shell.state : ""},
          {"style", style_path()},
          {"languages", chooser(shell.texts)}};
}

}  // namespace assent::web
