// The log as a whole: its newest checkpoint, its key, and that it only ever grew.

#include "admin-cli/context.h"
#include "admin-cli/files.h"
#include "admin-cli/keys.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"
#include "core/formats/json.h"
#include "core/ledger/merkle.h"

namespace assent::cli {
namespace {

Result<Exit> checkpoint(Context& context) {
  ASSENT_TRY(const std::string note, context.service.get_public("/v1/ledger/checkpoint"));
  const std::string out = context.given.text("--out");
  if (!out.empty()) ASSENT_CHECK(write_new_file(out, note));
  if (context.settings.json)
    context.out.json(Object{{"checkpoint", note}});
  else if (out.empty())
    context.out.say(note);
  else
    context.out.line("Written to " + out +
                     "\nKeep it away from the server. Later:  assentctl log "
                     "consistency --from " +
                     shell_word(out));
  return Exit::Done;
}

Result<std::string> fetched_key(Context& context) {
  ASSENT_TRY(std::string key, context.service.get_public("/v1/ledger/key"));
  while (!key.empty() && key.back() == '\n') key.pop_back();
  return key;
}

Result<Exit> key(Context& context) {
  ASSENT_TRY(const std::string text, fetched_key(context));
  if (context.settings.json)
    context.out.json(Object{{"key", text}});
  else
    context.out.line(text);
  return Exit::Done;
}

Result<Proof> fetch_proof(Context& context, std::uint64_t from, std::uint64_t to) {
  ASSENT_TRY(const std::string body,
             context.service.get_public("/v1/ledger/consistency", {{"from", std::to_string(from)},
                                                                   {"to", std::to_string(to)}}));
  ASSENT_TRY(const Value value, parse_json(body));
  Proof proof;
  for (const std::string& hash : texts_at(value, "proof")) {
    ASSENT_TRY(const Digest digest, exactly<32>(from_base64(hash)));
    proof.push_back(digest);
  }
  return proof;
}

Failure found(const std::string& what) {
  return fail(Code::Corrupt, "NOT CONSISTENT: " + what);
}

Status compare(Context& context, const Checkpoint& older, const Checkpoint& newer) {
  if (older.origin != newer.origin)
    return found("these are two logs, " + older.origin + " and " + newer.origin);
  if (newer.size < older.size)
    return found("the log had " + grouped(older.size) + " entries and has " + grouped(newer.size) +
                 " now. Was an old backup restored?");
  Proof proof;
  if (newer.size != older.size && older.size != 0) {
    ASSENT_TRY(proof, fetch_proof(context, older.size, newer.size));
  }
  if (const auto holds = check_consistency(proof, older.size, newer.size, older.root, newer.root);
      !holds)
    return found(holds.error().message);
  return {};
}

Result<Exit> consistency(Context& context) {
  ASSENT_TRY(const std::string old_note,
             read_file(context.given.text("--from"), FileLimits::kNote));
  std::string key_text = context.given.text("--key");
  const bool own_key = !key_text.empty();
  if (!own_key) {
    ASSENT_TRY(key_text, fetched_key(context));
  }
  ASSENT_TRY(const VerifierKey log_key, verifier_key(key_text));
  const auto older = open_note(old_note, {log_key});
  if (!older) return found("the old checkpoint: " + older.error().message);
  ASSENT_TRY(const std::string note, context.service.get_public("/v1/ledger/checkpoint"));
  const auto newer = open_note(note, {log_key});
  if (!newer) return found("the newest checkpoint: " + newer.error().message);
  ASSENT_CHECK(compare(context, older->checkpoint, newer->checkpoint));
  if (context.settings.json) {
    context.out.json(Object{{"consistent", true},
                            {"from", older->checkpoint.size},
                            {"to", newer->checkpoint.size},
                            {"key_from_service", !own_key}});
    return Exit::Done;
  }
  context.out.line("CONSISTENT: the log of " + grouped(newer->checkpoint.size) +
                   " entries continues the log of " + grouped(older->checkpoint.size) +
                   ". Nothing between was changed or removed." +
                   (own_key ? ""
                            : "\nThe key came from the service itself: give your own copy with "
                              "--key to rule out a forged log."));
  return Exit::Done;
}

}  // namespace

Group log_group() {
  return {
      "log",
      "the log that holds every record",
      {{"checkpoint",
        "the newest signed checkpoint; --out keeps it as a file",
        "assentctl log checkpoint --out checkpoint-september",
        {},
        {{"--out", "FILE", "a new file", Takes::File}},
        checkpoint},
       {"key", "the key that the log signs with", "assentctl log key > school.vkey", {}, {}, key},
       {"consistency",
        "check that the log only grew since a checkpoint that you kept",
        "assentctl log consistency --from checkpoint-september --key school.vkey",
        {},
        {{"--from", "FILE", "the checkpoint that you kept", Takes::File, true},
         {"--key", "KEY", "your own copy of the key, or a file that holds it", Takes::File}},
        consistency}}};
}

}  // namespace assent::cli
