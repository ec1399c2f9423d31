# Fuzz targets (libFuzzer): tests/fuzz/<name>.cpp over one layer, seeds in tests/fuzz/seeds/<name>.
#   cmake --preset fuzz && cmake --build --preset fuzz
#   build/fuzz/bin/fuzz_json -max_total_time=60 CORPUS tests/fuzz/seeds/json
set(fuzz_targets
  open_note:ledger  tlog_proof:ledger  verifier_key:ledger
  json:formats      toml:formats
  document:presentation  rendition:policy
  gate:wire         device:wire       agent_message:wire
  csv_roster:app    directory_values:directory
  logon_buffer:logon_buffer
  voucher:domain    radius:radius     fas_query:gateway  form:http  accepted_languages:web
  sheet:shim)

add_custom_target(fuzz_targets)
foreach(target ${fuzz_targets})
  string(REPLACE ":" ";" target ${target})
  list(GET target 0 name)
  list(GET target 1 layer)
  get_target_property(kind assent_${layer} TYPE)
  if(NOT kind STREQUAL "STATIC_LIBRARY")  # headers only: nothing to fuzz
    message(STATUS "fuzz_${name}: ${layer} has no sources")
    continue()
  endif()
  add_executable(fuzz_${name} tests/fuzz/${name}.cpp)
  target_link_libraries(fuzz_${name} PRIVATE assent_${layer})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz_targets fuzz_${name})
endforeach()
