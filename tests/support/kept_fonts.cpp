// fontconfig keeps what it has read until the process ends, behind offsets instead of pointers: the
// leak finder takes it for lost. Nothing else is excused.

extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}

extern "C" const char* __lsan_default_options();
extern "C" const char* __lsan_default_options() {
  return "print_suppressions=0";
}
