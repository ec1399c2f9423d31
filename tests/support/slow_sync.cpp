// Preloaded into a program, makes every fsync() and fdatasync() take 10 ms longer: a disk that is
// slow to promise. The data is still written. For ./dev bench; not for a program of ours alone.
#include <dlfcn.h>

#include <ctime>

namespace {

constexpr long kExtraNanoseconds = 10'000'000;

int slowly(const char* name, int descriptor) {
  timespec left{0, kExtraNanoseconds};
  while (nanosleep(&left, &left) != 0) continue;
  return reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, name))(descriptor);
}

}  // namespace

extern "C" {
int fsync(int descriptor) {
  return slowly("fsync", descriptor);
}
int fdatasync(int descriptor) {
  return slowly("fdatasync", descriptor);
}
}
