// Receipts: fetching one, and checking one without anybody's server.

#include "admin-cli/context.h"
#include "admin-cli/files.h"
#include "admin-cli/keys.h"
#include "admin-cli/receipt_file.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr std::uint64_t kMaxIndex = kMaxLogSize - 1;

// Who acted for the subject, how, and what they noted.
std::string actor(const Value& record) {
  const Value* by = record.find("by");
  if (!by) return "";
  const std::string login = text_at(*by, "login"), how = text_at(*by, "how");
  const std::string note = text_at(*by, "note");
  return (login.empty() ? text_at(*by, "id") : login) + (how.empty() ? "" : ", " + how) +
         (note.empty() ? "" : ": " + note);
}

std::string record_fields(const Value& record) {
  const std::string when = text_at(record, "t");
  const Value* shown = record.find("shown");
  const std::string text = shown ? text_at(*shown, "hash") + " (" + text_at(*shown, "lang") + "." +
                                       text_at(*shown, "style") + ")"
                                 : "";
  return field("when", when.empty() ? "" : show_time(when) + ", by the service's clock") +
         field("school", text_at(record, "school")) + field("what", summary(record)) +
         field("belongs to", record.find("of") ? "entry " + shown_at(record, "of") : "") +
         field("shown", text) + field("channel", text_at(record, "channel")) +
         field("room", text_at(record, "room")) + field("acted", actor(record));
}

Result<Exit> show(Context& context) {
  ASSENT_TRY(const auto index, context.given.number("INDEX", 0, kMaxIndex));
  ASSENT_TRY(const Value said, context.service.get("/v1/receipts/" + std::to_string(index)));
  const auto receipt = parse_receipt_file(to_json(said));
  if (!receipt)
    return fail(Code::Corrupt, "the service sent a broken receipt: " + receipt.error().message);
  ASSENT_TRY(const Record record, read_record(*receipt));
  const std::string out = context.given.text("--out");
  if (!out.empty()) ASSENT_CHECK(write_new_file(out, to_file(*receipt)));
  if (context.settings.json) {
    context.out.json(said);
    return Exit::Done;
  }
  context.out.say("Receipt " + std::to_string(index) + "\n" + record_fields(record.value) +
                  field("device", text_at(record.value, "device")));
  if (out.empty())
    context.out.line("To keep it:   assentctl receipt show " + std::to_string(index) +
                     " --out receipt-" + std::to_string(index) + ".json");
  else
    context.out.line("Written to " + out + "\nTo check it:  assentctl receipt verify " +
                     shell_word(out) + " --key VERIFIER_KEY");
  return Exit::Done;
}

struct DeviceCheck {
  bool tried = false;
  bool fits = false;
};

Result<DeviceCheck> check_device(const Given& given, const Record& record) {
  if (!given.has("--device-key")) return DeviceCheck{};
  if (!record.attested)
    return fail(Code::Invalid, "no device signed this record: leave --device-key out");
  ASSENT_TRY(const PublicKey key, device_key(given.text("--device-key")));
  return DeviceCheck{true,
                     verify(key, bytes_of(record.attestation.text), record.attestation.signature)};
}

std::vector<std::string> witnesses(const Verified& verified) {
  std::vector<std::string> out;
  for (const std::string& signer : verified.signers)
    if (signer != verified.checkpoint.origin) out.push_back(signer);
  return out;
}

// Who says that it was this person, in the words of docs/ledger.md.
std::string vouching(const Record& record, const DeviceCheck& device) {
  const std::string proof = text_at(record.value, "proof");
  if (record.attested) {
    const std::string name = record.attestation.device + " (" + record.attestation.key + ")";
    if (device.fits)
      return record.attestation.device + " vouches for this login: it signed " +
             (text_at(record.value, "type") == "opened" ? "that the session began" : "the answer") +
             ", with the key given.";
    return record.attestation.device +
           " vouches for this login, by the school's record. Whether "
           "it signed is not checked: the key of " +
           name +
           " is not in the receipt; give it with "
           "--device-key.";
  }
  if (proof == "paper") return "Paper: the person named under \"acted\" vouches for it.";
  if (proof == "witnessed") return "The person named under \"acted\" was there and vouches for it.";
  if (proof == "self" || proof == "link") return "The person's own sign-in (" + proof + ").";
  return "Nobody but the service: this is no person's answer.";
}

