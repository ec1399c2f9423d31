#pragma once
// One request to the desk of somebody who is signed in, and what stands before it. Inside
// service/http only.

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

  std::string field(std::string_view name) const;  // empty: not there
  const School& school() const { return *session.school; }
};

std::string base_of(const School& school);  // "/desk/kingsmead"
web::DeskShell shell_of(const Request& request, const School& school);
// 303: the next page is asked for by GET.
Response go_to(const std::string& path);
// Why somebody is not let in; where that is for want of signing in, the way there.
Response closed(const Request& request, const School& school, const Error& why, int status);

using Handle = void (*)(const Visit&, const Params&, const Respond&);
// Answers by itself unless somebody of this school is signed in and, where it is a form, it is
// ours.
Route desk_route(const DeskServices& services, std::string method, std::string pattern,
                 Handle handle);

}  // namespace assent::http
