// Policies at the service: publish, list, show, diff, retire. aup_local.cpp has what needs none.

#include "admin-cli/aup.h"

#include "admin-cli/context.h"
#include "admin-cli/files.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::uint64_t kMaxNumber = PolicyLimits::kNumber;

std::string policy_path(const std::string& policy) {
  return "/v1/policies/" + percent_encoded(policy);
}

// policy.toml and the one version's files, as the service wants them.
Array upload(const PolicyFolder& folder, std::uint32_t number) {
  const std::string prefix = std::to_string(number) + "/";
  Array files;
  for (const File& file : folder.files)
    if (file.path == "policy.toml" || file.path.starts_with(prefix))
      files.push_back(Object{{"path", file.path}, {"text", file.bytes}});
  return files;
}

std::string rules_changed(const Value& changes) {
  const auto amount = [&](std::string_view key) {
    return std::to_string(list_at(changes, key).size()) + " " + std::string(key);
  };
  return amount("added") + ", " + amount("changed") + ", " + amount("removed");
}

void say_publication(Context& context, const PolicyFolder& folder, const Value& made) {
  const std::string number = shown_at(made, "number");
  const Value* changes = made.find("changes");
  const Value none;
  const Value& by_kind = changes ? *changes : none;
  const bool dry = context.settings.dry_run;
  context.out.say(text_at(made, "policy") + " version " + number + ": " +
                  count(number_at(made, "rules"), "rule") + " (" + rules_changed(by_kind) +
                  "); mode " + text_at(made, "mode") + "\n" +
                  field("added", joined(texts_at(by_kind, "added"))) +
                  field("changed", joined(texts_at(by_kind, "changed"))) +
                  field("removed", joined(texts_at(by_kind, "removed"))) +
                  field("effective", show_time(text_at(made, "effective"))) +
                  field("enforced", show_time(text_at(made, "enforced"))) +
                  field("texts", joined(texts_at(made, "renditions"))) +
                  field("will be asked", grouped(number_at(made, "asked"))) +
                  (dry ? "" : field("entry", shown_at(made, "index"))) +
                  field("manifest", text_at(made, "manifest")));
  if (dry) {
    context.out.line("Nothing was published. To go on:  assentctl aup publish " +
                     shell_word(folder.path) + " --version " + number);
    return;
  }
  context.out.line(
      "Published. A version never changes: to correct it, publish the next one. To "
      "ask nobody any more:\n  assentctl aup retire " +
      text_at(made, "policy") + " --reason WHY");
}

Result<Exit> publish(Context& context) {
  ASSENT_TRY(const PolicyFolder folder, read_policy_folder(context.given.text("FOLDER")));
  ASSENT_TRY(const std::uint32_t number, version_wanted(context.given, folder));
  if (const auto version = parse_version(folder.policy, folder.files, number); !version)
    return fail(version.error().code == Code::NotFound ? Code::NotFound : Code::Denied,
                located(folder, version.error().message));
  ASSENT_TRY(const Value made,
             context.service.post(policy_path(folder.policy.value) + "/versions",
                                  {{"number", number}, {"files", upload(folder, number)}}));
  if (context.settings.json)
    context.out.json(made);
  else
    say_publication(context, folder, made);
  return Exit::Done;
}

Result<Exit> list(Context& context) {
  ASSENT_TRY(const Value said, context.service.get("/v1/policies"));
  if (context.settings.json) {
    context.out.json(said);
    return Exit::Done;
  }
  Table table({"POLICY", "VERSION", "MODE", "EFFECTIVE", "ENFORCED", "NEXT REVIEW", "ENFORCEMENT",
               "TEXTS"});
  for (const Value& policy : list_at(said, "policies")) {
    const std::string current = shown_at(policy, "version"), newest = shown_at(policy, "newest");
    table.add({text_at(policy, "policy"),
               flag_at(policy, "retired") ? "retired"
               : current == newest        ? current
                                          : current + " (" + newest + " to come)",
               text_at(policy, "mode"), show_time(text_at(policy, "effective")),
               show_time(text_at(policy, "enforced")), text_at(policy, "next_review"),
               text_at(policy, "enforcement"), joined(texts_at(policy, "renditions"))});
  }
  context.out.say(table.empty() ? "No policy is published: assentctl aup publish FOLDER\n"
                                : table.text());
  return Exit::Done;
}

Result<std::string> newest_number(Context& context, const std::string& policy) {
  ASSENT_TRY(const Value said, context.service.get("/v1/policies"));
  for (const Value& each : list_at(said, "policies"))
    if (text_at(each, "policy") == policy) return shown_at(each, "newest");
  return fail(Code::NotFound, "no policy is called " + policy);
}

// The rendition asked for, else the first one in style std, else the first.
const Value* choose(const Array& renditions, const std::string& style) {
  const Value* chosen = nullptr;
  for (const Value& rendition : renditions) {
    const std::string its = text_at(rendition, "style");
    if (!style.empty() ? its == style : !chosen || (its == "std" && !style_is_std(*chosen)))
      chosen = &rendition;
  }
  return chosen;
}

