// assentctl level drift --probe: how long the school's filter takes to see that somebody's group
// has changed. It watches and changes nothing, so that it may be stopped at any time: the level
// changes because the person signs, or ICT changes it, as on any other day.

#include <charconv>

#include "admin-cli/context.h"
#include "admin-cli/level.h"
#include "admin-cli/reply.h"
#include "admin-cli/words.h"

namespace assent::cli {
namespace {

constexpr milliseconds kEvery{1000};
constexpr int kSameAnswers = 2;  // one after the other: a single odd answer is no change
constexpr hours kUsually{2}, kLongest{24};
constexpr const char* kPassword = "ASSENT_PROBE_PASSWORD";

Result<milliseconds> time_of(const std::string& text) {
  if (text.empty()) return milliseconds{kUsually};
  unsigned number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const std::string_view unit(stop, std::size_t(end - stop));
  const minutes within{unit == "h" ? number * 60 : number};
  if (error != std::errc{} || number == 0 || number > 1440 || within > kLongest ||
      (unit != "m" && unit != "h"))
    return fail(Code::Invalid, "--within is a time such as 30m or 2h, at most a day");
  return milliseconds{within};
}

// What the directory holds of the person's level, as the service applied it.
struct Applied {
  std::string level, at;
  bool done = false;
};

Applied applied_of(const Value& person) {
  const Value* applied = person.find("applied");
  if (!applied || !applied->object()) return {};
  return {text_at(*applied, "level"), text_at(*applied, "at"), flag_at(*applied, "done")};
}

std::string words_of(const PageLook& look) {
  return std::to_string(look.status) + (look.sent_to.empty() ? "" : " to " + look.sent_to);
}

// What was seen, by the time since the start.
struct Seen {
  Applied level;
  PageLook page;
  // The last moment at which the directory had the old level for certain, so that no delay is
  // reported as shorter than it was.
  milliseconds last_old{0};
  std::optional<milliseconds> applied, answered;
};

class Probe {
 public:
  Probe(Context& context, PageView view, milliseconds within)
      : context_(context), view_(std::move(view)), within_(within) {}

  Result<Exit> run() {
    ASSENT_CHECK(begin());
    announce();
    while (!(seen_.applied && seen_.answered) && context_.world.elapsed() - began_ < within_) {
      const milliseconds next = context_.world.elapsed() + kEvery;
      look();
      ASSENT_CHECK(ask());
      progress();
      context_.world.wait(std::max(next - context_.world.elapsed(), milliseconds{0}));
    }
    context_.out.end_progress();
    return seen_.applied && seen_.answered ? tell() : tell_that_it_did_not();
  }

 private:
  Result<Value> person() const {
    return context_.service.get("/v1/people/" + percent_encoded(context_.given.text("--probe")) +
                                "/level");
  }

  Status begin() {
    ASSENT_TRY(const Value said, person());
    name_ = text_at(said, "name") + " (" + text_at(said, "login") + ")";
    before_.level = applied_of(said);
    if (before_.level.at.empty())
      return fail(Code::Conflict, "the directory was never given a level for " + name_ +
                                      ": assentctl level explain says why");
    if (!before_.level.done)
      return fail(Code::Conflict, "the level of " + name_ +
                                      " is still on its way to the directory; wait until "
                                      "assentctl level explain says done");
    ASSENT_TRY(before_.page, context_.world.look(view_));
    if (before_.page.status == 407)
      return fail(Code::Denied, "the proxy does not accept this login and password");
    began_ = seen_.last_old = context_.world.elapsed();
    return {};
  }

  void announce() {
    context_.out.warn(
        name_ + " is at " + before_.level.level + "; " + view_.url + " answers " +
        words_of(before_.page) + ".\n" +
        "Nothing is changed from here. Change the level of this account now, as on "
        "any other day: let\nthem sign at a login, or record it with assentctl people "
        "sign-for. Ctrl-C ends the watch.");
  }

