# One test program a layer: tests/unit/<layer>/*.cpp. Each links the whole of its layer and nothing
# above it, so a layer that reaches upwards does not link.
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
add_library(assent_support INTERFACE)

function(assent_test name directory layer)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${directory}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  get_target_property(kind ${layer} TYPE)
  if(kind STREQUAL "STATIC_LIBRARY")  # named once only: CMake refuses a library both ways
    set(layer $<LINK_LIBRARY:WHOLE_ARCHIVE,${layer}>)
  endif()
  target_link_libraries(${name} PRIVATE ${layer} ${ARGN} GTest::gtest_main rapidcheck)
  assent_batched(${name})
  target_compile_definitions(${name} PRIVATE ASSENT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # A third of the compiler's time for a test's own lines went into these; AddressSanitizer sees a
  # null pointer as well, and what is tested keeps both.
  target_compile_options(${name} PRIVATE -O0 -fno-sanitize=null,alignment)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 60)
endfunction()

foreach(layer base crypto nt_hash formats unicode ledger policy presentation wire gate device shim logon_buffer client slip domain app store directory radius gateway calendar config web http)
  assent_test(${layer}_test tests/unit/${layer} assent_${layer})
endforeach()
assent_test(chain_test tests/unit/chain assent_chain_value)
assent_test(agent_test tests/unit/agent assent_agent)
assent_test(cli_test tests/unit/cli assent_cli)
assent_test(contract_test tests/contract assent_store assent_directory assent_calendar assent_config)
assent_test(tidy_test tests/tidy assent_base)

# Over a real connection.
if(TARGET device_test)
  target_link_libraries(device_test PRIVATE assent_client)
endif()

# Tests of lower layers that read JSON vectors.
if(TARGET ledger_test)
  target_link_libraries(ledger_test PRIVATE assent_formats)
endif()
if(TARGET presentation_test)
  target_link_libraries(presentation_test PRIVATE assent_formats)
endif()

# Writes a small log for the programs by others in tests/integration/test_receipt_by_others.py.
add_executable(sample_log tests/support/sample_log.cpp)
target_link_libraries(sample_log PRIVATE assent_ledger)

# Appends until it is killed, and checks afterwards: for kill -9 tests in tests/integration.
add_executable(crash_writer tests/support/crash_writer.cpp)
target_link_libraries(crash_writer PRIVATE assent_store assent_ledger Threads::Threads)
include(cmake/PamTests.cmake)

add_executable(echo_server tests/support/echo_server.cpp)
target_link_libraries(echo_server PRIVATE assent_http)

# Contracts over a real directory, which the integration tests start (test_directory_contract.py).
file(GLOB real_directory_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/contract/real/*.cpp)
add_executable(real_directory_test ${real_directory_sources})
target_link_libraries(real_directory_test PRIVATE assent_directory assent_config GTest::gtest_main)

# A directory server in memory, for the tests of what speaks to one.
foreach(test directory_test contract_test)
  target_sources(${test} PRIVATE tests/support/directory/fake_directory.cpp
    tests/support/directory/fake_filter.cpp)
endforeach()

# The library of fonts keeps them until the end.
foreach(test slip_test cli_test)
  target_sources(${test} PRIVATE tests/support/kept_fonts.cpp)
endforeach()

# The contract of change feeds over a server that tests/integration/test_directory_feed.py starts.
add_executable(feed_contract tests/support/feed_contract.cpp)
target_link_libraries(feed_contract PRIVATE assent_directory assent_config GTest::gtest)
