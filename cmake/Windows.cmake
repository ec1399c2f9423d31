# The Windows programs and their tests. UTF-16 everywhere, nothing loaded but Windows' own libraries.
add_compile_definitions(UNICODE _UNICODE WIN32_LEAN_AND_MEAN NOMINMAX WINVER=0x0A00 _WIN32_WINNT=0x0A00)
# The same bytes from the same sources: no time is written into a file, and no address that is made from
# the file's name.
add_compile_options(-ffunction-sections -fdata-sections)
add_link_options(-static -static-libgcc -static-libstdc++ -Wl,--gc-sections
  -Wl,--dynamicbase,--nxcompat,--high-entropy-va,--no-insert-timestamp,--disable-auto-image-base,--exclude-all-symbols)

# The unit tests of the shared core, as Windows programs: ctest has wine run them. Debian has no
# RapidCheck for Windows: the properties are held on Linux alone.
enable_testing()
set(INSTALL_GTEST OFF)
add_subdirectory(/usr/src/googletest ${PROJECT_BINARY_DIR}/googletest EXCLUDE_FROM_ALL SYSTEM)
foreach(library gtest gtest_main)
  target_compile_options(${library} PRIVATE -w)
endforeach()
function(assent_windows_test name directory)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${directory}/*.cpp)
  foreach(source ${sources})
    file(STRINGS ${source} needs REGEX "rapidcheck|arbitrary_documents|tiny_server")
    if(needs)
      list(REMOVE_ITEM sources ${source})
    endif()
  endforeach()
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${ARGN} gtest_main)
  target_compile_definitions(${name} PRIVATE ASSENT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS windows TIMEOUT 120)
endfunction()
foreach(layer base crypto formats unicode ledger presentation wire gate device shim logon_buffer)
  assent_windows_test(${layer}_test tests/unit/${layer} assent_${layer} assent_formats)
endforeach()

# These are about Windows alone.
assent_windows_test(provider_test tests/unit/provider assent_provider)
assent_windows_test(chain_test tests/unit/chain assent_chain_value)

# The programs, without what a debugger would read.
assent_program(assent-service winlogon-shim/service/main.cpp assent_logon_service assent_banner CLI11::CLI11)
# The one message of its event log, a line of text, by which Windows shows what it logs.
set(events ${PROJECT_BINARY_DIR}/events)
file(MAKE_DIRECTORY ${events})
add_custom_command(OUTPUT ${events}/events.rc ${events}/MSG00409.bin
  COMMAND x86_64-w64-mingw32-windmc -r ${events} -h ${events} ${PROJECT_SOURCE_DIR}/winlogon-shim/service/events.mc
  DEPENDS winlogon-shim/service/events.mc)
target_sources(assent-service PRIVATE ${events}/events.rc)
set_source_files_properties(${events}/events.rc PROPERTIES INCLUDE_DIRECTORIES ${events})
add_executable(assent-logon WIN32 winlogon-shim/logon/main.cpp winlogon-shim/logon/logon.rc)
target_link_libraries(assent-logon PRIVATE assent_logon)
foreach(program assent-service assent-logon)
  target_link_options(${program} PRIVATE -s)
endforeach()
target_link_options(assent-logon PRIVATE -municode)

# What tests/windows drives.
add_executable(http_probe tests/windows/http_probe.cpp)
target_link_libraries(http_probe PRIVATE assent_win_http assent_formats crypt32)
add_executable(chain_probe tests/windows/chain_probe.cpp)
target_link_libraries(chain_probe PRIVATE -municode assent_chain assent_banner)
add_executable(desktop_probe tests/windows/desktop_probe.cpp)
add_executable(pipe_probe tests/windows/pipe_probe.cpp)
target_link_libraries(pipe_probe PRIVATE assent_pipe assent_formats)
add_executable(sheet_probe tests/windows/sheet_probe.cpp tests/windows/high_contrast.cpp
  winlogon-shim/logon/logon.rc)
target_link_libraries(sheet_probe PRIVATE assent_ui)
add_executable(screen_service winlogon-shim/service/main.cpp tests/windows/screen_token.cpp)
target_link_libraries(screen_service PRIVATE assent_logon_service assent_banner CLI11::CLI11)
add_executable(window_probe tests/windows/window_probe.cpp)
target_link_libraries(window_probe PRIVATE assent_windows assent_formats)

# A credential provider: the whole of its layer, because Windows calls it by its exports alone, and
# what defines make_gate() and make_sessions(): a source, or a library.
function(assent_provider_dll name gate)
  add_library(${name} MODULE winlogon-shim/provider/provider.def)
  set(whole -Wl,--whole-archive,$<TARGET_FILE:assent_provider>,--no-whole-archive)
  if(TARGET ${gate})
    target_link_libraries(${name} PRIVATE ${whole} ${gate})
  else()
    target_sources(${name} PRIVATE ${gate})
    target_link_libraries(${name} PRIVATE ${whole} assent_provider)
  endif()
  target_link_options(${name} PRIVATE $<$<CONFIG:Release>:-s>)
  set_target_properties(${name} PROPERTIES PREFIX "" LINKER_LANGUAGE CXX
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()
assent_provider_dll(AssentProvider assent_screen)

# A logon screen, Windows' own provider to be wrapped, and a gate that does as it is told.
assent_provider_dll(provider_under_test tests/windows/scripted_gate.cpp)
add_library(inner_provider MODULE tests/windows/inner_provider.def tests/windows/inner_provider.cpp)
target_link_libraries(inner_provider PRIVATE assent_windows ole32)
set_target_properties(inner_provider PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
add_executable(logon_ui_host tests/windows/logon_ui_host.cpp)
target_link_libraries(logon_ui_host PRIVATE assent_windows assent_logon_buffer assent_formats ole32)

# What `./dev bench logon` holds the logon program to.
add_executable(bare_check tests/bench/bare_check.cpp)
target_link_libraries(bare_check PRIVATE winhttp)
target_link_options(bare_check PRIVATE -municode -s)
