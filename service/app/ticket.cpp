#include "service/app/ticket.h"

#include <algorithm>

namespace assent {
namespace {

constexpr std::string_view kTicketType = "assent/ticket/v1";
constexpr std::size_t kPartsMax = 16;

template <std::size_t N>
std::array<std::byte, N> fixed(std::string_view text) {
  std::array<std::byte, N> out{};
  std::ranges::copy(bytes_of(text.substr(0, N)), out.begin());
  return out;
}

std::uint64_t to_number(Time time) {
  return std::uint64_t(time.time_since_epoch().count());
}
Time to_time(std::uint64_t number) {
  return Time{milliseconds{std::int64_t(number)}};
}

}  // namespace

std::string seal_ticket(const SecretKey& key, const Ticket& ticket) {
  Packer out;
  out.text(text_of(ticket.nonce)).number(std::uint64_t(ticket.person)).number(ticket.school);
  out.number(std::uint64_t(ticket.device)).number(std::uint64_t(ticket.style));
  out.text(ticket.language).number(ticket.full).text(text_of(ticket.shown));
  out.number(to_number(ticket.issued)).number(to_number(ticket.expires));
  out.number(ticket.parts.size());
  for (const TicketPart& part : ticket.parts)
    out.number(part.policy)
        .number(part.from)
        .number(part.to)
        .number(std::uint64_t(part.mode) | std::uint64_t(part.add_on) << 8);
  return seal(key, kTicketType, out.take());
}

Result<Ticket> open_ticket(const SecretKey& key, std::string_view sealed) {
  ASSENT_TRY(const std::string content, unseal(key, kTicketType, sealed));
  Unpacker in{content};
  Ticket ticket;
  ticket.nonce = fixed<16>(in.text());
  ticket.person = PersonKey(in.number());
  ticket.school = SchoolKey(in.number());
  ticket.device = std::int64_t(in.number());
  ticket.style = Style(in.number());
  ticket.language = in.text();
  ticket.full = in.number() != 0;
  ticket.shown = fixed<32>(in.text());
  ticket.issued = to_time(in.number());
  ticket.expires = to_time(in.number());
  const std::size_t parts = in.number();
  for (std::size_t i = 0; i < parts && i < kPartsMax && in.good(); ++i) {
    TicketPart part;
    part.policy = PolicyKey(in.number());
    part.from = std::uint32_t(in.number());
    part.to = std::uint32_t(in.number());
    const std::uint64_t flags = in.number();
    part.mode = Mode(flags & 0xff);
    part.add_on = (flags >> 8) != 0;
    ticket.parts.push_back(part);
  }
  if (!in.ok()) return fail(Code::Denied, "the ticket is not of this version");
  return ticket;
}

Nonce make_nonce(Time now, Random& random) {
  Nonce nonce = random.bytes<16>();
  const auto count = std::uint64_t(now.time_since_epoch().count());
  for (int i = 0; i < 6; ++i) nonce[std::size_t(i)] = std::byte(count >> (40 - 8 * i) & 0xff);
  return nonce;
}

}  // namespace assent
