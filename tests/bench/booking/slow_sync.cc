// Loaded before the database (LD_PRELOAD), it makes each sync of a file take SYNC_MS
// milliseconds longer: a commit costs then what it costs where it is copied to other machines
// first, or where the disk has no cache of its own.
#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace {

using Sync = int (*)(int);

int Later(const char* name, int file) {
  static const double ms =
      std::getenv("SYNC_MS") == nullptr ? 0 : std::atof(std::getenv("SYNC_MS"));
  const timespec pause{.tv_sec = 0, .tv_nsec = static_cast<long>(ms * 1e6)};
  nanosleep(&pause, nullptr);
  return reinterpret_cast<Sync>(dlsym(RTLD_NEXT, name))(file);
}

}  // namespace

extern "C" int fsync(int file) { return Later("fsync", file); }
extern "C" int fdatasync(int file) { return Later("fdatasync", file); }
