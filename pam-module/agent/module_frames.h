#pragma once
// Ties the socket to the responder: bodies to requests, replies to frames.

#include "core/device/responder.h"
#include "pam-module/agent/socket_server.h"

namespace assent::agent {

// `responder` must outlive what is returned. A body that is no request is closed without a reply;
// a reply that no frame can hold becomes "unavailable". A bug that throws costs that one caller.
Respond answer_frames(device::Responder& responder, device::Log log);

}  // namespace assent::agent
