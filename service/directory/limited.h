#pragma once
// A directory that is asked nothing more once something is over: a time, within which many short
// calls may begin, or a reading that nobody waits for any more.

#include <functional>

#include "service/directory/directory.h"

namespace assent::directory {

class Limited final : public Directory {
 public:
  // `of` must outlive it. `is_over` is asked before each call.
  Limited(Directory& of, std::function<bool()> is_over) : of_(of), is_over_(std::move(is_over)) {}

  Result<Page> page(const Search& search, const std::string& cookie) override {
    if (is_over_()) return fail(error_of(kOver, "cannot read below " + search.base));
    return of_.page(search, cookie);
  }
  Answer modify(const std::string& dn, std::span<const Modification> changes) override {
    return is_over_() ? kOver : of_.modify(dn, changes);
  }
  Answer add(const std::string& dn, std::span<const Attribute> attributes) override {
    return is_over_() ? kOver : of_.add(dn, attributes);
  }
  Answer remove(const std::string& dn) override { return is_over_() ? kOver : of_.remove(dn); }
  Answer set_password(const std::string& dn, const std::string& password) override {
    return is_over_() ? kOver : of_.set_password(dn, password);
  }

 private:
  inline static const Answer kOver{kTimedOut, ""};
  Directory& of_;
  const std::function<bool()> is_over_;
};

}  // namespace assent::directory
