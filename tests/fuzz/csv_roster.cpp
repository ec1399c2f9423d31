// Any bytes are a roster or an error with a line, whole or in two pieces alike.
#include <cstdlib>

#include "service/app/csv_roster.h"

namespace {

std::string read(const std::vector<std::string>& pieces, std::size_t& people) {
  assent::CsvRoster roster({}, pieces);
  const assent::Status status = roster.read([&](assent::RosterPerson) -> assent::Status {
    ++people;
    return {};
  });
  return status ? "" : status.error().message;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::size_t whole = 0, cut = 0;
  const std::string a = read({text}, whole);
  const std::string b = read({text.substr(0, size / 2), text.substr(size / 2)}, cut);
  if (a != b || whole != cut || (!a.empty() && !a.starts_with("line "))) std::abort();
  return 0;
}
