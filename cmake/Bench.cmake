# What ./dev bench measures with, beside the programs themselves; tests/bench/run.py drives it.
function(assent_bench name)
  add_executable(${name} tests/bench/${name}.cpp)
  target_link_libraries(${name} PRIVATE ${ARGN})
endfunction()

assent_bench(fixed_server assent_http)
assent_bench(fill_store   assent_program)
assent_bench(fill_guests  assent_program)
assent_bench(replay_rows  assent_store)
assent_bench(pam_host     pam)
assent_bench(gate_load    assent_wire assent_presentation assent_client)
target_sources(gate_load PRIVATE tests/bench/load.cpp)
assent_bench(import_rows  assent_store assent_formats)

add_library(slow_sync MODULE tests/support/slow_sync.cpp)
target_link_libraries(slow_sync PRIVATE ${CMAKE_DL_LIBS})
set_target_properties(slow_sync PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)

add_custom_target(bench_programs DEPENDS assentd assent-agent pam_assent fixed_server fill_store fill_guests
  replay_rows pam_host gate_load import_rows slow_sync)
