#include "admin-cli/completion.h"

#include "admin-cli/settings.h"

namespace assent::cli {
namespace {

std::string words_of_group(const Group& group) {
  std::string out;
  for (const Verb& verb : group.verbs) out += (out.empty() ? "" : " ") + std::string(verb.name);
  return out;
}

std::string first_words(const std::vector<Group>& groups) {
  std::string out;
  for (const Group& group : groups) {
    if (!out.empty()) out += " ";
    out += group.name.empty() ? words_of_group(group) : std::string(group.name);
  }
  return out;
}

std::string joined_views(const std::vector<std::string_view>& views) {
  std::string out;
  for (const std::string_view view : views) out += (out.empty() ? "" : " ") + std::string(view);
  return out;
}

// The verb's own options, and what its places take.
std::string words_of_verb(const Verb& verb) {
  std::string out;
  for (const Option& option : verb.options) out += std::string(option.name) + " ";
  for (const Option& option : common_options()) out += std::string(option.name) + " ";
  for (const Argument& argument : verb.arguments)
    if (!argument.choices.empty()) out += joined_views(argument.choices) + " ";
  out.pop_back();
  return out;
}

template <class Each>
void each_verb(const std::vector<Group>& groups, Each each) {
  for (const Group& group : groups)
    for (const Verb& verb : group.verbs)
      each(group, verb,
           group.name.empty() ? std::string(verb.name)
                              : std::string(group.name) + " " + std::string(verb.name));
}

// Bash: one case for the verb so far, one for the option just typed. Files complete elsewhere.
std::string bash(const std::vector<Group>& groups) {
  std::string out =
      "# assentctl completion for bash\n"
      "_assentctl() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
      "  case \"${COMP_WORDS[1]} ${COMP_WORDS[2]} $before\" in\n";
  each_verb(groups, [&](const Group&, const Verb& verb, const std::string& path) {
    for (const Option& option : verb.options)
      if (!option.choices.empty())
        out += "    \"" + path + " \"*\"" + std::string(option.name) +
               "\") COMPREPLY=($(compgen -W \"" + joined_views(option.choices) +
               "\" -- \"$word\")); return ;;\n";
  });
  out += "  esac\n  case \"$COMP_CWORD ${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n";
  out += "    1\\ *) words=\"" + first_words(groups) + "\" ;;\n";
  for (const Group& group : groups)
    if (!group.name.empty())
      out += "    2\\ " + std::string(group.name) + "\\ *) words=\"" + words_of_group(group) +
             "\" ;;\n";
  each_verb(groups, [&](const Group& group, const Verb& verb, const std::string& path) {
    const std::string pattern =
        group.name.empty() ? "*\\ " + path + "\\ *"
                           : "*\\ " + std::string(group.name) + "\\ " + std::string(verb.name);
    out += "    " + pattern + ") words=\"" + words_of_verb(verb) + "\" ;;\n";
  });
  return out +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "}\n"
         "complete -o default -F _assentctl assentctl\n";
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// In a zsh word of _describe, a colon parts the word from its help.
std::string described(std::string_view word, std::string_view help) {
  std::string text(word);
  text += ":";
  for (const char c : help) text += c == ':' ? std::string("\\:") : std::string(1, c);
  return shell_quoted(text);
}

std::string zsh_offers(const Verb& verb) {
  std::string out = "offers=(";
  for (const Option& option : verb.options) out += described(option.name, option.help) + " ";
  for (const Option& option : common_options()) out += described(option.name, option.help) + " ";
  for (const Argument& argument : verb.arguments)
    for (const std::string_view choice : argument.choices)
      out += described(choice, argument.help) + " ";
  return out + ")";
}

std::string zsh_names(const Group& group) {
  std::string out;
  for (const Verb& verb : group.verbs) out += described(verb.name, verb.help) + " ";
  return out;
}

// Zsh: one case for the words so far. Files where nothing else is offered.
std::string zsh(const std::vector<Group>& groups) {
  std::string out =
      "#compdef assentctl\n_assentctl() {\n  local -a offers\n"
      "  case \"$CURRENT $words[2] $words[3]\" in\n    2\\ *) offers=(";
  for (const Group& group : groups)
    out += group.name.empty() ? zsh_names(group) : described(group.name, group.help) + " ";
  out += ") ;;\n";
  for (const Group& group : groups)
    if (!group.name.empty())
      out += "    3\\ " + std::string(group.name) + "\\ *) offers=(" + zsh_names(group) + ") ;;\n";
  each_verb(groups, [&](const Group& group, const Verb& verb, const std::string&) {
    const std::string name(verb.name), noun(group.name);
    out += "    *\\ " + (noun.empty() ? name + "\\ *" : noun + "\\ " + name) + ") " +
           zsh_offers(verb) + " ;;\n";
  });
  return out +
         "  esac\n  _describe assentctl offers || _files\n}\n"
         "compdef _assentctl assentctl\n";
}

std::string fish_option(const std::string& when, const Option& option) {
  std::string out = "complete -c assentctl -n " + shell_quoted(when) + " -l " +
                    std::string(option.name.substr(2)) + " -d " + shell_quoted(option.help);
  if (option.value.empty()) return out + "\n";
  out += option.takes == Takes::Text ? " -x" : " -rF";
  if (!option.choices.empty()) out += " -a " + shell_quoted(joined_views(option.choices));
  return out + "\n";
}

std::string fish(const std::vector<Group>& groups) {
  std::string out = "# assentctl completion for fish\ncomplete -c assentctl -f\n";
  for (const Option& option : common_options()) out += fish_option("true", option);
  for (const Group& group : groups) {
    if (group.name.empty()) continue;
    out += "complete -c assentctl -n __fish_use_subcommand -a " + std::string(group.name) + " -d " +
           shell_quoted(group.help) + "\n";
  }
  each_verb(groups, [&](const Group& group, const Verb& verb, const std::string&) {
    const std::string name(verb.name), noun(group.name);
    const std::string before = noun.empty() ? "__fish_use_subcommand"
                                            : "__fish_seen_subcommand_from " + noun +
                                                  "; and not __fish_seen_subcommand_from " +
                                                  words_of_group(group);
    const std::string inside = noun.empty() ? "__fish_seen_subcommand_from " + name
                                            : "__fish_seen_subcommand_from " + noun +
                                                  "; and __fish_seen_subcommand_from " + name;
    out += "complete -c assentctl -n " + shell_quoted(before) + " -a " + name + " -d " +
           shell_quoted(verb.help) + "\n";
    for (const Option& option : verb.options) out += fish_option(inside, option);
    for (const Argument& argument : verb.arguments) {
      if (!argument.choices.empty())
        out += "complete -c assentctl -n " + shell_quoted(inside) + " -a " +
               shell_quoted(joined_views(argument.choices)) + "\n";
      if (argument.takes != Takes::Text)
        out += "complete -c assentctl -n " + shell_quoted(inside) + " -F\n";
    }
  });
  return out;
}

}  // namespace

std::string completion_for(std::string_view shell, const std::vector<Group>& groups) {
  if (shell == "bash") return bash(groups);
  if (shell == "zsh") return zsh(groups);
  return shell == "fish" ? fish(groups) : "";
}

}  // namespace assent::cli
