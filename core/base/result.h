#pragma once
// How every fallible function in Assent answers. An outcome that a caller should expect is a value;
// exceptions mean a bug or no memory, and are caught once, at the edge of each process.
//
// Spelled like C++23's std::expected, with one improvement: ignoring a Result does not compile.

#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace assent {

// Each code says what the *caller* should do.
enum class Code {
  NotFound,     // The thing named does not exist.
  Conflict,     // Someone changed it first, or it is already so. Read again, then decide.
  Invalid,      // The caller's input is wrong. Trying again cannot help.
  Denied,       // Understood, and refused by a rule.
  Unavailable,  // A dependency did not answer. Trying again may help.
  Corrupt,      // Stored or received data fails its own checks. Never retry; always alert.
};

struct Error {
  Code code;
  std::string message;  // What happened and what to do, for the operator. Not for login screens.
};

struct Failure {  // What fail() returns: converts to any Result.
  Error error;
};

inline Failure fail(Error error) {
  return {std::move(error)};
}
inline Failure fail(Code code, std::string message) {
  return {{code, std::move(message)}};
}

template <class T>
class [[nodiscard]] Result {
  using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

 public:
  Result() requires std::is_void_v<T> : state_(std::monostate{}) {}
  Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure.error)) {}
  // A template, so that a Result<optional<T>> can be returned as nullopt.
  template <class U = Value>
  requires std::is_convertible_v<U&&, Value> Result(U&& value)
      : state_(std::in_place_index<0>, std::forward<U>(value)) {}

  explicit operator bool() const { return state_.index() == 0; }

  // value() throws when there is none: for tests. * and -> are for after a check.
  Value& value() & { return std::get<0>(state_); }
  Value value() && { return std::get<0>(std::move(state_)); }
  Value& operator*() & { return *std::get_if<0>(&state_); }
  const Value& operator*() const& { return *std::get_if<0>(&state_); }
  Value operator*() && { return std::move(*std::get_if<0>(&state_)); }
  Value* operator->() { return std::get_if<0>(&state_); }
  const Value* operator->() const { return std::get_if<0>(&state_); }

  const Error& error() const& { return std::get<1>(state_); }
  Error error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<Value, Error> state_;
};

using Status = Result<void>;

}  // namespace assent

// Unwraps a Result into a declaration, or returns its error: ASSENT_TRY(auto head, store.head());
#define ASSENT_TRY(declaration, expression) \
  ASSENT_TRY_IMPL(declaration, expression, ASSENT_TRY_NAME(result_, __LINE__))
#define ASSENT_TRY_NAME(a, b) ASSENT_TRY_NAME_IMPL(a, b)
#define ASSENT_TRY_NAME_IMPL(a, b) a##b
#define ASSENT_TRY_IMPL(declaration, expression, name)       \
  auto name = (expression);                                  \
  if (!name) return ::assent::fail(std::move(name).error()); \
  declaration = *std::move(name)

// Returns the error of a Status: ASSENT_CHECK(file.sync());
#define ASSENT_CHECK(expression) ASSENT_CHECK_IMPL(expression, ASSENT_TRY_NAME(status_, __LINE__))
#define ASSENT_CHECK_IMPL(expression, name) \
  if (auto name = (expression); !name) return ::assent::fail(std::move(name).error())
