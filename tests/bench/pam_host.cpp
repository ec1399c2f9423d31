// A host process for one account phase: `pam_host SERVICE USER` prints what pam_acct_mgmt said and
// how much of the process is resident afterwards, module and all, in KiB.
#include <security/pam_appl.h>

#include <cstdio>
#include <cstring>

namespace {

int say_nothing(int, const pam_message**, pam_response**, void*) {
  return PAM_CONV_ERR;
}

long resident_kib() {
  long kib = 0;
  char line[256];
  std::FILE* file = std::fopen("/proc/self/status", "re");
  while (file && std::fgets(line, sizeof line, file))
    if (std::strncmp(line, "VmRSS:", 6) == 0) std::sscanf(line + 6, "%ld", &kib);
  if (file) std::fclose(file);
  return kib;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: pam_host SERVICE USER\n"), 2;
  const pam_conv conversation{say_nothing, nullptr};
  pam_handle_t* handle = nullptr;
  if (pam_start(argv[1], argv[2], &conversation, &handle) != PAM_SUCCESS) return 1;
  const int result = pam_acct_mgmt(handle, 0);
  std::printf("%d %ld\n", result, resident_kib());
  pam_end(handle, result);
}
