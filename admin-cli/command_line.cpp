#include "admin-cli/command_line.h"

#include <CLI/CLI.hpp>

#include "admin-cli/settings.h"
#include "admin-cli/suggest.h"

namespace assent::cli {
namespace {

constexpr const char* kVersion = "assentctl 0.1.0";
constexpr const char* kAbout = "Asks and tells the Assent service, for those who run it.";
constexpr const char* kMore = "For --json, --dry-run, --school and the rest: assentctl --help";
constexpr const char* kFooter =
    "Every verb has an example: assentctl VERB --help. Every verb takes the options above.\n"
    "Exit status: 0 done, 1 found something, 2 usage, 3 refused by a rule, 4 waits for a second\n"
    "person, 5 not reachable, 6 no such person, policy or version.";

using Store = std::map<const Verb*, Given>;

// "which reading band: std, ks1, ks2 or easy (needed)".
std::string help_of(std::string_view help, const std::vector<std::string_view>& choices,
                    bool needed) {
  std::string out(help);
  for (std::size_t i = 0; i < choices.size(); ++i)
    out += (i == 0 ? ": " : i + 1 == choices.size() ? " or " : ", ") + std::string(choices[i]);
  return out + (needed ? " (needed)" : "");
}

void add_option(CLI::App& app, const Option& option, Given& given) {
  const std::string name(option.name);
  const std::string help = help_of(option.help, option.choices, option.required);
  if (option.value.empty()) {
    app.add_flag_callback(
        name, [&given, name] { given.add(name, ""); }, help);
    return;
  }
  CLI::Option* made = app.add_option_function<std::vector<std::string>>(
      name,
      [&given, name](const std::vector<std::string>& values) {
        for (const std::string& value : values) given.add(name, value);
      },
      help);
  made->option_text(std::string(option.value))->allow_extra_args(false);
  if (option.many)
    made->take_all();
  else
    made->expected(1);
  made->required(option.required);
  if (!option.choices.empty())
    made->check(
        CLI::IsMember(std::vector<std::string>(option.choices.begin(), option.choices.end())));
}

void add_argument(CLI::App& app, const Argument& argument, Given& given) {
  const std::string name(argument.name);
  const std::string help = help_of(argument.help, argument.choices, false);
  const auto add = [&given, name](const std::string& value) { given.add(name, value); };
  const auto add_all = [add](const std::vector<std::string>& values) {
    for (const std::string& value : values) add(value);
  };
  CLI::Option* made = argument.many
                          ? app.add_option_function<std::vector<std::string>>(name, add_all, help)
                          : app.add_option_function<std::string>(name, add, help);
  made->option_text(" ")->required(!argument.optional);
  if (!argument.choices.empty())
    made->check(
        CLI::IsMember(std::vector<std::string>(argument.choices.begin(), argument.choices.end())));
}

void add_verb(CLI::App& parent, const Verb& verb, Given& given) {
  CLI::App* app = parent.add_subcommand(std::string(verb.name), std::string(verb.help));
  app->fallthrough();
  app->footer(kMore + std::string("\n\nExample:\n  ") + std::string(verb.example));
  for (const Argument& argument : verb.arguments) add_argument(*app, argument, given);
  for (const Option& option : verb.options) add_option(*app, option, given);
}

const Option* find_option(const std::vector<Option>& options, std::string_view name) {
  for (const Option& option : options)
    if (option.name == name) return &option;
  return nullptr;
}

// Looks for names that no table has, before CLI11 does, to say which was probably meant.
class NameCheck {
 public:
  NameCheck(const std::vector<std::string>& words, const std::vector<Group>& groups)
      : words_(words), groups_(groups) {}

  // What is wrong, or nothing.
  std::string fault() {
    for (at_ = 0; at_ < words_.size() && words_[at_] != "--"; ++at_) {
      const std::string& word = words_[at_];
      const std::string what = word.starts_with("--") ? option(word) : verb_ ? "" : name(word);
      if (!what.empty()) return what;
    }
    return "";
  }
  const Verb* verb() const { return verb_; }

