#include "service/directory/rights.h"

#include <algorithm>

#include "core/base/letters.h"
#include "service/directory/reading.h"

namespace assent::directory {
namespace {

constexpr const char* kWritable = "allowedAttributesEffective";     // MS-ADTS 3.1.1.4.5.21
constexpr const char* kCreatable = "allowedChildClassesEffective";  // 3.1.1.4.5.19
constexpr int kNoSuchValue = 16, kInsufficientAccess = 50;

// Of the attribute's syntax, and not there: no group is its own member.
Attribute absent_value(const std::string& dn, const std::string& attribute) {
  if (attribute == "member") return {attribute, {dn}};
  if (attribute == "pwdEndTime") return {attribute, {"19700101000000Z"}};
  return {attribute, {"assent asks whether it may"}};
}

Result<bool> ask(Directory& directory, const std::string& dn,
                 std::span<const Modification> changes) {
  const Answer answer = directory.modify(dn, changes);
  if (answer.code == kInsufficientAccess) return false;
  if (answer.code == kNoSuchValue || answer.is_good()) return true;
  return fail(error_of(answer, "cannot ask what may be changed of " + dn));
}

bool has(std::span<const std::string> names, std::string_view name) {
  return std::ranges::any_of(names,
                             [&](const std::string& each) { return same_letters(each, name); });
}

}  // namespace

Result<bool> may_change(Directory& directory, DirectoryKind kind, const std::string& dn,
                        const std::string& attribute) {
  if (kind == DirectoryKind::ActiveDirectory) {
    ASSENT_TRY(const Entry entry, read_entry(directory, dn, {kWritable}));
    return has(entry.values(kWritable), attribute);
  }
  const Attribute absent = absent_value(dn, attribute);
  const Modification changes[] = {{Modification::Kind::Delete, absent},
                                  {Modification::Kind::Add, absent}};
  return ask(directory, dn, changes);
}

Result<std::vector<std::string>> writable(Directory& directory, DirectoryKind kind,
                                          const std::string& dn,
                                          const std::vector<std::string>& attributes) {
  std::vector<std::string> out;
  if (kind == DirectoryKind::ActiveDirectory) {
    ASSENT_TRY(const Entry entry, read_entry(directory, dn, {kWritable}));
    const auto values = entry.values(kWritable);
    return std::vector<std::string>{values.begin(), values.end()};
  }
  for (const std::string& attribute : attributes) {
    ASSENT_TRY(const bool may, may_change(directory, kind, dn, attribute));
    if (may) out.push_back(attribute);
  }
  return out;
}

Result<bool> may_create(Directory& directory, const std::string& dn,
                        std::string_view object_class) {
  ASSENT_TRY(const Entry entry, read_entry(directory, dn, {kCreatable}));
  return has(entry.values(kCreatable), object_class);
}

}  // namespace assent::directory
