#pragma once
// Whether the service has really recorded what this device signed: the last step before a person
// is told that their answer counts.

#include "core/device/identity.h"
#include "core/wire/gate.h"

namespace assent::device {

// Corrupt, in words for the operator, unless the reply's receipt is in a log that the pinned key
// signed, and its record holds a statement of this device's key for the same ticket, document and
// acts. The record may be an earlier one: a repeated answer gets the first receipt.
Status check_receipt(const wire::AnswerReply& reply, const wire::Statement& signed_now,
                     const Identity& identity);

}  // namespace assent::device