std::string metadata(const Value& version) {
  std::string out = text_at(version, "title") + ": " + text_at(version, "policy") + " version " +
                    shown_at(version, "number") + ", mode " + text_at(version, "mode") + "\n" +
                    field("effective", show_time(text_at(version, "effective"))) +
                    field("enforced", show_time(text_at(version, "enforced"))) +
                    field("audience", text_at(version, "audience")) +
                    field("owner", text_at(version, "owner")) +
                    field("adopted", text_at(version, "adopted")) +
                    field("next review", text_at(version, "next_review"));
  for (const Value& approval : list_at(version, "approvals"))
    out += field("approved", text_at(approval, "on") + " for " + text_at(approval, "body") +
                                 " by " + text_at(approval, "by"));
  return out + field("entry", shown_at(version, "index")) +
         field("manifest", text_at(version, "manifest"));
}

std::string rules_of(const Value& rendition) {
  std::string out = "\n" + text_at(rendition, "title") + " (" + text_at(rendition, "language") +
                    "." + text_at(rendition, "style") + ")\n";
  std::string section;
  for (const Value& rule : list_at(rendition, "rules")) {
    const std::string its = text_at(rule, "section");
    if (its != section && !its.empty()) out += "\n " + its + "\n";
    section = its;
    out += paragraph("", "[" + text_at(rule, "id") + "] " + text_at(rule, "text"), 3);
  }
  for (const char* note : {"why", "help", "ask"})
    if (!text_at(rendition, note).empty())
      out += "\n" + paragraph(note, text_at(rendition, note), 6);
  return out;
}

Result<Exit> show(Context& context) {
  const std::string policy = context.given.text("POLICY");
  std::string number = context.given.text("VERSION");
  if (number.empty()) {
    ASSENT_TRY(number, newest_number(context, policy));
  } else {
    ASSENT_CHECK(context.given.number("VERSION", 1, kMaxNumber));
  }
  ASSENT_TRY(const Value version, context.service.get(policy_path(policy) + "/versions/" + number));
  if (context.settings.json) {
    context.out.json(version);
    return Exit::Done;
  }
  const Array& renditions = list_at(version, "renditions");
  const Value* chosen = choose(renditions, context.given.text("--style"));
  if (!chosen)
    return fail(Code::NotFound,
                "this version has no text in style " + context.given.text("--style"));
  context.out.say(metadata(version) + rules_of(*chosen));
  return Exit::Done;
}

Result<Exit> diff(Context& context) {
  for (const char* end : {"--from", "--to"}) ASSENT_CHECK(context.given.number(end, 1, kMaxNumber));
  Query query{{"from", context.given.text("--from")}, {"to", context.given.text("--to")}};
  for (const char* which : {"style", "language"})
    if (const std::string given = context.given.text("--" + std::string(which)); !given.empty())
      query.emplace_back(which, given);
  ASSENT_TRY(const Value said,
             context.service.get(policy_path(context.given.text("POLICY")) + "/diff", query));
  if (context.settings.json)
    context.out.json(said);
  else
    context.out.say(diff_text(said));
  return Exit::Done;
}

Result<Exit> retire(Context& context) {
  const std::string policy = context.given.text("POLICY");
  ASSENT_TRY(const Value said, context.service.post(policy_path(policy) + "/retire",
                                                    {{"reason", context.given.text("--reason")}}));
  if (context.settings.json)
    context.out.json(said);
  else if (context.settings.dry_run)
    context.out.line("Nothing was changed. " + policy +
                     " would be retired: nobody is asked any more, what was signed stays.");
  else
    context.out.line(policy +
                     " is retired: nobody is asked any more, what was signed stays.\n"
                     "Its name is used up. To ask for it again, publish it under another name.");
  return Exit::Done;
}

}  // namespace

Group aup_group() {
  const std::vector<std::string_view> styles{"std", "ks1", "ks2", "easy"};
  const Argument policy{"POLICY", "the policy's id, such as student"};
  const Argument folder{"FOLDER", "the policy's folder, such as content/aup/student",
                        Takes::Folder};
  const Option version{"--version", "N", "which version folder; the highest when left out"};
  Group group{"aup",
              "acceptable use policies: publish, compare, check",
              {{"publish",
                "publish a version of a policy",
                "assentctl aup publish content/aup/student",
                {folder},
                {version},
                publish},
               {"list",
                "every policy, its version, dates and enforcement",
                "assentctl aup list",
                {},
                {},
                list},
               {"show",
                "the text of a version, the newest when left out",
                "assentctl aup show student 2",
                {policy, {"VERSION", "its number", Takes::Text, true}},
                {{"--style", "STYLE", "which reading band", Takes::Text, false, false, styles}},
                show},
               {"diff",
                "what changed between two versions, word by word",
                "assentctl aup diff student --from 1 --to 2 --style ks2",
                {policy},
                {{"--from", "N", "the older version", Takes::Text, true},
                 {"--to", "N", "the newer version", Takes::Text, true},
                 {"--style", "STYLE", "which reading band", Takes::Text, false, false, styles},
                 {"--language", "LANGUAGE", "which language, such as en-GB"}},
                diff},
               {"retire",
                "ask nobody for a policy any more",
                "assentctl aup retire community --reason 'replaced by the visitor policy'",
                {policy},
                {{"--reason", "WHY", "goes into the log", Takes::Text, true}},
                retire}}};
  for (Verb& verb : local_aup_verbs()) group.verbs.push_back(std::move(verb));
  return group;
}

}  // namespace assent::cli
