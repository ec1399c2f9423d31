#include "service/app/presentations.h"

#include "core/crypto/crypto.h"

namespace assent {
namespace {

std::string key_of(const std::vector<Owed>& owed, const std::string& language, Style style,
                   const std::string& school_language, bool full) {
  std::string key =
      language + " " + std::string(to_text(style)) + " " + school_language + (full ? " full" : "");
  for (const Owed& item : owed)
    key += " " + std::to_string(item.policy->key) + ":" + std::to_string(item.from) + ":" +
           std::to_string(item.to->number()) + ":" + std::string(to_text(item.mode));
  return key;
}

// As the document of all: it goes by its first part.
bool is_in_easy_read(const std::vector<Owed>& owed, const std::string& language,
                     const std::string& school_language) {
  return !owed.empty() &&
         choose_rendition(*owed.front().to->text, language, Style::Easy, school_language).style ==
             Style::Easy;
}

}  // namespace

Result<std::shared_ptr<const Rendered>> Presentations::render(
    const std::shared_ptr<const Catalogue>& catalogue, const std::vector<Owed>& owed,
    const std::string& language, Style style, const std::string& school_language, bool full) {
  const std::string key = key_of(owed, language, style, school_language, full);
  {
    std::lock_guard lock{mutex_};
    if (catalogue_ != catalogue || rendered_.size() >= kMax) rendered_.clear();
    catalogue_ = catalogue;
    const auto found = rendered_.find(key);
    if (found != rendered_.end()) return found->second;
  }
  Presentation presentation = present(owed, language, style, school_language, full);
  auto document = to_canonical(presentation.document);
  if (!document && !full) {
    presentation = present(owed, language, style, school_language, true);
    document = to_canonical(presentation.document);
  }
  if (!document) return fail(document.error());
  auto made = std::make_shared<Rendered>();
  made->hash = sha256(*document);
  made->document = *std::move(document);
  ASSENT_TRY(made->parsed, parse_document(made->document));
  made->language = presentation.document.language;
  ASSENT_TRY(made->style, parse_style(presentation.document.style));
  made->has_easy = is_in_easy_read(owed, language, school_language);
  for (const DocumentPart& part : presentation.document.parts) made->kinds.push_back(part.kind);
  made->marks = std::move(presentation.marks);
  std::lock_guard lock{mutex_};
  if (catalogue_ == catalogue) rendered_[key] = made;
  return std::shared_ptr<const Rendered>{std::move(made)};
}

}  // namespace assent
