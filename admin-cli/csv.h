#pragma once
// One cell of a CSV file (RFC 4180).

#include <string>
#include <string_view>

namespace assent::cli {

// Quoted where it needs it; the text as it is, for programs.
std::string csv_cell(std::string_view text);
// For people, who open it in a spreadsheet: what it would take for a formula has a ' before it, and
// what a terminal would obey is gone.
std::string spreadsheet_cell(std::string_view text);

}  // namespace assent::cli
