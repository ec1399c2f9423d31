#include "core/wire/agent_message.h"

#include <algorithm>
#include <bitset>

namespace assent::wire {
namespace {

constexpr char kVersion = 1;
enum Kind : char {
  kCheck = 1,
  kAnswer,
  kOpened,
  kCheckReply,
  kAnswerReply,
  kUnavailable,
  kWithdrawn,
  kBanner,
  kBannerReply
};

void append_number(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out.push_back(static_cast<char>(value >> shift));
}

std::uint64_t read_number(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// Writes or reads one struct's fields: `visit` below names each field once for both directions.
class Writer {
 public:
  void text(std::uint8_t tag, const std::string& value, std::size_t max) {
    if (value.size() > max) fault_ = "a text is over its limit";
    field(tag, value);
  }
  template <class T>
  void number(std::uint8_t tag, const T& value, std::uint64_t) {
    std::string bytes;
    append_number(bytes, static_cast<std::uint64_t>(value), sizeof(T));
    field(tag, bytes);
  }
  void digest(std::uint8_t tag, const Digest& value) { field(tag, text_of(value)); }
  void texts(std::uint8_t tag, const std::vector<std::string>& values, std::size_t max,
             std::size_t count) {
    if (values.size() > count) fault_ = "a list is over its limit";
    for (const auto& value : values) text(tag, value, max);
  }
  template <class T>
  void structs(std::uint8_t tag, const std::vector<T>& values, std::size_t count) {
    if (values.size() > count) fault_ = "a list is over its limit";
    for (const auto& value : values) {
      Writer inner;
      visit(inner, value);
      if (!inner.fault_.empty()) fault_ = inner.fault_;
      field(tag, inner.bytes_);
    }
  }
  Result<std::string> frame(Kind kind) && {
    if (bytes_.size() + 2 > AgentLimits::kFrame) fault_ = "the message is over its limit";
    if (!fault_.empty()) return fail(Code::Invalid, fault_);
    std::string out;
    append_number(out, bytes_.size() + 2, kFrameHeader);
    out.push_back(kVersion);
    out.push_back(kind);
    return out + bytes_;
  }

 private:
  void field(std::uint8_t tag, std::string_view value) {
    bytes_.push_back(static_cast<char>(tag));
    append_number(bytes_, value.size(), 4);
    bytes_ += value;
  }
  std::string bytes_, fault_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) {
    while (!bytes.empty() && fault_.empty()) take_field(bytes);
  }
  void text(std::uint8_t tag, std::string& value, std::size_t max) {
    const auto found = single(tag);
    if (found.size() > max) fault_ = "a text is over its limit";
    value = found;
  }
  template <class T>
  void number(std::uint8_t tag, T& value, std::uint64_t max) {
    const auto found = single(tag);
    const std::uint64_t read = read_number(found);
    if (found.size() != sizeof(T) || read > max) fault_ = "a number is out of range";
    value = static_cast<T>(read);
  }
  void digest(std::uint8_t tag, Digest& value) {
    const auto found = single(tag);
    if (found.size() != value.size()) return void(fault_ = "a digest has the wrong length");
    std::ranges::copy(bytes_of(found), value.begin());
  }
  void texts(std::uint8_t tag, std::vector<std::string>& values, std::size_t max,
             std::size_t count) {
    for (const auto& found : all(tag, count)) {
      if (found.size() > max) fault_ = "a text is over its limit";
      values.emplace_back(found);
    }
  }
  template <class T>
  void structs(std::uint8_t tag, std::vector<T>& values, std::size_t count) {
    for (const auto& found : all(tag, count)) {
      Reader inner(found);
      visit(inner, values.emplace_back());
      if (const auto status = inner.finish(); !status) fault_ = status.error().message;
    }
  }
  Status finish() const {
    for (const auto& [tag, value] : fields_)
      if (!known_[tag]) return fail(Code::Invalid, "agent message: unknown field");
    if (!fault_.empty()) return fail(Code::Invalid, "agent message: " + fault_);
    return {};
  }

 private:
  using Field = std::pair<std::uint8_t, std::string_view>;

  void take_field(std::string_view& bytes) {
    constexpr std::size_t kHead = 5;
    if (bytes.size() < kHead) return void(fault_ = "a field is cut");
    const std::uint64_t size = read_number(bytes.substr(1, 4));
    if (size > bytes.size() - kHead) return void(fault_ = "a field is cut");
    fields_.emplace_back(static_cast<std::uint8_t>(bytes[0]), bytes.substr(kHead, size));
    bytes.remove_prefix(kHead + size);
  }
  std::vector<std::string_view> all(std::uint8_t tag, std::size_t count) {
    known_.set(tag);
    std::vector<std::string_view> found;
    for (const auto& [field_tag, value] : fields_)
      if (field_tag == tag) found.push_back(value);
    if (found.size() <= count) return found;
    fault_ = "a list is over its limit";
    return {};
  }
  std::string_view single(std::uint8_t tag) {
    const auto found = all(tag, 1);
    if (!found.empty()) return found.front();
    if (fault_.empty()) fault_ = "a field is missing";
    return {};
  }

  std::vector<Field> fields_;
  std::bitset<256> known_;
  std::string fault_;
};

// The fields of each struct: tag, member, limit. `T` is const for a Writer. A bool is at most 1.
template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

void visit(auto& io, Is<Answer> auto& m) {
  io.text(1, m.policy, AgentLimits::kName);
  io.text(2, m.act, AgentLimits::kName);
}

void visit(auto& io, Is<AgentPart> auto& m) {
  io.text(1, m.policy, AgentLimits::kName);
  io.text(2, m.title, AgentLimits::kText);
  io.text(3, m.ask, AgentLimits::kText);
  io.number(4, m.mode, 1);
  io.number(5, m.kind, 1);
  io.number(6, m.add_on, 1);
}

void visit(auto& io, Is<AgentCheck> auto& m) {
  io.text(1, m.login, Limits::kLogin);
  io.text(2, m.service, AgentLimits::kName);
  io.number(3, m.screen, static_cast<std::uint64_t>(ScreenKind::Window));
  io.number(4, m.full, 1);
}

void visit(auto& io, Is<AgentAnswer> auto& m) {
  io.text(1, m.ticket, Limits::kTicket);
  io.digest(2, m.document);
  io.structs(3, m.answers, Limits::kParts);
  io.number(4, m.cannot_ask, 1);
  io.text(5, m.service, AgentLimits::kName);
  io.number(6, m.authenticated, 1);
}

void visit(auto& io, Is<AgentOpened> auto& m) {
  io.text(1, m.ticket, Limits::kTicket);
  io.text(2, m.login, Limits::kLogin);
  io.text(3, m.service, AgentLimits::kName);
}

void visit(auto& io, Is<AgentWithdrawn> auto& m) {
  io.text(1, m.ticket, Limits::kTicket);
}

void visit(auto&, Is<AgentBanner> auto&) {}

void visit(auto& io, Is<MarkSpan> auto& m) {
  io.number(1, m.kind, '~');
  io.number(2, m.bytes, Limits::kDocument);
}

void visit(auto& io, Is<AgentWhole::Marks> auto& m) {
  io.structs(1, m.spans, Limits::kMarks);
}

void visit(auto& io, Is<AgentWhole> auto& m) {
  io.text(1, m.document, Limits::kDocument);
  io.structs(2, m.marks, Limits::kMarkLists);
}

void visit(auto& io, Is<AgentCheckReply> auto& m) {
  io.number(1, m.verdict, static_cast<std::uint64_t>(Verdict::Acknowledge));
  io.text(2, m.school, AgentLimits::kText);
  io.text(3, m.message, AgentLimits::kText);
  io.texts(4, m.pages, AgentLimits::kPage, AgentLimits::kPages);
  io.text(5, m.ticket, Limits::kTicket);
  io.digest(6, m.document);
  io.structs(7, m.parts, Limits::kParts);
  io.text(8, m.rendition, AgentLimits::kName);
  io.text(9, m.help, AgentLimits::kText);
  io.number(10, m.deferrals_left, UINT32_MAX);
  io.text(11, m.later_until, AgentLimits::kName);
  io.structs(12, m.whole, 1);
}

void visit(auto& io, Is<AgentAnswerReply> auto& m) {
  io.number(1, m.let_in, 1);
  io.number(2, m.recorded, 1);
  io.text(3, m.outcome, AgentLimits::kName);
  io.text(4, m.message, AgentLimits::kText);
  io.number(5, m.index, UINT64_MAX);
}

void visit(auto& io, Is<AgentBannerReply> auto& m) {
  io.text(1, m.caption, AgentLimits::kName);
  io.text(2, m.text, AgentLimits::kText);
}

void visit(auto& io, Is<AgentUnavailable> auto& m) {
  io.text(1, m.message, AgentLimits::kText);
}

template <class T>
Result<std::string> write(Kind kind, const T& message) {
  Writer writer;
  visit(writer, message);
  return std::move(writer).frame(kind);
}

template <class T, class Out>
Result<Out> read(std::string_view fields) {
  Reader reader(fields);
  T message;
  visit(reader, message);
  ASSENT_CHECK(reader.finish());
  return Out(std::move(message));
}

Result<char> kind_of(std::string_view body) {
  if (body.size() < 2 || body.size() > AgentLimits::kFrame)
    return fail(Code::Invalid, "agent message: bad length");
  if (body[0] != kVersion) return fail(Code::Invalid, "agent message: another version");
  return body[1];
}

}  // namespace

Result<std::size_t> frame_length(std::string_view header) {
  if (header.size() != kFrameHeader) return fail(Code::Invalid, "agent message: cut header");
  const std::uint64_t size = read_number(header);
  if (size == 0 || size > AgentLimits::kFrame)
    return fail(Code::Invalid, "agent message: bad length");
  return std::size_t(size);
}

Result<std::string> to_frame(const AgentRequest& request) {
  if (const auto* check = std::get_if<AgentCheck>(&request)) return write(kCheck, *check);
  if (const auto* answer = std::get_if<AgentAnswer>(&request)) return write(kAnswer, *answer);
  if (const auto* opened = std::get_if<AgentOpened>(&request)) return write(kOpened, *opened);
  if (const auto* banner = std::get_if<AgentBanner>(&request)) return write(kBanner, *banner);
  return write(kWithdrawn, std::get<AgentWithdrawn>(request));
}

Result<std::string> to_frame(const AgentReply& reply) {
  if (const auto* check = std::get_if<AgentCheckReply>(&reply)) return write(kCheckReply, *check);
  if (const auto* answer = std::get_if<AgentAnswerReply>(&reply))
    return write(kAnswerReply, *answer);
  if (const auto* banner = std::get_if<AgentBannerReply>(&reply))
    return write(kBannerReply, *banner);
  return write(kUnavailable, std::get<AgentUnavailable>(reply));
}

Result<AgentRequest> parse_agent_request(std::string_view body) {
  ASSENT_TRY(const char kind, kind_of(body));
  body.remove_prefix(2);
  if (kind == kCheck) return read<AgentCheck, AgentRequest>(body);
  if (kind == kAnswer) return read<AgentAnswer, AgentRequest>(body);
  if (kind == kOpened) return read<AgentOpened, AgentRequest>(body);
  if (kind == kWithdrawn) return read<AgentWithdrawn, AgentRequest>(body);
  if (kind == kBanner) return read<AgentBanner, AgentRequest>(body);
  return fail(Code::Invalid, "agent message: no such request");
}

Result<AgentReply> parse_agent_reply(std::string_view body) {
  ASSENT_TRY(const char kind, kind_of(body));
  body.remove_prefix(2);
  if (kind == kCheckReply) return read<AgentCheckReply, AgentReply>(body);
  if (kind == kAnswerReply) return read<AgentAnswerReply, AgentReply>(body);
  if (kind == kUnavailable) return read<AgentUnavailable, AgentReply>(body);
  if (kind == kBannerReply) return read<AgentBannerReply, AgentReply>(body);
  return fail(Code::Invalid, "agent message: no such reply");
}

}  // namespace assent::wire
