# Where a layer's headers cost a compiler more than its files do, some files share a run of it: a
# third of the time. Names in their unnamed namespaces then have to differ.
set(batched_layers app directory http)
function(assent_batched target)
  string(REGEX REPLACE "^assent_|_test$" "" layer ${target})
  if(layer IN_LIST batched_layers OR layer STREQUAL "contract")
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
    # The compiler takes a batch's sources for headers, where an unnamed namespace would be a fault.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

# One static library a folder. The link lines below are the architecture: a layer names what it may
# use, and tests/tidy holds the includes to the same table.
function(assent_layer name directory)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${directory}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(NOT sources)
    add_library(assent_${name} INTERFACE)
    list(TRANSFORM ARGN REPLACE "^(PUBLIC|PRIVATE)$" "INTERFACE")
  else()
    add_library(assent_${name} STATIC ${sources})
    assent_batched(assent_${name})
  endif()
  target_link_libraries(assent_${name} ${ARGN})
endfunction()

# A program: its main.cpp builds the objects and wires them.
function(assent_program name main)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${main})
    add_executable(${name} ${PROJECT_SOURCE_DIR}/${main})
    target_link_libraries(${name} PRIVATE ${ARGN})
  endif()
endfunction()

assent_layer(base         core/base)
assent_layer(crypto       core/crypto       PUBLIC assent_base PRIVATE PkgConfig::sodium)
assent_layer(formats      core/formats      PUBLIC assent_base PRIVATE nlohmann_json::nlohmann_json tomlplusplus::tomlplusplus)
assent_layer(unicode      core/unicode      PUBLIC assent_base PRIVATE PkgConfig::utf8proc)
assent_layer(ledger       core/ledger       PUBLIC assent_crypto)
assent_layer(presentation core/presentation PUBLIC assent_crypto assent_unicode)
assent_layer(wire         core/wire         PUBLIC assent_formats assent_crypto)
assent_layer(gate         core/gate         PUBLIC assent_wire)
assent_layer(device       core/device       PUBLIC assent_wire assent_presentation assent_ledger PRIVATE Threads::Threads)
assent_layer(chain_value  winlogon-shim/chain/value PUBLIC assent_base)

# What the Windows programs decide is no Windows' business: Linux tests and fuzzes it too.
assent_layer(shim         winlogon-shim/domain PUBLIC assent_gate assent_device)

# Part of a Windows program, and plain C++ all the same.
assent_layer(logon_buffer winlogon-shim/logon_buffer PUBLIC assent_base)

if(WIN32)
  assent_layer(windows          winlogon-shim/system     PUBLIC assent_base PRIVATE advapi32)
  assent_layer(chain            winlogon-shim/chain      PUBLIC assent_windows assent_chain_value PRIVATE advapi32)
  assent_layer(win_http         winlogon-shim/transport  PUBLIC assent_windows assent_wire PRIVATE Threads::Threads winhttp crypt32 ws2_32)
  assent_layer(machine          winlogon-shim/machine    PUBLIC assent_windows assent_shim PRIVATE advapi32)
  assent_layer(pipe             winlogon-shim/pipe       PUBLIC assent_machine PRIVATE Threads::Threads)
  assent_layer(banner           winlogon-shim/banner     PUBLIC assent_pipe)
  assent_layer(logon_service    winlogon-shim/service    PUBLIC assent_pipe assent_win_http assent_chain PRIVATE shell32 ole32)
  assent_layer(ui               winlogon-shim/ui         PUBLIC assent_machine PRIVATE gdi32 user32 uxtheme)
  assent_layer(provider         winlogon-shim/provider   PUBLIC assent_windows assent_logon_buffer PRIVATE ole32 advapi32 wtsapi32)
  assent_layer(screen           winlogon-shim/screen     PUBLIC assent_provider assent_ui assent_pipe)
  assent_layer(logon            winlogon-shim/logon      PUBLIC assent_ui assent_pipe assent_chain)
  return()
endif()

# What follows is for Linux alone.

assent_layer(nt_hash      core/nt_hash      PUBLIC assent_base PRIVATE PkgConfig::nettle)
assent_layer(files        core/files        PUBLIC assent_base)
assent_layer(policy       core/policy       PUBLIC assent_crypto assent_formats assent_unicode PRIVATE PkgConfig::cmark)
assent_layer(client       core/client       PUBLIC assent_wire PRIVATE PkgConfig::curl)
assent_layer(slip         core/slip         PUBLIC assent_base PRIVATE PkgConfig::pangocairo PkgConfig::qrencode)
assent_layer(agent        pam-module/agent  PUBLIC assent_files assent_client assent_device PRIVATE Threads::Threads)
assent_layer(cli          admin-cli         PUBLIC assent_files assent_wire assent_client assent_policy assent_presentation assent_ledger assent_slip PRIVATE CLI11::CLI11)

assent_layer(domain       service/domain    PUBLIC assent_policy assent_presentation assent_ledger)
include(cmake/WordTable.cmake)
assent_layer(app          service/app       PUBLIC assent_domain assent_nt_hash PRIVATE Threads::Threads)
assent_layer(store        service/store     PUBLIC assent_app PRIVATE SQLite::SQLite3)
assent_layer(directory    service/directory PUBLIC assent_app assent_files PRIVATE PkgConfig::ldap PkgConfig::lber Threads::Threads)
assent_layer(radius       service/radius    PUBLIC assent_app assent_formats)
assent_layer(gateway      service/gateway   PUBLIC assent_app assent_client PRIVATE PkgConfig::libcrypto Threads::Threads)
assent_layer(calendar     service/calendar  PUBLIC assent_app PRIVATE date::date-tz)
assent_layer(config       service/config    PUBLIC assent_app assent_formats)
assent_layer(web          service/web       PUBLIC assent_presentation)
include(cmake/WebFiles.cmake)
assent_layer(http         service/http      PUBLIC assent_app assent_wire assent_web assent_radius assent_gateway PRIVATE PkgConfig::pistache Threads::Threads ${CMAKE_DL_LIBS})
assent_layer(program      service/program   PUBLIC assent_files assent_store assent_directory assent_radius assent_gateway assent_calendar assent_config)
