#pragma once
// One request to the desk of somebody who is signed in, and what stands before it; what other
// pages with a session share. Inside service/http only.

#include "service/http/desk_routes.h"
#include "service/http/request_reader.h"
#include "service/web/desk_pages.h"

namespace assent::http {

// One request of somebody who is signed in.
struct Visit {
  const DeskServices& services;
  PageSession session;
  web::DeskShell shell;
  Named form;

  std::string field(std::string_view name) const { return field_of(form, name); }
  const School& school() const { return *session.school; }
};

std::string base_of(const School& school);     // "/desk/kingsmead"
std::string signing_of(const School& school);  // "/sign/kingsmead"
// A Set-Cookie that makes `value` the session; empty and with no life, it ends.
std::string session_cookie(const std::string& value, seconds life);
// Who is signed in at this school. Denied, in words for whoever stands there.
Result<PageSession> session_at(const SignIn& sign_in, const Request& request, const School& school);
// Reads a form of the session's own; false for any other.
bool read_own_form(const PageSession& session, const Request& request, Named& form);
web::DeskShell shell_of(const Request& request, const School& school);
// Of a page that says why something was not done.
int status_of(const Error& error);
// 303: the next page is asked for by GET.
Response go_to(const std::string& path);
// Why somebody is not let in, by its name in the texts, and the way to `sign_in` to `base` where
// that would help (status 401).
Response closed(const Request& request, const School& school, std::string_view why, int status,
                const std::string& base);
// Why a form that is not the session's own changes nothing.
Response stale_form(const Request& request, const School& school, const std::string& base);

// What somebody is called; empty for nobody.
std::string name_of(const Visit& visit, PersonKey key);
// One guest as the pages show them, and the only page with their secrets.
web::DeskGuest to_page(const Visit& visit, const GuestRow& row);
Response issued_page(const Visit& visit, const IssuedGuest& issued);

using Handle = void (*)(const Visit&, const Params&, const Respond&);
// Answers by itself unless somebody of this school is signed in and, where it is a form, it is
// ours.
Route desk_route(const DeskServices& services, std::string method, std::string pattern,
                 Handle handle);

}  // namespace assent::http
