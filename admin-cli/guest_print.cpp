// New secrets for guests who are there, all on one sheet.

#include <algorithm>

#include "admin-cli/guest.h"
#include "admin-cli/guest_slips.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

// Everybody who has new secrets, and what stopped it before the last of them.
struct Renewed {
  Array guests;
  Status stopped;
};

Renewed renew(Context& context) {
  Renewed out;
  for (const std::string& who : context.given.texts("GUEST")) {
    const auto guest =
        context.service.post("/v1/guests/" + percent_encoded(who) + "/secret", Object{});
    if (!guest) {
      out.stopped = fail(guest.error());
      return out;
    }
    // Somebody who was named twice: what they got first has ended already.
    std::erase_if(out.guests, [&](const Value& other) {
      return text_at(other, "guest") == text_at(*guest, "guest");
    });
    out.guests.push_back(*guest);
  }
  return out;
}

Result<Exit> print(Context& context) {
  ASSENT_TRY(const SlipFiles files, SlipFiles::prepare(context));
  const Renewed renewed = renew(context);
  if (context.settings.dry_run) {
    ASSENT_CHECK(renewed.stopped);
    context.out.line("Nothing was changed. It would be " + count(renewed.guests.size(), "slip") +
                     " with new words, and the older words would end.");
    return Exit::Done;
  }
  if (!renewed.guests.empty()) ASSENT_CHECK(files.write(context, renewed.guests));
  if (!renewed.stopped && !renewed.guests.empty())
    return fail(renewed.stopped.error().code, renewed.stopped.error().message +
                                                  "\nThe slips are of those who were named before; "
                                                  "the words of the others have not changed.");
  ASSENT_CHECK(renewed.stopped);
  if (context.settings.json)
    context.out.json(without_secrets(Object{{"guests", renewed.guests}}));
  else
    context.out.line("The words and codes that these guests had before have ended.");
  return Exit::Done;
}

}  // namespace

Verb guest_print_verb() {
  return {"print",
          "slips for guests who are there, with new words; the older ones end",
          "assentctl guest print v-maple-042 v-cedar-007 --slips slips.pdf",
          {{"GUEST", "accounts, names or ids", Takes::Text, false, {}, true}},
          {slips_option(true), csv_option()},
          print};
}

}  // namespace assent::cli
