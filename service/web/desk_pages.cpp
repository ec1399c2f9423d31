#include "service/web/desk_pages.h"

#include "core/base/value.h"
#include "service/web/page_data.h"
#include "service/web/template.h"

namespace assent::web {
namespace {

Object desk_data(const DeskShell& shell, std::string_view title) {
  Object data = page_data({shell.texts, shell.school, "", shell.action, ""}, title, false);
  data.emplace_back("desk", true);
  data.emplace_back("own", true);
  data.emplace_back("person", shell.person);
  data.emplace_back("token", shell.form_token);
  return data;
}

Object to_object(const DeskShell& shell, const DeskGuest& guest) {
  return {{"id", guest.id},
          {"name", guest.name},
          {"kind", guest.kind},
          {"account", guest.account},
          {"host", guest.host},
          {"why", guest.why},
          {"until", guest.until},
          {"standing", shell.texts.at("standing_" + guest.standing)},
          {"online", guest.online == 0 ? "" : std::to_string(guest.online)},
          {"visits", guest.visits},
          {"match", guest.match},
          {"longer_until", guest.longer_until},
          {"longer_by", guest.longer_by},
          {"longer_words",
           guest.longer_until.empty()
               ? ""
               : shell.texts.fill("desk_longer_until", {{"until", guest.longer_until}})},
          {"let_in_words", shell.texts.fill("desk_let_in", {{"code", guest.match}})},
          {"can_let_in", guest.can_approve && !guest.match.empty()},
          {"can_grant", guest.can_grant && (!guest.can_approve || guest.match.empty())},
          {"can_approve", guest.can_approve && guest.match.empty()},
          {"can_reject", guest.can_grant},
          {"can_extend", guest.can_extend},
          {"can_hold", guest.can_hold},
          {"can_resume", guest.can_resume},
          {"can_end", guest.can_end}};
}

Array to_array(const DeskShell& shell, const std::vector<DeskGuest>& guests) {
  Array out;
  for (const DeskGuest& guest : guests) out.push_back(to_object(shell, guest));
  return out;
}

Array to_array(const DeskShell& shell, const std::vector<DeskRole>& roles) {
  Array out;
  for (const DeskRole& each : roles)
    out.push_back(Object{{"id", each.id},
                         {"role", each.role},
                         {"holder", each.holder},
                         {"deputy_of", each.deputy_of},
                         {"from", each.from},
                         {"until", each.until},
                         {"why", each.why},
                         {"asked_by", each.asked_by},
                         {"decided_by", each.decided_by},
                         {"standing", shell.texts.at("role_" + each.standing)},
                         {"can_grant", each.can_grant},
                         {"can_reject", each.can_reject},
                         {"can_end", each.can_end}});
  return out;
}

Array to_array(const std::vector<DeskChoice>& choices) {
  Array out;
  for (const DeskChoice& each : choices)
    out.push_back(Object{{"value", each.value}, {"label", each.label}, {"chosen", each.chosen}});
  return out;
}

}  // namespace

std::string desk_page(const DeskShell& shell, const DeskHome& page) {
  Object data = desk_data(shell, "title_desk");
  data.emplace_back("here", to_array(shell, page.here));
  data.emplace_back("any_here", !page.here.empty());
  data.emplace_back("asked", to_array(shell, page.asked));
  data.emplace_back("longer", to_array(shell, page.longer));
  Array pools;
  for (const DeskPool& pool : page.pools) {
    const std::string free = std::to_string(pool.free), all = std::to_string(pool.all);
    pools.push_back(Object{
        {"kind", pool.kind},
        {"key", std::to_string(pools.size() + 1)},
        {"words",
         shell.texts.fill("lend_words", {{"kind", pool.kind}, {"free", free}, {"all", all}})}});
  }
  data.emplace_back("pools", std::move(pools));
  const std::size_t waiting = page.asked.size() + page.longer.size();
  data.emplace_back(
      "waiting",
      waiting == 0 ? "" : shell.texts.fill("desk_waiting", {{"count", std::to_string(waiting)}}));
  return render("desk", shell.texts, Value{std::move(data)});
}

std::string desk_form_page(const DeskShell& shell, const DeskForm& form) {
  Object data = desk_data(shell, "title_desk_new");
  data.emplace_back("fault", form.fault);
  data.emplace_back("fault_field", form.field);
  data.emplace_back("kinds", to_array(form.kinds));
  data.emplace_back("hosts", to_array(form.hosts));
  data.emplace_back("any_hosts", !form.hosts.empty());
  data.emplace_back("name", form.name);
  data.emplace_back("why", form.why);
  data.emplace_back("host", form.host);
  data.emplace_back("until", form.until);
  return render("desk_new", shell.texts, Value{std::move(data)});
}

std::string desk_lend_page(const DeskShell& shell, const DeskLend& lend) {
  Object data = desk_data(shell, "title_desk_lend");
  data.emplace_back("kind", lend.kind);
  data.emplace_back("typed", lend.typed);
  data.emplace_back("earlier", to_array(lend.earlier));
  data.emplace_back("new_words", shell.texts.fill("lend_new", {{"name", lend.typed}}));
  return render("desk_lend", shell.texts, Value{std::move(data)});
}

std::string desk_issued_page(const DeskShell& shell, const DeskIssued& issued) {
  Object data = desk_data(shell, "title_desk_issued");
  data.emplace_back("name", issued.name);
  data.emplace_back("kind", issued.kind);
  data.emplace_back("until", issued.until);
  data.emplace_back("account", issued.account);
  data.emplace_back("passphrase", issued.passphrase);
  data.emplace_back("voucher", issued.voucher);
  data.emplace_back("wifi", issued.wifi);
  data.emplace_back("address", issued.address);
  return render("desk_issued", shell.texts, Value{std::move(data)});
}

std::string desk_asked_page(const DeskShell& shell, const DeskGuest& guest) {
  Object data = desk_data(shell, "title_desk_asked");
  Array lines{Value{Object{{"text", shell.texts.fill("desk_asked", {{"name", guest.name}})}}}};
  data.emplace_back("lines", std::move(lines));
  return render("message", shell.texts, Value{std::move(data)});
}

std::string desk_guest_page(const DeskShell& shell, const DeskGuest& guest,
                            const std::string& fault) {
  Object data = desk_data(shell, "title_desk_guest");
  data.emplace_back("fault", fault);
  data.emplace_back("guest", to_object(shell, guest));
  return render("desk_guest", shell.texts, Value{std::move(data)});
}

std::string desk_roles_page(const DeskShell& shell, const DeskRoles& page) {
  Object data = desk_data(shell, "title_desk_roles");
  data.emplace_back("fault", page.fault);
  data.emplace_back("waiting", to_array(shell, page.waiting));
  data.emplace_back("held", to_array(shell, page.held));
  data.emplace_back("over", to_array(shell, page.over));
  data.emplace_back("any_waiting", !page.waiting.empty());
  data.emplace_back("any_held", !page.held.empty());
  data.emplace_back("any_over", !page.over.empty());
  data.emplace_back("roles", to_array(page.roles));
  data.emplace_back("any_roles", !page.roles.empty());
  data.emplace_back("person_named", page.person);
  data.emplace_back("deputy_named", page.deputy_of);
  data.emplace_back("until_named", page.until);
  data.emplace_back("why_named", page.why);
  return render("desk_roles", shell.texts, Value{std::move(data)});
}

std::string desk_closed_page(const DeskShell& shell, const std::string& why,
                             const std::string& sign_in) {
  Object data = desk_data(shell, "title_desk_closed");
  data.emplace_back("why", why);
  data.emplace_back("sign_in", sign_in);
  return render("desk_closed", shell.texts, Value{std::move(data)});
}

}  // namespace assent::web
