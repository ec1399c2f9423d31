#include "service/web/signing_pages.h"

#include <algorithm>

#include "service/web/page_data.h"
#include "service/web/rules_view.h"
#include "service/web/template.h"

namespace assent::web {
namespace {

Object signing_data(const DeskShell& shell, std::string_view title) {
  Object data = page_data({shell.texts, shell.school, "", shell.action, ""}, title, false);
  data.emplace_back("own", true);
  data.emplace_back("person", shell.person);
  data.emplace_back("token", shell.form_token);
  return data;
}

Array lines_of(std::initializer_list<std::string> lines) {
  Array out;
  for (const std::string& line : lines)
    if (!line.empty()) out.push_back(Object{{"text", line}});
  return out;
}

// Where the same rules are in another form.
std::string link(const DeskShell& shell, bool easy, bool full) {
  return shell.action + "?language=" + shell.texts.code() + (easy ? "&easy=yes" : "") +
         (full ? "&full=yes" : "");
}

bool is_add_on(const SignPage& page, const DocumentPart& part) {
  return std::ranges::find(page.add_ons, part.policy) != page.add_ons.end();
}

// What the button says that accepts all that has no choice of its own.
std::string yes_words(const Texts& texts, const SignPage& page) {
  bool agree = false, main = false;
  for (const DocumentPart& part : page.document.parts) {
    if (is_add_on(page, part)) continue;
    main = true;
    agree = agree || part.mode == "agree";
  }
  if (!main) return texts.at("sign_send");
  if (!agree) return texts.at("sign_seen");
  return texts.at(page.for_pupils ? "sign_yes_pupil" : "sign_yes");
}

Array add_ons_of(const Texts& texts, const SignPage& page) {
  Array out;
  for (const DocumentPart& part : page.document.parts)
    if (is_add_on(page, part))
      out.push_back(Object{{"policy", part.policy},
                           {"legend", texts.fill("sign_add_on", {{"rules", part.title}})}});
  return out;
}

}  // namespace

std::string sign_page(const DeskShell& shell, const SignPage& page) {
  const Texts& t = shell.texts;
  const bool has_changes = std::ranges::any_of(
      page.document.parts, [](const DocumentPart& part) { return part.unchanged > 0; });
  Object data = signing_data(shell, "title_sign");
  data.emplace_back("notice", page.notice.empty() ? "" : t.at(page.notice));
  data.emplace_back("fault", page.incomplete ? t.at("sign_incomplete") : "");
  data.emplace_back("wording", page.has_easy ? link(shell, !page.easy, page.full) : "");
  data.emplace_back("wording_words", t.at(page.easy ? "usual_wording" : "easy_read"));
  data.emplace_back("every_rule", has_changes ? link(shell, page.easy, true) : "");
  data.emplace_back("ticket", page.ticket);
  data.emplace_back("shown", page.shown);
  data.emplace_back("easy", page.easy ? "yes" : "");
  data.emplace_back("full", page.full ? "yes" : "");
  data.emplace_back("add_ons", add_ons_of(t, page));
  data.emplace_back("yes", yes_words(t, page));
  if (page.may_put_off)
    data.emplace_back("later", page.later_until.empty()
                                   ? t.at("sign_later_words")
                                   : t.fill("sign_later_until", {{"day", page.later_until}}));
  data.emplace_back("help_words", t.at(page.for_pupils ? "sign_help_pupil" : "sign_help_words"));
  data.emplace_back("no_words", t.at(page.for_pupils ? "sign_no_pupil" : "sign_no_words"));
  return render("sign", shell.texts, data, *rules_html(page.document, page.marks, page.hash));
}

std::string sign_in_page(const DeskShell& shell, const SignInPage& page) {
  Object data = signing_data(shell, "title_sign");
  data.emplace_back("fault", page.is_fault ? page.why : "");
  data.emplace_back("why", page.is_fault ? "" : page.why);
  data.emplace_back("sign_in", page.sign_in);
  data.emplace_back("form", page.form);
  data.emplace_back("login", page.login);
  return render("sign_in", shell.texts, data);
}

std::string nothing_to_sign_page(const DeskShell& shell, const std::vector<HeldAgreement>& held) {
  Object data = signing_data(shell, "title_sign_nothing");
  data.emplace_back("lines", lines_of({shell.texts.at("sign_nothing")}));
  Array rows;
  for (const HeldAgreement& each : held)
    rows.push_back(
        Object{{"rules", each.rules}, {"when", each.when}, {"receipt_of", each.receipt}});
  data.emplace_back("any_held", !rows.empty());
  data.emplace_back("held", std::move(rows));
  return render("signed", shell.texts, data);
}

std::string said_page(const DeskShell& shell, const SaidPage& page) {
  const Texts& t = shell.texts;
  const bool yes = page.said == "yes";
  Object data = signing_data(shell, yes ? "title_sign_done" : "title_sign_kept");
  data.emplace_back("lines", lines_of({t.at("sign_said_" + page.said), page.message,
                                       yes ? t.at("sign_close") : std::string()}));
  data.emplace_back("receipt", page.receipt);
  data.emplace_back("again", true);
  return render("signed", shell.texts, data);
}

std::string cannot_sign_page(const DeskShell& shell, std::string_view why) {
  Object data = signing_data(shell, "title_sign_nothing");
  data.emplace_back("lines", lines_of({shell.texts.at(why)}));
  return render("signed", shell.texts, data);
}

}  // namespace assent::web
