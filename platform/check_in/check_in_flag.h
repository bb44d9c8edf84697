#pragma once

#include "platform/check_in/check_in_key.h"

namespace jinhuan {

// The key of --check_in_key_file; without one a random key, whose codes no other process takes.
// Ends the process with status 1 when the file does not hold a key.
CheckInKey CheckInKeyFromFlag();

}  // namespace jinhuan
