#pragma once
// What a use case that writes gives back: what its job made, once that is durable.

#include <memory>

#include "service/app/ledger_writer.h"

namespace assent {

// For LedgerWriter::submit(): gives `made`, as the job left it, after COMMIT; or why not.
template <class T>
Done then_give(std::function<void(Result<T>)> then, std::shared_ptr<T> made) {
  return [then = std::move(then), made = std::move(made)](const Result<Written>& written) {
    if (!written) return then(fail(written.error()));
    then(*made);
  };
}

}  // namespace assent
