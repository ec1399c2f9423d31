# service/domain/passphrase_words.txt as a table: the function that service/domain/words.h names.
set(word_list ${PROJECT_SOURCE_DIR}/service/domain/passphrase_words.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${word_list})
file(STRINGS ${word_list} words REGEX "^[a-z]+$")
list(JOIN words "\",\n    \"" words)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/passphrase_words.cpp @ONLY CONTENT [[
#include "service/domain/words.h"

namespace assent {
namespace {

constexpr std::string_view kWords[] = {
    "@words@"};

}  // namespace

std::span<const std::string_view> passphrase_words() {
  return kWords;
}

}  // namespace assent
]])
target_sources(assent_domain PRIVATE ${PROJECT_BINARY_DIR}/passphrase_words.cpp)
