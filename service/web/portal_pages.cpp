#include "service/web/portal_pages.h"

#include "service/web/page_data.h"
#include "service/web/rules_view.h"
#include "service/web/template.h"

namespace assent::web {
namespace {

const std::string kLookAgain = "10;url=", kGoNow = "1;url=";  // seconds
// In no network (RFC 5737), so nobody but a gateway answers there.
const std::string kNowhere = "http://192.0.2.1/";

std::string device_words(const Texts& texts, const std::string& device) {
  return device.empty() ? "" : texts.fill("device", {{"device", device}});
}

Object message_data(const Shell& shell, std::string_view title,
                    std::initializer_list<std::string_view> lines) {
  Object data = page_data(shell, title, false);
  Array texts;
  for (const std::string_view line : lines) texts.push_back(Object{{"text", shell.texts.at(line)}});
  data.emplace_back("lines", std::move(texts));
  return data;
}

std::string message(const Shell& shell, std::string_view title,
                    std::initializer_list<std::string_view> lines) {
  return render("message", shell.texts, message_data(shell, title, lines));
}

// A page of a few lines and what can be done next: each a name in the form and its text.
struct Choice {
  std::string_view value, words;
};
std::string choices(const Shell& shell, std::string_view title, std::vector<std::string> lines,
                    const std::string& code, std::initializer_list<Choice> buttons) {
  Object data = page_data(shell, title, false);
  Array texts, all;
  for (std::string& line : lines) texts.push_back(Object{{"text", std::move(line)}});
  for (const Choice& each : buttons)
    all.push_back(Object{{"value", each.value},
                         {"words", shell.texts.at(each.words)},
                         {"second", &each != buttons.begin()}});
  data.emplace_back("lines", std::move(texts));
  data.emplace_back("match", code);
  data.emplace_back("buttons", std::move(all));
  return render("asked", shell.texts, data);
}

// "30m" as people read it, in every language.
std::string span_label(const std::string& span) {
  return span.substr(0, span.size() - 1) + (span.ends_with('h') ? " h" : " min");
}

std::string longer_words(const Texts& t, const OnlinePage& page) {
  if (!page.longer_until.empty()) return t.fill("longer_asked", {{"until", page.longer_until}});
  if (page.longer_refused) return t.at("longer_refused");
  if (!page.spans.empty()) return t.at("longer_here");
  return page.host.empty() ? t.at("longer_ask_reception")
                           : t.fill("longer_ask", {{"host", page.host}});
}

}  // namespace

std::string code_page(const Shell& shell, const CodePage& page) {
  Object data = page_data(shell, "title_code", false);
  data.emplace_back("fault", page.wrong ? shell.texts.at("wrong") : "");
  data.emplace_back("fault_field", page.account.empty() ? "code" : "account");
  data.emplace_back("notice", page.again   ? shell.texts.at("again")
                              : page.prove ? shell.texts.at("words_prove")
                                           : "");
  data.emplace_back("device", device_words(shell.texts, page.device));
  data.emplace_back("account", page.account);
  data.emplace_back("may_ask", page.may_ask);
  return render("code", shell.texts, data);
}

std::string rules_page(const Shell& shell, const RulesPage& page) {
  Object data = page_data(shell, "title_rules", true);
  data.emplace_back("notice", page.changed ? shell.texts.at("changed") : "");
  data.emplace_back("kept", shell.texts.fill("kept", {{"days", std::to_string(page.kept_days)}}));
  data.emplace_back("device", device_words(shell.texts, page.device));
  data.emplace_back("wording", !page.has_easy ? "" : page.is_easy ? "usual" : "easy");
  data.emplace_back("wording_words", shell.texts.at(page.is_easy ? "usual_wording" : "easy_read"));
  return render("rules", shell.texts, data, *rules_html(page.document, page.marks, page.hash));
}

std::string online_page(const Shell& shell, const OnlinePage& page) {
  const Texts& t = shell.texts;
  const bool is_open = !page.connecting && page.go_to.empty();
  Object data = page_data(shell, is_open ? "title_online" : "title_connecting", true);
  if (page.connecting) data.emplace_back("refresh", kLookAgain + shell.action);
  if (!page.go_to.empty()) data.emplace_back("refresh", kGoNow + page.go_to);
  data.emplace_back("go_to", page.go_to);
  data.emplace_back("until", page.until);
  data.emplace_back("until_day", page.until_day);
  data.emplace_back("until_exact", page.until_exact);
  data.emplace_back("wait", page.connecting ? t.at("wait") : "");
  data.emplace_back("host", page.host);
  data.emplace_back("websites", page.allowed.empty()
                                    ? t.at("filtered")
                                    : t.fill("filtered_so", {{"what", page.allowed}}));
  data.emplace_back("device_name", page.device);
  data.emplace_back("receipt", page.receipt);
  data.emplace_back("longer", longer_words(t, page));
  Array spans;
  for (const std::string& span : page.spans)
    spans.push_back(Object{{"value", span}, {"label", span_label(span)}});
  data.emplace_back("any_spans", !spans.empty());
  data.emplace_back("spans", std::move(spans));
  data.emplace_back("longer_waits", !page.longer_until.empty());
  data.emplace_back("may_choose", page.may_choose);
  data.emplace_back("has_words", page.has_words);
  return render("online", shell.texts, data);
}

std::string words_page(const Shell& shell, const WordsPage& page) {
  Object data = page_data(shell, "title_words", false);
  data.emplace_back("fault", page.fault.empty() ? "" : shell.texts.at(page.fault));
  data.emplace_back("fault_field", page.fault == "words_differ" ? "again" : "words");
  data.emplace_back("account", page.account);
  return render("words", shell.texts, data);
}

std::string ask_page(const Shell& shell, const AskPage& page) {
  Object data = page_data(shell, "title_ask", false);
  Array kinds;
  for (const std::string& kind : page.kinds) kinds.push_back(Object{{"kind", kind}});
  data.emplace_back("fault", page.fault.empty() ? "" : shell.texts.at(page.fault));
  data.emplace_back("many_kinds", page.kinds.size() > 1);
  data.emplace_back("kinds", std::move(kinds));
  data.emplace_back("name", page.name);
  data.emplace_back("visits", page.visits);
  data.emplace_back("why", page.why);
  return render("ask", shell.texts, data);
}

std::string waiting_page(const Shell& shell, const WaitingPage& page) {
  const Texts& t = shell.texts;
  const std::string looks =
      page.still ? t.at("looks_not") : t.fill("looks", {{"seconds", std::to_string(page.seconds)}});
  std::vector<std::string> lines{t.fill("waits_for", {{"visits", page.visits}}),
                                 t.fill("waits_until", {{"until", page.until}}), looks};
  if (page.still)
    return choices(shell, "title_waiting", std::move(lines), page.code,
                   {{"still", "look_again"}, {"look", "look_by_itself"}, {"typed", "have_code"}});
  return choices(shell, "title_waiting", std::move(lines), page.code,
                 {{"look", "look_again"}, {"still", "look_no_more"}, {"typed", "have_code"}});
}
std::string let_in_page(const Shell& shell) {
  return choices(shell, "title_let_in", {shell.texts.at("let_in")}, "", {{"go", "carry_on"}});
}
std::string not_let_in_page(const Shell& shell) {
  return choices(shell, "title_not_let_in",
                 {shell.texts.at("not_let_in"), shell.texts.at("not_let_in_next")}, "",
                 {{"ask", "ask_again"}, {"typed", "have_code"}});
}

std::string declined_page(const Shell& shell) {
  return message(shell, "title_declined", {"declined", "declined_next"});
}
std::string left_page(const Shell& shell) {
  return message(shell, "title_left", {"left"});
}
std::string trouble_page(const Shell& shell) {
  return message(shell, "title_trouble", {"trouble"});
}
std::string detour_page(const Shell& shell) {
  Object data = message_data(shell, "title_code", {"detour"});
  data.emplace_back("refresh", kGoNow + kNowhere);
  data.emplace_back("go_to", kNowhere);
  return render("message", shell.texts, data);
}
std::string gateway_page(const Shell& shell) {
  return message(shell, "title_trouble", {"gateway_trouble"});
}

}  // namespace assent::web
