#pragma once
// What keeps Pistache's socket handling safe: guard.cpp replaces accept4() and send() for the whole
// program. Not a general socket library: only sockets that accept4 gave out are treated
// differently.
//
// 1. Pistache queues an answer by descriptor number. When the client goes and the number is used
//    again at once, the next client gets the answer. So numbers go round through a wide range.
// 2. Pistache retries a full socket in a busy loop, and nobody else is served. So a client that
//    does not read is cut off.

#include "core/base/result.h"

namespace assent::http::guard {

constexpr int kLowestNumber = 4096;      // The first descriptor number given to a client
constexpr int kNumbersEnd = 60000;       // One past the last
constexpr int kLeastDescriptors = 8192;  // Fewer, and numbers would come round too soon

// Raises this process's soft limit towards the hard one. Unavailable below kLeastDescriptors.
// Calling it is also what links the guard into a program.
Status raise_descriptor_limit();

// True while `descriptor` is a socket that the guarded accept4 gave out. Any thread.
bool is_guarded(int descriptor);

}  // namespace assent::http::guard
