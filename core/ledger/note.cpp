// Notes are parsed by the specification's letter: a second spelling of anything is refused, so two
// programs never read one note in two ways.
#include "core/ledger/note.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/ledger/lines.h"

namespace assent {
namespace {

constexpr std::byte kEd25519[] = {std::byte{1}};     // the specification's signature type
constexpr std::string_view kDash = "\xe2\x80\x94 ";  // em dash, space: begins a signature line
constexpr std::size_t kHashBytes = 4;

std::array<std::byte, kHashBytes> big_endian(std::uint32_t number) {
  return {std::byte(number >> 24), std::byte(number >> 16), std::byte(number >> 8),
          std::byte(number)};
}

// White space as Unicode has it, which is what the specification forbids in a name.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > NoteLimits::kName || !is_utf8(name)) return false;
  bool good = true;
  for_each_codepoint(name,
                     [&](char32_t c) { good = good && c >= 0x20 && c != '+' && !is_space(c); });
  return good;
}

struct SignatureLine {
  std::string_view name;
  Blob bytes;  // hash, then the signature
};

Result<SignatureLine> parse_signature_line(std::string_view line) {
  const auto bad = fail(Code::Invalid, "the note has a malformed signature line");
  if (!line.starts_with(kDash)) return bad;
  line.remove_prefix(kDash.size());
  const auto space = line.find(' ');
  if (space == line.npos || !is_name(line.substr(0, space))) return bad;
  auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kHashBytes) return bad;
  return SignatureLine{line.substr(0, space), *std::move(bytes)};
}

struct SplitNote {
  std::string_view text;
  std::vector<SignatureLine> signatures;
};

Result<SplitNote> split(std::string_view note) {
  if (note.size() > NoteLimits::kNote) return fail(Code::Invalid, "the note is too long");
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (!is_utf8(note) || std::any_of(note.begin(), note.end(), control))
    return fail(Code::Invalid, "the note is not plain UTF-8 text with LF line ends");
  const auto blank = note.rfind("\n\n");
  if (blank == note.npos) return fail(Code::Invalid, "the note has no signatures");
  SplitNote parts{note.substr(0, blank + 1), {}};
  auto rest = note.substr(blank + 2);
  if (rest.empty()) return fail(Code::Invalid, "the note has no signatures");
  while (!rest.empty()) {
    if (parts.signatures.size() == NoteLimits::kSignatures)
      return fail(Code::Invalid, "the note has too many signatures");
    ASSENT_TRY(const auto line, take_line(rest));
    ASSENT_TRY(auto signature, parse_signature_line(line));
    parts.signatures.push_back(std::move(signature));
  }
  return parts;
}

// The known key that a line names, by name and hash together; nullptr for a stranger's.
const VerifierKey* key_of(const SignatureLine& line, const std::vector<VerifierKey>& keys) {
  const auto named = std::find_if(keys.begin(), keys.end(), [&](const VerifierKey& key) {
    return key.name == line.name &&
           std::ranges::equal(big_endian(key.hash()), Bytes(line.bytes).first(kHashBytes));
  });
  return named == keys.end() ? nullptr : &*named;
}

bool signed_by(const VerifierKey& key, const SignatureLine& line, std::string_view text) {
  Signature signature;
  const auto bytes = Bytes(line.bytes).subspan(kHashBytes);
  if (bytes.size() != signature.size()) return false;
  std::copy(bytes.begin(), bytes.end(), signature.begin());
  return verify(key.key, bytes_of(text), signature);
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint;
  ASSENT_TRY(checkpoint.origin, take_line(text));
  ASSENT_TRY(const auto size, take_line(text));
  ASSENT_TRY(checkpoint.size, parse_decimal(size));
  ASSENT_TRY(const auto root, take_line(text));
  ASSENT_TRY(checkpoint.root, exactly<32>(from_base64(root)));
  if (checkpoint.origin.empty()) return fail(Code::Invalid, "the checkpoint has no origin");
  while (!text.empty()) {
    ASSENT_TRY(const auto extension, take_line(text));
    if (extension.empty()) return fail(Code::Invalid, "the checkpoint has an empty line");
  }
  return checkpoint;
}

}  // namespace

std::uint32_t VerifierKey::hash() const {
  const auto digest = sha256({bytes_of(name), bytes_of("\n"), kEd25519, key});
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i < kHashBytes; ++i)
    hash = hash << 8 | std::to_integer<std::uint32_t>(digest[i]);
  return hash;
}

std::string to_text(const VerifierKey& key) {
  Blob typed(std::begin(kEd25519), std::end(kEd25519));
  typed.insert(typed.end(), key.key.begin(), key.key.end());
  return key.name + "+" + to_hex(big_endian(key.hash())) + "+" + to_base64(typed);
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  constexpr std::size_t kRest = 1 + 2 * kHashBytes + 1 + 44;  // "+hash+base64 of 33 bytes"
  if (text.size() <= kRest || text.size() > kRest + NoteLimits::kName)
    return fail(Code::Invalid, "a verifier key reads name+hash+key");
  VerifierKey key;
  key.name = text.substr(0, text.size() - kRest);
  if (!is_name(key.name)) return fail(Code::Invalid, "the verifier key's name is not allowed");
  ASSENT_TRY(const auto typed, exactly<33>(from_base64(text.substr(text.size() - 44))));
  if (typed[0] != kEd25519[0])
    return fail(Code::Invalid, "the verifier key is not a plain Ed25519 key");
  std::copy(typed.begin() + 1, typed.end(), key.key.begin());
  if (to_text(key) != text)
    return fail(Code::Invalid, "the verifier key's hash does not fit its name and key");
  return key;
}

std::string to_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         to_base64(checkpoint.root) + "\n";
}

std::string signed_note(const Checkpoint& checkpoint, const VerifierKey& key,
                        const Signature& signature) {
  const auto hash = big_endian(key.hash());
  Blob line(hash.begin(), hash.end());
  line.insert(line.end(), signature.begin(), signature.end());
  return to_text(checkpoint) + "\n" + std::string(kDash) + key.name + " " + to_base64(line) + "\n";
}

Result<SignedText> open_text(std::string_view note, const std::vector<VerifierKey>& keys) {
  ASSENT_TRY(const auto parts, split(note));
  SignedText opened{std::string(parts.text), {}};
  for (const auto& line : parts.signatures) {
    const auto* key = key_of(line, keys);
    if (!key) continue;
    if (!signed_by(*key, line, parts.text))
      return fail(Code::Denied, "the signature of " + one_line(key->name) + " is wrong");
    if (std::ranges::find(opened.signers, key->name) == opened.signers.end())
      opened.signers.push_back(key->name);
  }
  if (opened.signers.empty()) return fail(Code::Denied, "none of the known keys signed this note");
  return opened;
}

Result<OpenedNote> open_note(std::string_view note, const std::vector<VerifierKey>& keys) {
  ASSENT_TRY(auto opened, open_text(note, keys));
  ASSENT_TRY(auto checkpoint, parse_checkpoint(opened.text));
  if (std::ranges::find(opened.signers, checkpoint.origin) == opened.signers.end())
    return fail(Code::Denied, "the checkpoint of " + one_line(checkpoint.origin) +
                                  " is not signed by a known key of that log");
  return OpenedNote{std::move(checkpoint), std::move(opened.signers)};
}

}  // namespace assent
