#pragma once

#include "resource-svc/domain/check_in_key.h"

namespace jinhuan::resource {

// The key of --check_in_key_file; without one a random key, whose codes no other process takes.
// Ends the process with status 1 when the file does not hold a key.
CheckInKey CheckInKeyFromFlag();

}  // namespace jinhuan::resource
