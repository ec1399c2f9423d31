#pragma once
// Renders what is owed into a canonical document, once for everybody who owes the same: a whole
// year group at nine o'clock shares one. Any thread.

#include <map>
#include <memory>
#include <mutex>

#include "service/domain/amendment.h"

namespace assent {

struct Rendered {
  std::string document;  // canonical
  Digest hash{};
  std::vector<std::vector<Mark>> marks;
};

class Presentations {
 public:
  // `catalogue` is what `owed` points into; another catalogue than last time empties the memory.
  Result<std::shared_ptr<const Rendered>> render(const std::shared_ptr<const Catalogue>& catalogue,
                                                 const std::vector<Owed>& owed,
                                                 const std::string& language, Style style,
                                                 const std::string& school_language, bool full);

 private:
  static constexpr std::size_t kMax = 512;  // distinct documents kept

  std::mutex mutex_;
  std::shared_ptr<const Catalogue> catalogue_;
  std::map<std::string, std::shared_ptr<const Rendered>> rendered_;
};

}  // namespace assent
