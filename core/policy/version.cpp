// A version out of its policy's folder: metadata and renditions together, and whether they agree.
#include <algorithm>
#include <tuple>

#include "core/crypto/crypto.h"
#include "core/policy/fault.h"
#include "core/policy/folder.h"
#include "core/policy/manifest.h"
#include "core/policy/metadata.h"
#include "core/policy/policy.h"

namespace assent {
namespace {

bool all_between(std::string_view text, char low, char high) {
  return std::ranges::all_of(text, [&](char c) { return c >= low && c <= high; });
}

// "en", "en-GB" or "zh-Hant-TW", each in its one spelling.
bool is_language(std::string_view text) {
  const std::size_t first = std::min(text.find('-'), text.size());
  if (first < 2 || first > 3 || !all_between(text.substr(0, first), 'a', 'z')) return false;
  if (first == text.size()) return true;
  text.remove_prefix(first + 1);
  if (text.size() >= 4 && all_between(text.substr(0, 1), 'A', 'Z') &&
      all_between(text.substr(1, 3), 'a', 'z')) {
    text.remove_prefix(4);
    if (text.empty()) return true;
    if (text[0] != '-') return false;
    text.remove_prefix(1);
  }
  return (text.size() == 2 && all_between(text, 'A', 'Z')) ||
         (text.size() == 3 && all_between(text, '0', '9'));
}

// `file` is N/<language>.<style>.md
Result<Rendition> read_rendition(const File& file) {
  std::string_view name = file.path;
  name.remove_prefix(name.find('/') + 1);
  name.remove_suffix(std::string_view(".md").size());
  const std::size_t dot = std::min(name.find('.'), name.size());
  const auto style = parse_style(name.substr(std::min(dot + 1, name.size())));
  if (!style || !is_language(name.substr(0, dot)))
    return fault(file.path, 1,
                 "must be named <language>.<style>.md, such as en-GB.std.md; a style is std, ks1, "
                 "ks2 or easy");
  return parse_rendition(file.bytes, std::string(name.substr(0, dot)), *style, file.path);
}

// Every rule of `all` must stand in `some`.
Status has_rules(const Rendition& some, const File& some_file, const Rendition& all,
                 const File& all_file) {
  for (const Rule& rule : all.rules) {
    if (find_rule(some, rule.id)) continue;
    return fault(some_file.path, 1,
                 "rule [" + rule.id + "] is missing: it stands in " + all_file.path +
                     ", and every text of a version has the same rules");
  }
  return {};
}

Status read_renditions(const std::vector<const File*>& files, PolicyVersion& out) {
  for (const File* file : files) {
    ASSENT_TRY(Rendition rendition, read_rendition(*file));
    out.renditions.push_back(std::move(rendition));
    ASSENT_CHECK(has_rules(out.renditions.back(), *file, out.renditions.front(), *files[0]));
    ASSENT_CHECK(has_rules(out.renditions.front(), *files[0], out.renditions.back(), *file));
  }
  std::ranges::sort(out.renditions, {}, [](const Rendition& rendition) {
    return std::tuple(std::string_view(rendition.language), rendition.style);
  });
  return {};
}

}  // namespace

Result<PolicyVersion> parse_version(PolicyName policy, std::span<const File> files,
                                    std::uint32_t number) {
  ASSENT_CHECK(check_name(policy.value));
  if (number < 1 || number > PolicyLimits::kNumber)
    return fail(Code::Invalid, "a version's number is 1 to 1000000");
  ASSENT_TRY(const Folder folder, sort_files(files, number));
  PolicyVersion out;
  out.policy = std::move(policy);
  out.number = number;
  ASSENT_CHECK(read_policy_toml(folder.policy->bytes, folder.policy->path, out));
  ASSENT_CHECK(read_version_toml(folder.version->bytes, folder.version->path, out));
  ASSENT_CHECK(read_renditions(folder.renditions, out));
  ASSENT_CHECK(check_approved(out));
  std::vector<const File*> all = folder.renditions;
  all.insert(all.end(), {folder.policy, folder.version});
  out.manifest = to_manifest(std::move(all));
  out.manifest_hash = sha256(out.manifest);
  return out;
}

}  // namespace assent
