#pragma once
// What the service is told of how staff sign in to pages.

#include <string>

namespace assent {

// [signin] of assent.toml. Empty issuer: nobody signs in to pages.
struct SignInSettings {
  std::string issuer;  // any other is refused
  std::string source;  // how a person is found: "login", or by the id of this roster source
};

}  // namespace assent
