# The programs. Each main.cpp builds its objects and wires them.
function(assent_program name main)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${main})
    add_executable(${name} ${PROJECT_SOURCE_DIR}/${main})
    target_link_libraries(${name} PRIVATE ${ARGN})
  endif()
endfunction()

assent_program(assentd service/main.cpp assent_program assent_http assent_store assent_calendar assent_config spdlog::spdlog CLI11::CLI11)
assent_program(assent-agent pam-module/agent/main.cpp assent_agent CLI11::CLI11 spdlog::spdlog)
assent_program(assentctl admin-cli/main.cpp assent_cli)
include(cmake/PamModule.cmake)
