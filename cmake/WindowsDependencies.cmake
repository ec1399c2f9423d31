# Dependencies.cmake of the Windows programs. Debian has no libraries for Windows, so those that the
# core needs are built from Debian's own sources, with Debian's patches (tools/dev/windows.sh); what
# is headers alone is taken from where Debian put it.
enable_language(C)
find_package(Threads REQUIRED)
set(ASSENT_SOURCES ${PROJECT_SOURCE_DIR}/build/sources)
if(NOT EXISTS ${ASSENT_SOURCES}/libsodium OR NOT EXISTS ${ASSENT_SOURCES}/utf8proc)
  message(FATAL_ERROR "the sources of libsodium and utf8proc are not in ${ASSENT_SOURCES}: ./dev build windows")
endif()

# Portable C, without its autotools: some 370 KB.
set(sodium_source ${ASSENT_SOURCES}/libsodium/src/libsodium)
set(sodium_made ${PROJECT_BINARY_DIR}/sodium)
file(GLOB_RECURSE sodium_files ${sodium_source}/*.c)
configure_file(${ASSENT_SOURCES}/libsodium/builds/msvc/version.h ${sodium_made}/sodium/version.h COPYONLY)
add_library(sodium STATIC ${sodium_files})
target_include_directories(sodium SYSTEM PUBLIC ${sodium_made} ${sodium_source}/include
  ${sodium_source}/include/sodium PRIVATE ${sodium_made}/sodium)
target_compile_definitions(sodium PUBLIC SODIUM_STATIC=1
  PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 HAVE_TI_MODE=1)
target_compile_options(sodium PRIVATE -w)
target_link_libraries(sodium PRIVATE advapi32)
add_library(PkgConfig::sodium ALIAS sodium)

add_library(utf8proc STATIC ${ASSENT_SOURCES}/utf8proc/utf8proc.c)
target_include_directories(utf8proc SYSTEM PUBLIC ${ASSENT_SOURCES}/utf8proc)
target_compile_definitions(utf8proc PUBLIC UTF8PROC_STATIC=1)
target_compile_options(utf8proc PRIVATE -w)
add_library(PkgConfig::utf8proc ALIAS utf8proc)

# Not the whole of /usr/include: a Linux header must never be found.
set(headers ${PROJECT_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${headers})
foreach(folder nlohmann toml++ dtl CLI)
  file(CREATE_LINK /usr/include/${folder} ${headers}/${folder} SYMBOLIC)
endforeach()
include_directories(SYSTEM ${headers})
add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
add_library(tomlplusplus::tomlplusplus INTERFACE IMPORTED)
add_library(CLI11::CLI11 INTERFACE IMPORTED)
