// Stands for Windows' userinit.exe: says that it was started.
#include <windows.h>

int main() {
  const HANDLE file = CreateFileW(L"C:\\desktop-was-started", FILE_APPEND_DATA, FILE_SHARE_READ,
                                  nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) return 1;
  DWORD done = 0;
  const BOOL written = WriteFile(file, "started\n", 8, &done, nullptr);
  CloseHandle(file);
  return written ? 0 : 1;
}
