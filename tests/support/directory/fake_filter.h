#pragma once
// Evaluates a search filter (RFC 4515) over an entry, for the fake directory: and, or, not, equals,
// presence, at least a number, and Active Directory's rule for groups in a chain. Not approximate
// matches, nor the order of texts.

#include <functional>
#include <string>

#include "service/directory/directory.h"

namespace assent::support {

class FakeFilter {
 public:
  // `in_chain(member, group)`: true if one DN is in the other's group, however deep.
  using InChain = std::function<bool(const std::string& member, const std::string& group)>;
  FakeFilter(std::string text, InChain in_chain);

  bool is_well_formed() const { return good_; }
  bool matches(const directory::Entry& entry) const;

 private:
  bool filter(std::size_t& at, const directory::Entry* entry) const;
  bool list(std::size_t& at, const directory::Entry* entry, char operation) const;
  bool item(std::size_t& at, const directory::Entry* entry) const;

  std::string text_;
  InChain in_chain_;
  mutable bool good_ = true;
};

}  // namespace assent::support