std::string not_proved(const std::vector<std::string>& witnessed, const std::string& type) {
  std::string out;
  if (witnessed.empty())
    out += paragraph("-",
                     "Anything against whoever holds the school's key. Nobody else signed "
                     "this checkpoint, so the school could have made a second log.",
                     4);
  out += paragraph("-", "The time, beyond the service's word and the order of entries.", 4);
  if (type == "accept")
    out += paragraph("-",
                     "That it was this person, beyond who vouches; or that they read or "
                     "understood the text.",
                     4);
  if (type == "opened") out += paragraph("-", "That a session began, beyond who vouches.", 4);
  return out;
}

void say_verified(Context& context, const Receipt& receipt, const Verified& verified,
                  const Record& record, const DeviceCheck& device) {
  const auto witnessed = witnesses(verified);
  const std::string signed_by = witnessed.empty()
                                    ? "signed by the school only"
                                    : "signed by the school, witnessed by " + joined(witnessed);
  context.out.say("PROVED: this record is entry " + std::to_string(receipt.index) + " of the log " +
                  verified.checkpoint.origin + " of " + grouped(verified.checkpoint.size) +
                  " entries, " + signed_by + ".\n" + record_fields(record.value) +
                  "\nWHO VOUCHES\n" + paragraph("", vouching(record, device), 2) +
                  "\nNOT PROVED\n" + not_proved(witnessed, text_at(record.value, "type")));
}

void say_json(Context& context, const Receipt& receipt, const Verified& verified,
              const Record& record, const DeviceCheck& device) {
  Array signers;
  for (const std::string& signer : verified.signers) signers.push_back(signer);
  Object out{{"verified", true},
             {"index", receipt.index},
             {"origin", verified.checkpoint.origin},
             {"size", verified.checkpoint.size},
             {"signers", std::move(signers)},
             {"witnessed", !witnesses(verified).empty()},
             {"device_signature", !record.attested ? "none"
                                  : device.fits    ? "fits"
                                                   : "not checked"},
             {"record", record.value}};
  context.out.json(out);
}

// What the signatures and hashes say, worst first. Corrupt for everything that does not hold, so
// that a bad receipt is something found (exit status 1), never a wrong command line.
Result<Exit> verify_text(Context& context, const std::string& text,
                         const std::vector<VerifierKey>& keys) {
  const auto receipt = parse_receipt_file(text);
  if (!receipt) return fail(Code::Corrupt, "this is no receipt: " + receipt.error().message);
  const auto verified = verify_receipt(*receipt, keys);
  if (!verified) return fail(Code::Corrupt, verified.error().message);
  ASSENT_TRY(const Record record, read_record(*receipt));
  ASSENT_TRY(const DeviceCheck device, check_device(context.given, record));
  if (device.tried && !device.fits)
    return fail(Code::Corrupt,
                "the school signed this record, but the device's signature in it "
                "does not fit the device key given");
  if (context.settings.json)
    say_json(context, *receipt, *verified, record, device);
  else
    say_verified(context, *receipt, *verified, record, device);
  return Exit::Done;
}

Result<Exit> verify(Context& context) {
  std::vector<VerifierKey> keys;
  for (const std::string& given : context.given.texts("--key")) {
    ASSENT_TRY(VerifierKey key, verifier_key(given));
    keys.push_back(std::move(key));
  }
  ASSENT_TRY(const std::string text, read_file(context.given.text("FILE"), FileLimits::kReceipt));
  auto exit = verify_text(context, text, keys);
  if (!exit && exit.error().code == Code::Corrupt)
    return fail(Code::Corrupt, "NOT PROVED: " + exit.error().message);
  return exit;
}

}  // namespace

Group receipt_group() {
  return {"receipt",
          "fetch a receipt, check a receipt",
          {{"show",
            "what a receipt says; --out keeps it as a file",
            "assentctl receipt show 42 --out receipt-42.json",
            {{"INDEX", "its entry in the log"}},
            {{"--out", "FILE", "a new file", Takes::File}},
            show},
           {"verify",
            "check a receipt; needs no service (exit status 1 when it does not hold)",
            "assentctl receipt verify receipt-42.json --key school.vkey",
            {{"FILE", "the receipt", Takes::File}},
            {{"--key", "KEY", "the log's verifier key or a file that holds it; a witness's as well",
              Takes::File, true, true},
             {"--device-key", "KEY", "the device's public key in base64, or a file that holds it",
              Takes::File}},
            verify}}};
}

}  // namespace assent::cli
