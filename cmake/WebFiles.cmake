# Templates, texts and style of service/web as a table inside the program: what web_files.h names.
set(web_folder ${PROJECT_SOURCE_DIR}/service/web)
file(GLOB web_names CONFIGURE_DEPENDS RELATIVE ${web_folder}
  ${web_folder}/templates/*.html ${web_folder}/templates/parts/*.html ${web_folder}/texts/*.txt ${web_folder}/style.css)
set(web_table "")
foreach(name ${web_names})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${web_folder}/${name})
  file(READ ${web_folder}/${name} content)
  string(APPEND web_table "    {\"${name}\", R\"web_file(${content})web_file\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/web_files.cpp @ONLY CONTENT [[
#include "service/web/web_files.h"

namespace assent::web {
namespace {

constexpr WebFile kFiles[] = {
@web_table@};

}  // namespace

std::span<const WebFile> web_files() {
  return kFiles;
}

}  // namespace assent::web
]])
target_sources(assent_web PRIVATE ${PROJECT_BINARY_DIR}/web_files.cpp)
