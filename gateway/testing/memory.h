#pragma once

#include <unistd.h>

#include <cstddef>
#include <fstream>

namespace jinhuan::gateway {

// What the process has in memory, for tests of what must not grow.
inline size_t BytesInMemory() {
  size_t size = 0;
  size_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace jinhuan::gateway
