#pragma once
// One search whose answer goes on: the server tells of every later change (RFC 4533, refresh and
// persist). What was there before is not sent, and of what changes only that it does. Inside
// directory/ only.

#include "service/directory/handle.h"

namespace assent::directory {

class SyncSearch {
 public:
  // Everything at and below `base` that matches `filter`. `handle` must outlive it.
  SyncSearch(Handle& handle, std::string base, std::string filter)
      : handle_(handle), base_(std::move(base)), filter_(std::move(filter)) {}

  // Asks. Code 12 when the server has no such search here.
  Answer begin();
  // Takes what the server has said since; does not wait. True in `changed` if any of it was a
  // change. Not good when the search has ended, whatever for.
  Answer take(bool& changed);

 private:
  Answer read_cookie();
  Answer send();

  Handle& handle_;
  const std::string base_, filter_;
  std::string cookie_;
  int id_ = 0;  // of the search, in the handle
};

}  // namespace assent::directory
