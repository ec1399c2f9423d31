// A person is a row: fields parted by one control character and ended by another, neither of which
// can stand in a field.
#include "service/app/held_roster.h"

#include <charconv>

namespace assent {
namespace {

constexpr char kField = '\x1f', kRow = '\x1e';
constexpr std::size_t kBlock = 64 * 1024;
constexpr std::string_view kLine = "line ";

std::string_view next(std::string_view& text, char end) {
  const std::string_view out = text.substr(0, text.find(end));
  text.remove_prefix(std::min(out.size() + 1, text.size()));
  return out;
}

std::string row_of(const RosterPerson& person) {
  std::string out = std::to_string(person.line);
  const auto add = [&](const std::string& field) { (out += kField) += field; };
  add(person.login);
  add(person.name);
  add(person.form);
  add(to_text(person.profile));
  for (const auto& [source, id] : person.ids) {
    add(source);
    add(id);
  }
  return out;
}

RosterPerson person_of(std::string_view row) {
  RosterPerson out;
  const std::string_view line = next(row, kField);
  std::from_chars(line.data(), line.data() + line.size(), out.line);
  out.login = next(row, kField);
  out.name = next(row, kField);
  out.form = next(row, kField);
  out.profile = parse_profile(next(row, kField));
  while (!row.empty()) {
    const std::string_view source = next(row, kField);
    out.ids.emplace_back(source, next(row, kField));
  }
  return out;
}

}  // namespace

HeldRoster::HeldRoster(std::unique_ptr<LiveSource> from)
    : name_(from->name()), from_(std::move(from)), thread_([this] {
        outcome_ = from_->read([this](const RosterPerson& person) { return hold(person); });
        ready_ = true;
      }) {}

HeldRoster::~HeldRoster() {
  stopping_ = true;
  from_->stop();
  thread_.join();
}

bool HeldRoster::is_away() const {
  return ready_ && !outcome_ && outcome_.error().code == Code::Unavailable;
}

Status HeldRoster::hold(const RosterPerson& person) {
  if (stopping_) return fail(Code::Unavailable, "the service is stopping");
  const std::string row = row_of(person);
  std::size_t fields = 4 + 2 * person.ids.size();
  for (const char c : row) fields -= c == kField ? 1 : 0;
  if (fields != 0 || row.find(kRow) != row.npos)
    return fail(Code::Invalid, kLine.data() + std::to_string(person.line) + ": holds a control");
  bytes_ += row.size() + 1;
  if (bytes_ > kBytesMax)
    return fail(Code::Invalid, "the people of " + name_ + " are longer than 32 MiB");
  if (blocks_.empty() || blocks_.back().size() + row.size() >= kBlock) {
    blocks_.emplace_back();
    blocks_.back().reserve(kBlock);
  }
  (blocks_.back() += row) += kRow;
  ++people_;
  return {};
}

Status HeldRoster::read(const std::function<Status(RosterPerson)>& each) {
  if (!ready_) return fail(Code::Unavailable, name_ + " is being read: try again");
  for (const std::string_view block : blocks_)
    for (std::string_view rest = block; !rest.empty();)
      ASSENT_CHECK(each(person_of(next(rest, kRow))));
  return outcome_;
}

std::string HeldRoster::login_at(std::size_t line) const {
  const std::string begins = std::to_string(line) + kField;
  for (const std::string_view block : blocks_) {
    for (std::string_view rest = block; !rest.empty();) {
      const std::string_view row = next(rest, kRow);
      if (row.starts_with(begins)) return person_of(row).login;
    }
  }
  return "";
}

std::string HeldRoster::with_logins(std::size_t line, const std::string& what) const {
  std::string out = login_at(line);
  if (!out.empty()) out += ": ";
  std::size_t from = 0;
  for (std::size_t at = what.find(kLine); at != what.npos; at = what.find(kLine, from)) {
    const std::size_t number = at + kLine.size();
    std::size_t other = 0;
    const char* const end = what.data() + what.size();
    const char* const stop = std::from_chars(what.data() + number, end, other).ptr;
    const auto to = std::size_t(stop - what.data());
    out += what.substr(from, to - from);
    if (const std::string login = login_at(other); to > number && !login.empty())
      out += " (" + login + ")";
    from = to;
  }
  return out + what.substr(from);
}

}  // namespace assent
