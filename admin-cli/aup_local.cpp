// What needs no service: checking a policy's folder, and seeing it as a person will.

#include "admin-cli/aup.h"
#include "admin-cli/context.h"
#include "admin-cli/words.h"
#include "core/crypto/crypto.h"
#include "core/presentation/pages.h"

namespace assent::cli {
namespace {

struct Finding {
  std::string policy;
  std::uint32_t version;
  std::string what;
};
struct Checked {
  std::vector<PolicyVersion> fine;
  std::vector<Finding> findings;
};

// The folder itself, or each policy's folder in it.
Result<std::vector<std::string>> policies_in(const std::string& path) {
  ASSENT_TRY(const auto names, list_folder(path));
  if (is_file(path + "/policy.toml")) return std::vector<std::string>{path};
  std::vector<std::string> out;
  for (const std::string& name : names)
    if (is_file(path + "/" + name + "/policy.toml")) out.push_back(path + "/" + name);
  if (out.empty())
    return fail(Code::NotFound, path + ": holds no policy.toml, and no folder in it does");
  return out;
}

Status check_folder(const Given& given, const std::string& path, Checked& checked) {
  ASSENT_TRY(const PolicyFolder folder, read_policy_folder(path));
  auto numbers = versions_in(folder);
  if (given.has("--version") || numbers.empty()) {
    ASSENT_TRY(const std::uint32_t number, version_wanted(given, folder));
    numbers = {number};
  }
  for (const std::uint32_t number : numbers) {
    auto version = parse_version(folder.policy, folder.files, number);
    if (version)
      checked.fine.push_back(*std::move(version));
    else
      checked.findings.push_back(
          {folder.policy.value, number, located(folder, version.error().message)});
  }
  return {};
}

std::vector<std::string> rendition_names(const PolicyVersion& version) {
  std::vector<std::string> out;
  for (const Rendition& rendition : version.renditions)
    out.push_back(rendition.language + "." + std::string(to_text(rendition.style)));
  return out;
}

Value to_value(const Checked& checked) {
  Array fine, findings;
  for (const PolicyVersion& version : checked.fine)
    fine.push_back(Object{{"policy", version.policy.value},
                          {"version", version.number},
                          {"rules", version.renditions.front().rules.size()},
                          {"manifest", to_hex(version.manifest_hash)}});
  for (const Finding& finding : checked.findings)
    findings.push_back(
        Object{{"policy", finding.policy}, {"version", finding.version}, {"what", finding.what}});
  return Object{{"fine", std::move(fine)}, {"findings", std::move(findings)}};
}

Result<Exit> lint(Context& context) {
  Checked checked;
  ASSENT_TRY(const auto paths, policies_in(context.given.text("FOLDER")));
  for (const std::string& path : paths) ASSENT_CHECK(check_folder(context.given, path, checked));
  const Exit exit = checked.findings.empty() ? Exit::Done : Exit::Found;
  if (context.settings.json) {
    context.out.json(to_value(checked));
    return exit;
  }
  for (const PolicyVersion& version : checked.fine)
    context.out.line(version.policy.value + " " + std::to_string(version.number) + ": fine, " +
                     count(version.renditions.front().rules.size(), "rule") + " in " +
                     joined(rendition_names(version)));
  for (const Finding& finding : checked.findings) context.out.line(finding.what);
  return exit;
}

// The whole version as a person who never accepted one is shown it.
Document document_of(const PolicyVersion& version, const Rendition& rendition) {
  DocumentPart part;
  part.policy = version.policy.value;
  part.to = version.number;
  part.mode = version.mode == Mode::Acknowledge ? "acknowledge" : "agree";
  part.manifest = version.manifest_hash;
  part.title = rendition.title;
  part.why = rendition.why;
  part.help = rendition.help;
  part.ask = rendition.ask;
  std::string section;
  for (const Rule& rule : rendition.rules) {
    const bool same = rule.section == section;
    part.rules.push_back(
        {rule.id, DocumentRule::Change::Full, same ? "" : rule.section, "", rule.text});
    section = rule.section;
  }
  return {rendition.language, std::string(to_text(rendition.style)), {std::move(part)}};
}

Result<const Rendition*> rendition_wanted(const Given& given, const PolicyVersion& version) {
  const std::string asked = given.text("--as"), language = given.text("--language");
  ASSENT_TRY(const Style style, parse_style(asked.empty() ? "std" : asked));
  for (const Rendition& rendition : version.renditions)
    if (rendition.style == style && (language.empty() || rendition.language == language))
      return &rendition;
  return fail(Code::NotFound, version.policy.value + " version " + std::to_string(version.number) +
                                  " has no such text; it has " + joined(rendition_names(version)));
}

Result<Exit> preview(Context& context) {
  ASSENT_TRY(const PolicyFolder folder, read_policy_folder(context.given.text("FOLDER")));
  ASSENT_TRY(const std::uint32_t number, version_wanted(context.given, folder));
  const auto version = parse_version(folder.policy, folder.files, number);
  if (!version) return fail(version.error().code, located(folder, version.error().message));
  ASSENT_TRY(const Rendition* rendition, rendition_wanted(context.given, *version));
  const Document document = document_of(*version, *rendition);
  ASSENT_TRY(const std::string canonical, to_canonical(document));
  const PageStyle style =
      context.given.has("--lightdm") ? PageStyle::display_manager() : PageStyle::terminal();
  const auto pages = to_pages(document, {}, style);
  if (context.settings.json) {
    Array texts;
    for (const std::string& page : pages) texts.push_back(page);
    context.out.json(
        Object{{"hash", "sha256:" + to_hex(sha256(canonical))}, {"pages", std::move(texts)}});
    return Exit::Done;
  }
  const std::string ruler = std::string(std::size_t(style.columns), '-') + "\n";
  for (const std::string& page : pages) context.out.say(ruler + page);
  context.out.say(ruler);
  return Exit::Done;
}

}  // namespace

Result<std::uint32_t> version_wanted(const Given& given, const PolicyFolder& folder) {
  const auto numbers = versions_in(folder);
  if (numbers.empty())
    return fail(Code::NotFound, folder.path + ": has no version folder, such as 1/");
  if (!given.has("--version")) return numbers.back();
  ASSENT_TRY(const std::uint64_t wanted, given.number("--version", 1, PolicyLimits::kNumber));
  if (std::find(numbers.begin(), numbers.end(), wanted) == numbers.end())
    return fail(Code::NotFound, folder.path + ": has no version " + std::to_string(wanted));
  return std::uint32_t(wanted);
}

std::string located(const PolicyFolder& folder, const std::string& message) {
  const std::size_t colon = message.find(':');  // "2/version.toml:3: what"
  const bool has_place = colon != message.npos && colon + 1 < message.size() &&
                         message[colon + 1] >= '0' && message[colon + 1] <= '9' &&
                         message.find(' ') > colon;
  return folder.path + (has_place ? "/" : ": ") + message;
}

std::vector<Verb> local_aup_verbs() {
  const std::vector<std::string_view> styles{"std", "ks1", "ks2", "easy"};
  const Option version{"--version", "N", "which version folder"};
  return {{"lint",
           "check a policy's folder, or every policy's in it; needs no service",
           "assentctl aup lint content/aup",
           {{"FOLDER", "a policy's folder, or one that holds several", Takes::Folder}},
           {version},
           lint},
          {"preview",
           "see a policy as a person will; needs no service",
           "assentctl aup preview content/aup/student --as ks2 --terminal",
           {{"FOLDER", "the policy's folder", Takes::Folder}},
           {{"--as", "STYLE", "for which readers", Takes::Text, false, false, styles},
            {"--language", "LANGUAGE", "such as en-GB"},
            {"--terminal", "", "as on a text console (the usual)"},
            {"--lightdm", "", "as in a display manager's small box"},
            version},
           preview}};
}

}  // namespace assent::cli