  // A failure is no answer: a network has them, and they say nothing of a group.
  void look() {
    const milliseconds now = context_.world.elapsed();
    const auto page = context_.world.look(view_);
    if (!page || seen_.answered) return;
    if (*page == before_.page) {
      same_ = 0;
      return;
    }
    if (same_ == 0 || *page != seen_.page) first_ = now;
    same_ = same_ > 0 && *page == seen_.page ? same_ + 1 : 1;
    seen_.page = *page;
    if (same_ == kSameAnswers) seen_.answered = first_;
  }

  Status ask() {
    if (seen_.applied) return {};
    const milliseconds now = context_.world.elapsed();
    auto said = person();
    if (!said && said.error().code == Code::Unavailable) return {};  // it may be starting again
    if (!said) return fail(said.error());
    const Applied level = applied_of(*said);
    if (!level.done || level.level == before_.level.level) {
      if (level.done) seen_.last_old = now;
      return {};
    }
    seen_.level = level;
    seen_.applied = now;
    return {};
  }

  void progress() {
    const char* what = seen_.applied    ? "in the directory; waiting for the filter"
                       : seen_.answered ? "the filter answers otherwise; waiting for the directory"
                                        : "waiting for the level to change";
    context_.out.progress(what, std::size_t((context_.world.elapsed() - began_).count()),
                          std::size_t(within_.count()));
  }

  Result<Exit> tell() {
    const milliseconds took = std::max(*seen_.answered - seen_.last_old, milliseconds{0});
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(took).count();
    const std::string setting =
        std::to_string(std::max<std::int64_t>(std::chrono::ceil<minutes>(took).count(), 1)) + "m";
    if (context_.settings.json) {
      context_.out.json(Object{{"from", before_.level.level},
                               {"to", seen_.level.level},
                               {"applied", seen_.level.at},
                               {"before", words_of(before_.page)},
                               {"after", words_of(seen_.page)},
                               {"seconds", seconds},
                               {"sees_groups_within", setting}});
      return Exit::Done;
    }
    context_.out.say(
        field("level", before_.level.level + ", then " + seen_.level.level +
                           ", in the directory at " + show_time(seen_.level.at)) +
        field("filter", words_of(before_.page) + ", then " + words_of(seen_.page)) +
        field("took", "at most " + count(std::uint64_t(seconds), "second")) +
        "\nFor the school's file:  [filter] sees_groups_within = \"" + setting + "\"\n" +
        "That is one change. A filter that keeps an answer for a while may take longer the next\n"
        "time: measure again, and write the longest.\n");
    return Exit::Done;
  }

  Result<Exit> tell_that_it_did_not() {
    const std::string within = std::to_string(std::chrono::floor<minutes>(within_).count()) + "m";
    context_.out.warn(
        seen_.applied
            ? "The directory had the level at " + show_time(seen_.level.at) +
                  ", and the filter still answers " + words_of(before_.page) + " after " + within +
                  ". Does it decide this page by group? Then sees_groups_within is \"at next "
                  "login\" or \"nightly\", if its maker says so, else \"unknown\"."
            : "The level of " + name_ + " did not change within " + within + ".");
    return Exit::Found;
  }

  Context& context_;
  const PageView view_;
  const milliseconds within_;
  std::string name_;
  Seen before_, seen_;
  milliseconds began_{0}, first_{0};
  int same_ = 0;
};

}  // namespace

Result<Exit> probe_filter(Context& context) {
  PageView view{context.given.text("--page"), context.given.text("--proxy"), "", ""};
  if (view.url.empty())
    return fail(Code::Invalid,
                "--probe needs --page URL: a page that the filter answers by the person's group");
  ASSENT_TRY(const milliseconds within, time_of(context.given.text("--within")));
  if (!view.proxy.empty()) {
    view.login = context.given.text("--probe");
    view.password = context.environment(kPassword);
    if (view.password.empty()) {
      ASSENT_TRY(view.password,
                 context.world.ask_secret("Password of " + view.login + " at the proxy: "));
    }
  }
  return Probe(context, std::move(view), within).run();
}

}  // namespace assent::cli
