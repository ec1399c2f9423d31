#include "service/web/page_data.h"

#include "service/web/style.h"

namespace assent::web {

Object page_data(const Shell& shell, std::string_view title, bool keeps_place) {
  return {{"title", shell.texts.at(title)},
          {"school", shell.school},
          {"help", shell.help},
          {"action", shell.action},
          {"sealed", shell.state},
          {"state", keeps_place ? shell.state : ""},
          {"style", style_path()}};
}

}  // namespace assent::web
