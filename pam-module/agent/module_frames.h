#pragma once
// Ties the socket to the responder: bodies to requests, replies to frames.

#include "core/device/responder.h"
#include "pam-module/agent/socket_server.h"

namespace assent::agent {

// `responder` must outlive what is returned. See device::answer_frame for what has no reply.
Respond answer_frames(device::Responder& responder, device::Log log);

}  // namespace assent::agent
