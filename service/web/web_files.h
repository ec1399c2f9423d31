#pragma once
// The files of this folder as they are compiled into the program (cmake/WebFiles.cmake): nothing is
// read from disk when a page is asked for.

#include <span>
#include <string_view>

namespace assent::web {

struct WebFile {
  std::string_view name;  // "templates/code.html", "texts/en.txt", "style.css"
  std::string_view content;
};
std::span<const WebFile> web_files();
// Empty when there is no such file.
std::string_view web_file(std::string_view name);

}  // namespace assent::web
