#pragma once
// Where a device keeps its key and what enrolment said. Only the account that serves may read it.

#include <string>

#include "core/base/result.h"

namespace assent::device {

// One thread at a time. Names are plain, such as "device.key".
class StateFolder {
 public:
  virtual ~StateFolder() = default;
  // Makes it, where it is not there yet.
  virtual Status prepare() = 0;
  // NotFound; Denied where somebody else could read it.
  virtual Result<std::string> read(const std::string& name) const = 0;
  // Both are on the disk when they return. create(): Conflict if it is there.
  virtual Status create(const std::string& name, const std::string& text) = 0;
  virtual Status replace(const std::string& name, const std::string& text) = 0;
};

}  // namespace assent::device
