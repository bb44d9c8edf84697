// The second instance of the service as a process of its own, for booking_storm: it serves the
// storm's database on a unix socket, keeps bookings and draws, and goes by the storm's clock,
// which both have in shared memory. It ends when the storm does.
#pragma once

#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "resource-svc/rpc/booking_storm.h"

namespace jinhuan::resource {

// Microseconds since the epoch, in a file that several processes map.
class SharedClock final : public Clock {
 public:
  explicit SharedClock(const std::string& path) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, sizeof(std::atomic<int64_t>)) != 0) std::abort();
    void* memory =
        mmap(nullptr, sizeof(std::atomic<int64_t>), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) std::abort();
    close(file);
    micros_ = static_cast<std::atomic<int64_t>*>(memory);
  }

  absl::Time Now() const override { return absl::FromUnixMicros(micros_->load()); }
  void Set(absl::Time now) { micros_->store(absl::ToUnixMicros(now)); }

 private:
  static_assert(std::atomic<int64_t>::is_always_lock_free);
  std::atomic<int64_t>* micros_;
};

// What the process does: serves `socket` until its standard input ends.
inline int ServeStorm(const std::string& schema, const std::string& socket,
                      const std::string& clock_file) {
  spdlog::set_level(spdlog::level::warn);
  const SharedClock clock(clock_file);
  RandomIdSource ids(Clock::System());
  db::Pool pool({.socket = std::getenv("JINHUAN_TEST_DB_SOCKET"),
                 .schema = schema,
                 .user = "root",
                 .password = "",
                 .size = 16});
  journal::Journal journal(pool, ids);
  const auto signer = rpc::CallerTokenSigner::FromSeed(kSeed);
  const auto verifier =
      *rpc::CallerTokenVerifier::Create(signer->public_key_hex(), "jinhuan.resource.v1");
  rpc::Admission admission(1000, 10);
  rpc::Metrics metrics;
  StormReplica replica({clock, ids, *verifier, admission, metrics}, pool, journal, clock,
                       CheckInKey::Random());
  grpc::ServerBuilder builder;
  const auto server = builder.AddListeningPort("unix:" + socket, grpc::InsecureServerCredentials())
                          .RegisterService(&replica.service)
                          .RegisterService(&replica.lottery_service)
                          .BuildAndStart();
  if (server == nullptr) return 1;
  std::atomic<bool> over = false;
  std::thread keeper([&] {
    while (!over) {
      (void)BookingKeeper::Keep(replica.keeper, clock.Now());
      absl::SleepFor(absl::Milliseconds(40));
    }
  });
  while (std::getchar() != EOF) {
  }
  over = true;
  keeper.join();
  server->Shutdown();
  return 0;
}

// Starts the process and lets it end with this object.
class StormProcess {
 public:
  // `program` is booking_storm itself.
  StormProcess(const std::string& program, BookingStorm& storm)
      : folder_(MakeFolder()), clock_(folder_ + "/clock") {
    storm.UseProcess(
        grpc::CreateChannel("unix:" + folder_ + "/socket", grpc::InsecureChannelCredentials()),
        [this](absl::Time now) { clock_.Set(now); });
    const std::string command =
        fmt::format("exec '{}' --serve='{}/socket' --schema={} --clock='{}/clock'", program,
                    folder_, storm.schema(), folder_);
    process_ = popen(command.c_str(), "w");
    if (process_ == nullptr) std::abort();
    while (access((folder_ + "/socket").c_str(), F_OK) != 0) absl::SleepFor(absl::Milliseconds(10));
  }
  ~StormProcess() { Stop(); }

  // Ends it; true when it ended well.
  bool Stop() {
    if (process_ == nullptr) return true;
    const bool well = pclose(process_) == 0;
    process_ = nullptr;
    return well && unlink((folder_ + "/clock").c_str()) == 0 && rmdir(folder_.c_str()) == 0;
  }

 private:
  static std::string MakeFolder() {
    std::string folder = std::filesystem::temp_directory_path() / "jinhuan-storm.XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) std::abort();
    return folder;
  }

  const std::string folder_;
  SharedClock clock_;
  FILE* process_ = nullptr;
};

}  // namespace jinhuan::resource
