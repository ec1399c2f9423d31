#pragma once
// A directory that is asked nothing more once its time is over: many short calls together keep one
// deadline, within which the last of them may begin.

#include "core/base/time.h"
#include "service/directory/directory.h"

namespace assent::directory {

class TimeLimited final : public Directory {
 public:
  using NowFunction = std::chrono::steady_clock::time_point (*)();
  // `of` must outlive it.
  TimeLimited(Directory& of, milliseconds limit, NowFunction now = std::chrono::steady_clock::now)
      : of_(of), now_(now), end_(now() + limit) {}

  Result<Page> page(const Search& search, const std::string& cookie) override {
    if (is_over()) return fail(error_of(kOver, "cannot read below " + search.base));
    return of_.page(search, cookie);
  }
  Answer modify(const std::string& dn, std::span<const Modification> changes) override {
    return is_over() ? kOver : of_.modify(dn, changes);
  }
  Answer add(const std::string& dn, std::span<const Attribute> attributes) override {
    return is_over() ? kOver : of_.add(dn, attributes);
  }
  Answer remove(const std::string& dn) override { return is_over() ? kOver : of_.remove(dn); }
  Answer set_password(const std::string& dn, const std::string& password) override {
    return is_over() ? kOver : of_.set_password(dn, password);
  }

 private:
  bool is_over() const { return now_() >= end_; }

  inline static const Answer kOver{kTimedOut, ""};
  Directory& of_;
  const NowFunction now_;
  const std::chrono::steady_clock::time_point end_;
};

}  // namespace assent::directory
