// How long, and in how much memory, a roster is imported into SQLite: the whole way from CSV text
// to COMMIT. Prints one line for a first import and one for the same file with every name changed.
//   import_bench FOLDER [ROWS]      FOLDER is made, and must be new
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "service/store/store.h"
#include "tests/support/roster_desk.h"

namespace assent {
namespace {

constexpr std::size_t kPieceBytes = 512 * 1024;

std::string upload(support::Desk& desk, int rows, const char* name) {
  const std::string id = desk.imports.start(1, "csv", {}).value();
  std::string piece = "mis_id,login,name,role,year,stage,form,groups,kind\n";
  for (int i = 0; i < rows; ++i) {
    const std::string n = std::to_string(100'000 + i), year = std::to_string(7 + i % 7);
    piece += n + ",user" + n + "," + name + " Surname" + n + ",student," + year + ",ks3," + year +
             "B,,\n";
    if (piece.size() < kPieceBytes - 200) continue;
    (void)desk.imports.add(1, id, std::move(piece)).value();
    piece.clear();
  }
  (void)desk.imports.add(1, id, std::move(piece)).value();
  return id;
}

void measure(support::Desk& desk, int rows, const char* name) {
  const std::string id = upload(desk, rows, name);
  const auto start = std::chrono::steady_clock::now();
  const ImportReport report = desk.apply(id).value();
  const auto took = std::chrono::steady_clock::now() - start;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "%zu rows, %zu joins, %zu changes: %lld ms, peak %ld MB\n", report.rows, report.joins,
      report.changes,
      static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()),
      usage.ru_maxrss / 1024);
}

}  // namespace
}  // namespace assent

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: import_bench FOLDER [ROWS]\n"), 2;
  const int rows = argc > 2 ? std::atoi(argv[2]) : 100'000;
  const auto store = assent::store::open_store(std::string(argv[1]) + "/bench.db").value();
  assent::support::Desk desk(*store);
  assent::measure(desk, rows, "Amira");
  assent::measure(desk, rows, "Amina");
}
