#pragma once
// What stands at a login and the device's half with the key say to each other: pam_assent.so and
// assent-agent over a Unix socket, Windows' logon program and service over a named pipe. Plain
// structs and a codec of tagged fields. No JSON, no I/O and nothing but core/base, because a login
// process loads it. One request a connection; a framed reply comes back, but for AgentOpened, which
// has none.
//
// Frame: u32 length of the body (big-endian), body. Body: u8 version, u8 kind, then fields: u8 tag,
// u32 length, bytes; a list is a repeated tag, a struct in a list is fields again. Decoders refuse
// unknown and repeated tags, wrong lengths and everything over a limit (Code::Invalid).

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/wire/gate.h"

namespace assent::wire {

struct AgentLimits {
  static constexpr std::size_t kFrame = 256 * 1024;  // body, in bytes
  static constexpr std::size_t kPages = 512, kPage = 8 * 1024, kText = 4096, kName = 256;
};

// PageStyle of the pages; a Window lays the document out by itself and gets no pages.
enum class ScreenKind : std::uint8_t { Terminal, DisplayManager, Window };
enum class PartMode : std::uint8_t { Agree, Acknowledge };
enum class PartKind : std::uint8_t { Full, Amendment };

struct AgentCheck {
  std::string login;
  std::string service;  // PAM service: "sshd"; the channel is "pam:" + this
  ScreenKind screen = ScreenKind::Terminal;
  bool full = false;  // whole texts, where an amendment would do
  friend bool operator==(const AgentCheck&, const AgentCheck&) = default;
};

struct AgentAnswer {
  std::string ticket;
  Digest document{};            // AgentCheckReply::document of what was shown
  std::vector<Answer> answers;  // one for each part, in order
  bool cannot_ask = false;      // no prompt was possible; every act is then "later"
  std::string service;
  bool authenticated = false;  // this transaction proved who the person is
};

struct AgentOpened {   // The session began. No reply: the module does not wait.
  std::string ticket;  // of the presentation answered; empty after a clear check
  std::string login, service;
  friend bool operator==(const AgentOpened&, const AgentOpened&) = default;
};

// From a Windows logon screen alone: the logon failed whose person was said to answer. No reply.
struct AgentWithdrawn {
  std::string ticket;
  friend bool operator==(const AgentWithdrawn&, const AgentWithdrawn&) = default;
};

struct AgentBanner {  // The school's rules in short, for screens that people see before they log
                      // in.
  friend bool operator==(const AgentBanner&, const AgentBanner&) = default;
};

struct AgentPart {  // one policy of the presentation
  std::string policy;
  std::string title;
  std::string ask;  // the sentence agreed to
  PartMode mode = PartMode::Agree;
  PartKind kind = PartKind::Full;
  bool add_on = false;  // may be declined alone
  friend bool operator==(const AgentPart&, const AgentPart&) = default;
};

// For a Window: the canonical document, docs/presentation.md, and what its screens may mark.
struct AgentWhole {
  std::string document;
  struct Marks {  // of one changed rule
    std::vector<MarkSpan> spans;
    friend bool operator==(const Marks&, const Marks&) = default;
  };
  std::vector<Marks> marks;
  friend bool operator==(const AgentWhole&, const AgentWhole&) = default;
};

struct AgentCheckReply {
  Verdict verdict = Verdict::Refuse;  // fail safe
  std::string school;                 // its title
  std::string message;                // neutral, for the person; may be empty
  // For Ask and Acknowledge:
  std::vector<std::string> pages;  // laid out for AgentCheck::screen, LF lines
  std::string ticket;
  Digest document{};             // SHA-256 of the canonical document on the pages
  std::vector<AgentPart> parts;  // in the document's order
  std::string rendition;         // "std", "ks1", "ks2", "easy": chooses the words of the prompts
  std::string help;              // whom to talk to; may be empty
  std::uint32_t deferrals_left = 0;  // 0: "later" is not offered
  std::string later_until;           // in the school's time, "01 Dec 00:00"
  std::vector<AgentWhole> whole;     // one, in place of pages, for a Window
  friend bool operator==(const AgentCheckReply&, const AgentCheckReply&) = default;
};

struct AgentAnswerReply {
  bool let_in = false;
  bool recorded = false;    // committed by the service, or spooled by the agent
  std::string outcome;      // "accepted", "later", "declined", "help"; "overtaken": check again
  std::string message;      // neutral, for the person; may be empty
  std::uint64_t index = 0;  // of the receipt, when the service has recorded it
  friend bool operator==(const AgentAnswerReply&, const AgentAnswerReply&) = default;
};

struct AgentBannerReply {
  std::string caption;  // the school's title; at most AgentLimits::kName bytes
  std::string text;     // may be empty: nothing is published, or no more
  friend bool operator==(const AgentBannerReply&, const AgentBannerReply&) = default;
};

struct AgentUnavailable {  // To a check, an answer or a banner; on_unavailable in the module
                           // decides.
  std::string message;     // neutral, for the person; may be empty
  friend bool operator==(const AgentUnavailable&, const AgentUnavailable&) = default;
};

using AgentRequest =
    std::variant<AgentCheck, AgentAnswer, AgentOpened, AgentWithdrawn, AgentBanner>;
using AgentReply =
    std::variant<AgentCheckReply, AgentAnswerReply, AgentUnavailable, AgentBannerReply>;

inline constexpr std::size_t kFrameHeader = 4;
// The body's length from the first four bytes; Invalid if it is 0 or over AgentLimits::kFrame.
Result<std::size_t> frame_length(std::string_view header);

// A whole frame, header and body; Invalid if the body would be over a limit.
Result<std::string> to_frame(const AgentRequest& request);
Result<std::string> to_frame(const AgentReply& reply);
// From a body, without the header.
Result<AgentRequest> parse_agent_request(std::string_view body);
Result<AgentReply> parse_agent_reply(std::string_view body);

}  // namespace assent::wire
