#pragma once
// The process's memory as a whole.

namespace assent {

// Gives the system back what is free. malloc keeps what lies between pieces that are still in use,
// and so, after a whole directory was read, five times what the service needs. Costs milliseconds:
// for when something large is over.
void give_back_memory();

}  // namespace assent
