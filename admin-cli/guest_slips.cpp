#include "admin-cli/guest_slips.h"

#include "admin-cli/csv.h"
#include "admin-cli/files.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"
#include "core/slip/slip.h"

namespace assent::cli {
namespace {

constexpr std::string_view kPassphrase = "passphrase", kVoucher = "voucher";

Slip slip_of(const Value& guest) {
  const Value* host = guest.find("host");
  return {
      text_at(guest, "name"),        text_at(guest, "kind"),    host ? text_at(*host, "name") : "",
      text_at(guest, "until_local"), text_at(guest, "account"), text_at(guest, kPassphrase),
      text_at(guest, kVoucher)};
}

SlipPlace place_of(const Value& said) {
  return {text_at(said, "school"), text_at(said, "wifi"), text_at(said, "portal"),
          text_at(said, "help")};
}

std::vector<Slip> slips_of(const Array& guests) {
  std::vector<Slip> out;
  for (const Value& guest : guests) out.push_back(slip_of(guest));
  return out;
}

std::string merge_list(const SlipPlace& place, const std::vector<Slip>& slips) {
  std::string out = "name,kind,account,passphrase,voucher,until,host,school,wifi,portal\r\n";
  for (const Slip& slip : slips) {
    const std::string_view cells[] = {slip.name,    slip.kind,   slip.account, slip.passphrase,
                                      slip.voucher, slip.until,  slip.host,    place.school,
                                      place.wifi,   place.portal};
    for (const std::string_view& cell : cells)
      out += (&cell == cells ? "" : ",") + spreadsheet_cell(cell);
    out += "\r\n";
  }
  return out;
}

// They have accounts whose words nobody knows now.
Error lost(const Error& error, const Array& guests) {
  std::string who;
  for (const Value& guest : guests) who += " " + shell_word(text_at(guest, "account"));
  return {error.code, "the accounts are there, but not their slips: " + error.message +
                          "\nFor new words:  assentctl guest print" + who + " --slips FILE"};
}

Status check_slips_name(const std::string& path) {
  if (!path.ends_with(".pdf") && !path.ends_with(".html"))
    return fail(Code::Invalid, path + ": slips are a .pdf or an .html file: end its name so");
  return check_new_file(path);
}

}  // namespace

Option slips_option(bool required) {
  return {"--slips", "FILE", "a new .pdf or .html file to print; then no secret is shown here",
          Takes::File, required};
}

Option csv_option() {
  return {"--csv", "FILE", "a new file for a mail merge, likewise", Takes::File};
}

Result<SlipFiles> SlipFiles::prepare(Context& context) {
  SlipFiles out(context.given.text("--slips"), context.given.text("--csv"), {});
  if (!out.slips_.empty()) ASSENT_CHECK(check_slips_name(out.slips_));
  if (!out.csv_.empty()) ASSENT_CHECK(check_new_file(out.csv_));
  if (out.wanted()) {
    ASSENT_TRY(out.place_, context.service.get("/v1/guests/slip"));
  }
  return out;
}

Status SlipFiles::write(Context& context, const Array& guests) const {
  Status done = slips_.empty() ? Status{} : write_slips(context, guests);
  if (done && !csv_.empty())
    done = write_new_file(csv_, merge_list(place_of(place_), slips_of(guests)));
  if (!done) return fail(lost(done.error(), guests));
  if (context.settings.json) return {};
  const std::string what = count(guests.size(), slips_.empty() ? "guest" : "slip");
  const std::string where = slips_.empty() ? csv_ : slips_ + (csv_.empty() ? "" : " and " + csv_);
  context.out.line(what + " in " + where + ", which only you may read: delete it once it is used.");
  return {};
}

Status SlipFiles::write_slips(Context& context, const Array& guests) const {
  const SlipPlace place = place_of(place_);
  const std::vector<Slip> slips = slips_of(guests);
  if (slips_.ends_with(".html")) {
    ASSENT_TRY(const std::string page, slips_as_html(place, slips));
    return write_new_file(slips_, page);
  }
  ASSENT_TRY(const SlipPdf pdf, slips_as_pdf(place, slips, context.world.now()));
  for (const std::string& name : pdf.without_letters)
    context.out.warn("No font here has every letter of \"" + name +
                     "\": install one, such as fonts-noto-cjk, or print an .html file");
  return write_new_file(slips_, pdf.bytes);
}

Value without_secrets(const Value& answer) {
  if (const Array* items = answer.array()) {
    Array out;
    for (const Value& item : *items) out.push_back(without_secrets(item));
    return out;
  }
  if (!answer.object()) return answer;
  Object out;
  for (const auto& [name, value] : *answer.object())
    if (name != kPassphrase && name != kVoucher) out.emplace_back(name, without_secrets(value));
  return out;
}

}  // namespace assent::cli
