#pragma once
// The access points and gateways of all schools, by the name that they give themselves. A name says
// which school is asked about.

#include <map>
#include <string>

#include "service/app/registry.h"
#include "service/domain/radius.h"

namespace assent {

// Fixed once made; any thread.
class NasRegister {
 public:
  struct Registered {
    Nas nas;
    const School* school = nullptr;  // never null
  };

  // `registry` must outlive it. Names are told apart by whoever read them.
  NasRegister(const Registry& registry, const std::map<SchoolName, std::vector<Nas>>& nases) {
    for (const auto& [name, of_school] : nases)
      if (const School* school = registry.school(name))
        for (const Nas& nas : of_school) by_name_[nas.name] = {nas, school};
  }

  const Registered* find(const std::string& name) const {  // nullptr: nobody knows it
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &found->second;
  }
  bool empty() const { return by_name_.empty(); }

 private:
  std::map<std::string, Registered> by_name_;
};

}  // namespace assent
