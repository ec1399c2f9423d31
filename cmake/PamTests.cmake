# The PAM module under libpam-wrapper: as any user, against a scripted stand-in for the agent. Not
# built with sanitizers, because the wrapper is preloaded before their runtime.
include(cmake/PamModule.cmake)
find_library(PAM_WRAPPER_LIBRARY NAMES libpam_wrapper.so REQUIRED)
pkg_get_variable(PAM_WRAPPER_MODULES pam_wrapper modules)

file(GLOB pam_test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/pam/*.cpp)
add_executable(pam_test ${pam_test_sources} core/base/text.cpp core/wire/agent_message.cpp
  core/gate/conversation.cpp core/gate/screen.cpp core/gate/words.cpp pam-module/module/options.cpp
  pam-module/module/pam_screen.cpp pam-module/module/agent_client.cpp
  pam-module/module/local_account.cpp)
target_compile_options(pam_test PRIVATE -fno-sanitize=all)
target_link_options(pam_test PRIVATE -fno-sanitize=all)
target_compile_definitions(pam_test PRIVATE ASSENT_PAM_MODULE="$<TARGET_FILE:pam_assent>"
  ASSENT_PAM_WRAPPER_MODULES="${PAM_WRAPPER_MODULES}")
target_link_libraries(pam_test PRIVATE GTest::gtest pam)
add_dependencies(pam_test pam_assent)
add_test(NAME pam_test COMMAND ${CMAKE_COMMAND} -E env LD_PRELOAD=${PAM_WRAPPER_LIBRARY}
  PAM_WRAPPER=1 $<TARGET_FILE:pam_test>)
set_tests_properties(pam_test PROPERTIES LABELS unit TIMEOUT 120 RUN_SERIAL ON)
