#pragma once
// For threads that have nothing else to do until the writer has answered. Never on the writer's own
// thread, nor on one that serves requests.

#include <future>

#include "service/app/ledger_writer.h"

namespace assent {

// In a transaction of its own.
inline Result<Written> write_and_wait(LedgerWriter& writer, Job job) {
  const auto promise = std::make_shared<std::promise<Result<Written>>>();
  const auto done = [promise](Result<Written> written) { promise->set_value(std::move(written)); };
  ASSENT_CHECK(writer.submit_alone(std::move(job), done));
  return promise->get_future().get();
}

}  // namespace assent
