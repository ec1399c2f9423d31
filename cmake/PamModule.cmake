# pam_assent.so: loaded into sshd, login and display managers, so it carries its own C++ runtime,
# exports the PAM entry points alone, and is never built with sanitizers. Compiled from sources: it
# takes three small pieces of core/ and no more (tests/unit/pam holds what it links against).
include_guard(GLOBAL)
add_library(pam_assent MODULE
  core/base/text.cpp core/wire/agent_message.cpp core/gate/conversation.cpp core/gate/screen.cpp core/gate/words.cpp
  pam-module/module/agent_client.cpp pam-module/module/agent_gate.cpp
  pam-module/module/local_account.cpp pam-module/module/login.cpp
  pam-module/module/options.cpp
  pam-module/module/pam_assent.cpp pam-module/module/pam_screen.cpp)
set_target_properties(pam_assent PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden
  VISIBILITY_INLINES_HIDDEN ON LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib/security
  LINK_DEPENDS ${PROJECT_SOURCE_DIR}/pam-module/module/exports.map)
target_compile_options(pam_assent PRIVATE -O2 -fno-sanitize=all -fstack-protector-strong
  -ffunction-sections -fdata-sections)
target_link_options(pam_assent PRIVATE -fno-sanitize=all -static-libstdc++ -static-libgcc
  -Wl,--version-script=${PROJECT_SOURCE_DIR}/pam-module/module/exports.map
  -Wl,--exclude-libs,ALL,--gc-sections,--as-needed,-Bsymbolic
  -Wl,-z,defs,-z,now,-z,relro,-z,nodelete)
target_link_libraries(pam_assent PRIVATE pam)
