#pragma once
// Kinds of guest to begin from, one for each way to count a stay.

#include "service/domain/guest_kind.h"

namespace assent {

// Eight hours at most, two extensions of two hours in all.
inline GuestKind visitor_kind() {
  GuestKind out;
  out.name = "visitor";
  out.audience = "visitor";
  out.longest_stay = hours{8};
  out.extensions = 2;
  out.longest_extension = hours{2};
  out.issue = {"ict"};
  out.request = {"reception"};
  return out;
}
inline GuestKind sponsored_kind() {
  GuestKind out = visitor_kind();
  out.name = "event";
  out.request.push_back("self");
  out.sponsor = {"teacher"};
  return out;
}
inline GuestKind code_kind() {
  GuestKind out = visitor_kind();
  out.name = "code";
  out.counts_from = GuestStart::FirstLogin;
  out.use_within = days{7};
  return out;
}
inline GuestKind window_kind() {
  GuestKind out = visitor_kind();
  out.name = "window";
  out.counts_from = GuestStart::Window;
  return out;
}
inline GuestKind pool_kind() {
  GuestKind out = visitor_kind();
  out.name = "pool";
  out.pool = {"supply01", "supply02"};
  return out;
}

}  // namespace assent
