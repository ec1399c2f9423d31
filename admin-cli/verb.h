#pragma once
// What a verb is: a row of a table. The command line, the help, the completions and the tests are
// all made from these rows; none of them knows a verb by name.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "admin-cli/exit_code.h"

namespace assent::cli {

struct Context;

enum class Takes : std::uint8_t { Text, File, Folder };  // what a shell completes

struct Argument {  // by its place
  std::string_view name;
  std::string_view help;
  Takes takes = Takes::Text;
  bool optional = false;
  std::vector<std::string_view> choices = {};  // empty: anything
  bool many = false;                           // one or more; the last argument only
};

struct Option {
  std::string_view name;   // "--policy"
  std::string_view value;  // "POLICY"; empty: a flag
  std::string_view help;
  Takes takes = Takes::Text;
  bool required = false;
  bool many = false;                           // may be given more than once
  std::vector<std::string_view> choices = {};  // empty: anything
};

struct Verb {
  std::string_view name;
  std::string_view help;
  std::string_view example;  // a whole command line that parses
  std::vector<Argument> arguments;
  std::vector<Option> options;
  Result<Exit> (*run)(Context&);
};

struct Group {            // a noun; the group without a name holds the verbs that have none
  std::string_view name;  // "people"
  std::string_view help;
  std::vector<Verb> verbs;
};

// What was given on the command line, by the names of the tables.
class Given {
 public:
  bool has(std::string_view name) const { return values_.find(name) != values_.end(); }
  // Empty when not given.
  std::string text(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() || found->second.empty() ? "" : found->second.back();
  }
  std::vector<std::string> texts(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
  }
  // Invalid unless it is a whole number from `min` to `max`.
  Result<std::uint64_t> number(std::string_view name, std::uint64_t min, std::uint64_t max) const;
  void add(std::string_view name, std::string value) {
    values_[std::string(name)].push_back(std::move(value));
  }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace assent::cli
