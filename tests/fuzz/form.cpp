// Any bytes are a form of clean lines with names of their own, or none.
#include <set>

#include "core/base/text.h"
#include "service/http/request_reader.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  using namespace assent;
  http::Named form;
  if (!http::read_named(text, form)) return;
  std::set<std::string> names;
  for (const auto& [name, value] : form) {
    fuzz::expect(!name.empty() && names.insert(name).second);
    fuzz::expect(bool(check_line(value, http::kMaxTargetBytes)));
  }
}
