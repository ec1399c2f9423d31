#pragma once
// The roles that a roster may give (K32, R49). A closed list, so that a typing error in an export
// or an audience rule is found instead of making somebody owe nothing.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace assent {

inline constexpr std::array<std::string_view, 10> kRoles = {
    "student", "staff",     "governor", "volunteer", "parent",
    "visitor", "community", "trainee",  "supply",    "contractor"};
// What an account is: a person's own, a class login (never accepts by itself, A33), a program's.
inline constexpr std::array<std::string_view, 3> kKinds = {"personal", "shared", "service"};
// What audience rules may ask about: the keys of a Profile.
inline constexpr std::array<std::string_view, 6> kFacts = {"role",  "year", "stage",
                                                           "group", "ou",   "kind"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

// "student, staff, …", for messages.
template <std::size_t N>
std::string listed(const std::array<std::string_view, N>& list) {
  std::string out;
  for (const std::string_view each : list) out += (out.empty() ? "" : ", ") + std::string(each);
  return out;
}

}  // namespace assent
