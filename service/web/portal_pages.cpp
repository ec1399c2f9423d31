#include "service/web/portal_pages.h"

#include "service/web/page_data.h"
#include "service/web/rules_view.h"
#include "service/web/template.h"

namespace assent::web {
namespace {

std::string device_words(const Texts& texts, const std::string& device) {
  return device.empty() ? "" : texts.fill("device", {{"device", device}});
}

std::string message(const Shell& shell, std::string_view title,
                    std::initializer_list<std::string_view> lines) {
  Object data = page_data(shell, title, false);
  Array texts;
  for (const std::string_view line : lines) texts.push_back(Object{{"text", shell.texts.at(line)}});
  data.emplace_back("lines", std::move(texts));
  return render("message", shell.texts, data);
}

}  // namespace

std::string code_page(const Shell& shell, const CodePage& page) {
  Object data = page_data(shell, "title_code", false);
  data.emplace_back("fault", page.wrong ? shell.texts.at("wrong") : "");
  data.emplace_back("fault_field", page.account.empty() ? "code" : "account");
  data.emplace_back("notice", page.again ? shell.texts.at("again") : "");
  data.emplace_back("device", device_words(shell.texts, page.device));
  data.emplace_back("account", page.account);
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
  Object data = page_data(shell, "title_online", true);
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
  data.emplace_back("longer", page.host.empty() ? t.at("longer_ask_reception")
                                                : t.fill("longer_ask", {{"host", page.host}}));
  return render("online", shell.texts, data);
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

}  // namespace assent::web
