#include "service/program/keys.h"

#include "core/files/files.h"

namespace assent {
namespace {

constexpr std::size_t kKeyText = 65;  // 64 digits and LF

Result<SecretKey> make_key(const std::string& path, Random& random) {
  ASSENT_CHECK(make_private_folder(path.substr(0, path.rfind('/') + 1)));
  const auto seed = random.bytes<32>();
  ASSENT_CHECK(create_private_file(path, to_hex(seed) + "\n"));
  return SecretKey{seed};
}

}  // namespace

Result<SecretKey> load_key(const std::string& path, bool may_make, Random& random) {
  const auto text = read_file(path, kKeyText, Readable::ByOwnerOnly);
  if (!text && text.error().code == Code::NotFound) {
    if (may_make) return make_key(path, random);
    return fail(Code::NotFound, "the key " + path +
                                    " is missing: restore it from where you keep it; without it "
                                    "this data folder's log cannot go on");
  }
  if (!text) return fail(text.error());
  const auto seed = exactly<32>(from_hex(text->substr(0, kKeyText - 1)));
  if (text->size() != kKeyText || !text->ends_with('\n') || !seed)
    return fail(Code::Corrupt, path + " is not a key file: restore it from where you keep it");
  return SecretKey{*seed};
}

}  // namespace assent
