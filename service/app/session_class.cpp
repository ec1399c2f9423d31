#include "service/app/session_class.h"

#include <algorithm>

namespace assent {
namespace {

constexpr std::string_view kClassType = "assent/radius-class/v1";

template <std::size_t N>
bool read_into(std::array<std::byte, N>& out, std::string_view text) {
  if (text.size() != N) return false;
  std::ranges::copy(bytes_of(text), out.begin());
  return true;
}

}  // namespace

std::string seal_class(const SecretKey& key, const SessionClass& session) {
  Packer out;
  out.text(text_of(session.login)).text(text_of(session.guest.bytes)).number(session.school);
  out.text(session.device).number(session.quarantined);
  return seal(key, kClassType, out.take());
}

Result<SessionClass> open_class(const SecretKey& key, std::string_view sealed) {
  ASSENT_TRY(const std::string content, unseal(key, kClassType, sealed));
  Unpacker in{content};
  SessionClass out;
  const bool ids = read_into(out.login, in.text()) && read_into(out.guest.bytes, in.text());
  out.school = SchoolKey(in.number());
  out.device = in.text();
  out.quarantined = in.number() != 0;
  if (!ids || !in.ok()) return fail(Code::Denied, "the Class is not of this version");
  return out;
}

GuestSessionId stay_id(const SessionClass& session, std::string_view nas,
                       std::string_view nas_session) {
  const std::byte end{0};
  const Digest all = sha256({session.login, bytes_of(nas), Bytes{&end, 1}, bytes_of(nas_session)});
  GuestSessionId out;
  std::copy_n(all.begin(), out.bytes.size(), out.bytes.begin());
  return out;
}

}  // namespace assent
