// Whatever a browser says, the texts are complete ones of a language that there is.
#include "service/web/texts.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  using namespace assent;
  const std::string_view half = text.substr(0, text.size() / 2);
  fuzz::expect(!web::texts_for("", text).at("title_code").empty());
  fuzz::expect(!web::texts_for(half, text.substr(half.size())).at("title_code").empty());
  const web::Texts file{"xx", text};
  for (const auto& [name, value] : file.all()) (void)file.fill(name, {{"device", half}});
}
