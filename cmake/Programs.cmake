# The programs of Linux; those of Windows are in Windows.cmake.
assent_program(assentd service/main.cpp assent_program assent_http assent_store assent_calendar assent_config spdlog::spdlog CLI11::CLI11)
assent_program(assent-agent pam-module/agent/main.cpp assent_agent CLI11::CLI11 spdlog::spdlog)
assent_program(assentctl admin-cli/main.cpp assent_cli)
include(cmake/PamModule.cmake)
