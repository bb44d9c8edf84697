// The entry of every target.
#include <sodium.h>

#include <cstdint>
#include <cstdlib>

#include "google/protobuf/stubs/logging.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  // Protobuf tells standard error of each input that it refuses.
  google::protobuf::SetLogHandler(nullptr);
  if (sodium_init() < 0) std::abort();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jinhuan::fuzz::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
