#include "service/app/memory.h"

#include <malloc.h>

namespace assent {

void give_back_memory() {
  malloc_trim(0);
}

}  // namespace assent