 private:
  std::string option(const std::string& word) {
    const std::string name = word.substr(0, word.find('='));
    const Option* known = find_option(common_options(), name);
    if (!known && verb_) known = find_option(verb_->options, name);
    if (!known && name != "--help" && name != "--version")
      return "There is no option " + name + "." + did_you_mean(name, option_names());
    if (known && !known->value.empty() && name == word) ++at_;  // its value is no name
    return "";
  }
  std::string name(const std::string& word) {
    if (word.starts_with("-")) return "";
    for (const Group& group : groups_) {
      if (!group_ && group.name == word) {
        group_ = &group;
        return "";
      }
      if (group_ ? group_ == &group : group.name.empty())
        for (const Verb& verb : group.verbs)
          if (verb.name == word) verb_ = &verb;
    }
    if (verb_) return "";
    const std::string what = group_ ? std::string(group_->name) + " " + word : word;
    return "There is no verb \"" + what + "\"." + did_you_mean(word, verb_names()) +
           "\nSee assentctl " + (group_ ? std::string(group_->name) + " " : "") + "--help";
  }
  std::vector<std::string> option_names() const {
    std::vector<std::string> names;
    for (const Option& each : common_options()) names.emplace_back(each.name);
    if (verb_)
      for (const Option& each : verb_->options) names.emplace_back(each.name);
    return names;
  }
  std::vector<std::string> verb_names() const {
    std::vector<std::string> names;
    for (const Group& group : groups_) {
      if (!group_ && !group.name.empty()) names.emplace_back(group.name);
      if (group_ ? group_ == &group : group.name.empty())
        for (const Verb& verb : group.verbs) names.emplace_back(verb.name);
    }
    return names;
  }

  const std::vector<std::string>& words_;
  const std::vector<Group>& groups_;
  std::size_t at_ = 0;
  const Group* group_ = nullptr;
  const Verb* verb_ = nullptr;
};

std::string usage_text(const std::string& what, const Verb* verb) {
  return what + (verb ? "\nExample:  " + std::string(verb->example) : "");
}

// Everything that CLI11 builds and finds for one command line.
class Parser {
 public:
  explicit Parser(const std::vector<Group>& groups) {
    app_.set_version_flag("--version", kVersion);
    app_.footer(kFooter);
    app_.require_subcommand(1, 1);
    for (const Option& option : common_options()) add_option(app_, option, common_);
    for (const Group& group : groups) {
      CLI::App* parent = &app_;
      if (!group.name.empty()) {
        parent = app_.add_subcommand(std::string(group.name), std::string(group.help));
        parent->require_subcommand(1, 1)->fallthrough()->footer(kMore);
      }
      for (const Verb& verb : group.verbs) add_verb(*parent, verb, given_[&verb]);
    }
  }

  CommandLine parse(std::vector<std::string> words, const Verb* verb) {
    CommandLine out;
    std::reverse(words.begin(), words.end());  // as CLI11 wants them
    try {
      app_.parse(words);
    } catch (const CLI::ParseError& error) {
      return {
          nullptr, {}, said(error, verb), error.get_exit_code() == 0 ? Exit::Done : Exit::Usage};
    }
    out.verb = verb;
    out.given = std::move(given_[verb]);
    for (const Option& option : common_options())
      for (const std::string& value : common_.texts(option.name)) out.given.add(option.name, value);
    return out;
  }

 private:
  std::string said(const CLI::ParseError& error, const Verb* verb) {
    if (error.get_exit_code() != 0) return usage_text(error.what(), verb);
    std::ostringstream out;
    app_.exit(error, out, out);
    return out.str();
  }

  CLI::App app_{kAbout, "assentctl"};
  Given common_;
  Store given_;
};

}  // namespace

CommandLine parse_command_line(std::vector<std::string> words, const std::vector<Group>& groups) {
  if (words.empty()) words = {"--help"};
  if (words.front() == "help") {  // "help people import" for those who try that first
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  NameCheck names(words, groups);
  if (std::string fault = names.fault(); !fault.empty())
    return {nullptr, {}, usage_text(fault, names.verb()), Exit::Usage};
  return Parser(groups).parse(std::move(words), names.verb());
}

}  // namespace assent::cli
