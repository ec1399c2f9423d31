#pragma once
// Watches COM's own memory: how many blocks are not freed, and how many were freed with a password
// still in them. Not the heap of C++.

#include <objidl.h>
#include <windows.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <string>

namespace assent::test {

class MemorySpy final : public IMallocSpy {
 public:
  explicit MemorySpy(std::wstring secret) : secret_(std::move(secret)) {}

  void reset() {
    const std::lock_guard lock(mutex_);
    blocks_.clear();
    told_ = 0;
  }
  std::int64_t not_freed() {
    const std::lock_guard lock(mutex_);
    return std::int64_t(blocks_.size());
  }
  std::int64_t told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }

  // Lives as long as the process.
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** out) override {
    const bool known = iid == IID_IUnknown || iid == IID_IMallocSpy;
    *out = known ? this : nullptr;
    return known ? S_OK : E_NOINTERFACE;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return 2; }
  ULONG STDMETHODCALLTYPE Release() override { return 1; }

  SIZE_T STDMETHODCALLTYPE PreAlloc(SIZE_T size) override {
    mutex_.lock();
    return size_ = size;
  }
  void* STDMETHODCALLTYPE PostAlloc(void* block) override {
    if (block) blocks_[block] = size_;
    mutex_.unlock();
    return block;
  }
  void* STDMETHODCALLTYPE PreFree(void* block, BOOL) override {
    mutex_.lock();
    const auto found = blocks_.find(block);
    if (found != blocks_.end()) {
      if (holds_secret(static_cast<const char*>(block), found->second)) ++told_;
      blocks_.erase(found);
    }
    return block;
  }
  void STDMETHODCALLTYPE PostFree(BOOL) override { mutex_.unlock(); }

  SIZE_T STDMETHODCALLTYPE PreRealloc(void* block, SIZE_T size, void** now, BOOL) override {
    *now = block;
    return size;
  }
  void* STDMETHODCALLTYPE PostRealloc(void* block, BOOL) override { return block; }
  void* STDMETHODCALLTYPE PreGetSize(void* block, BOOL) override { return block; }
  SIZE_T STDMETHODCALLTYPE PostGetSize(SIZE_T size, BOOL) override { return size; }
  void* STDMETHODCALLTYPE PreDidAlloc(void* block, BOOL) override { return block; }
  int STDMETHODCALLTYPE PostDidAlloc(void*, BOOL, int actual) override { return actual; }
  void STDMETHODCALLTYPE PreHeapMinimize() override {}
  void STDMETHODCALLTYPE PostHeapMinimize() override {}

 private:
  bool holds_secret(const char* block, SIZE_T size) const {
    const auto secret = reinterpret_cast<const char*>(secret_.data());
    const auto length = secret_.size() * sizeof(wchar_t);
    return std::search(block, block + size, secret, secret + length) != block + size;
  }

  const std::wstring secret_;
  std::mutex mutex_;
  std::map<const void*, SIZE_T> blocks_;
  SIZE_T size_ = 0;
  std::int64_t told_ = 0;
};

}  // namespace assent::test
