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
  std::string language;  // of the document, which may not be the one asked for
  Style style = Style::Std;
  std::vector<Kind> kinds;  // how each part is shown, in the order of what is owed
  std::vector<std::vector<Mark>> marks;
  Document parsed{};      // `document`, read back
  bool has_easy = false;  // asked for in easy read, it would be
};

class Presentations {
 public:
  // `catalogue` is what `owed` points into; another catalogue than last time empties the memory.
  // Old and new texts that are too long together are shown in full, the new ones alone: a version
  // is published only if that fits. Invalid if several policies are too long for one document.
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
