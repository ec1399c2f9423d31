// Two versions of a policy as words that went and words that came.

#include "admin-cli/aup.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"
#include "core/presentation/marks.h"

namespace assent::cli {
namespace {

std::string went(std::string_view text) {
  return "[-" + std::string(text) + "-]";
}
std::string came(std::string_view text) {
  return "{+" + std::string(text) + "+}";
}

std::vector<Mark> marks_of(const Value& rule) {
  std::vector<Mark> out;
  for (const Value& item : list_at(rule, "marks")) {
    const Array* pair = item.array();
    if (!pair || pair->size() != 2 || !(*pair)[0].text() || !(*pair)[1].integer()) return {};
    const std::string& sign = *(*pair)[0].text();
    const Mark::Kind kind = sign == "-"   ? Mark::Kind::Delete
                            : sign == "+" ? Mark::Kind::Insert
                                          : Mark::Kind::Keep;
    out.push_back({kind, std::uint32_t(*(*pair)[1].integer())});
  }
  return out;
}

std::string changed(const Value& rule) {
  const std::string old_text = text_at(rule, "old"), new_text = text_at(rule, "new");
  const auto marks = marks_of(rule);
  if (marks.empty() || !marks_fit(marks, old_text, new_text))
    return went(old_text) + " " + came(new_text);
  std::string out;
  std::size_t at_old = 0, at_new = 0;
  for (const Mark& mark : marks) {
    const bool insert = mark.kind == Mark::Kind::Insert;
    const std::string piece =
        insert ? new_text.substr(at_new, mark.bytes) : old_text.substr(at_old, mark.bytes);
    if (mark.kind != Mark::Kind::Insert) at_old += mark.bytes;
    if (mark.kind != Mark::Kind::Delete) at_new += mark.bytes;
    out += mark.kind == Mark::Kind::Keep ? piece : insert ? came(piece) : went(piece);
  }
  return out;
}

}  // namespace

bool style_is_std(const Value& rendition) {
  return text_at(rendition, "style") == "std";
}

std::string diff_text(const Value& diff) {
  std::string out;
  for (const Value& rule : list_at(diff, "rules")) {
    const std::string change = text_at(rule, "change"), section = text_at(rule, "section");
    const std::string text = change == "removed"   ? went(text_at(rule, "old"))
                             : change == "changed" ? changed(rule)
                                                   : came(text_at(rule, "new"));
    out += change + "  [" + text_at(rule, "id") + "]" + (section.empty() ? "" : "  " + section) +
           "\n" + paragraph("", text, 3) + "\n";
  }
  const std::uint64_t same = number_at(diff, "unchanged");
  if (out.empty()) return "No rule changed: " + count(same, "rule") + " are the same.\n";
  return out + count(same, "rule") + (same == 1 ? " is" : " are") + " the same.\n";
}

}  // namespace assent::cli
