#pragma once
// Guests and their stays as docs/openapi.yaml describes them.

#include "service/app/guest_desk.h"
#include "service/http/admin_routes.h"

namespace assent::http {

// Standing, end and devices are left out where the kind has gone.
Object to_object(const Call& call, const GuestRow& row);
Object to_object(const Call& call, const IssuedGuest& issued);  // with the secrets
Object to_object(const GuestSessionRow& stay);

}  // namespace assent::http
