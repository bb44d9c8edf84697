// Books by native gRPC, as many at a time as asked, and prints the same line as book.lua.
//
//   TARGETS=file TOKENS=file RUN=prefix grpc_load HOST:PORT CLIENTS SECONDS
#include <google/protobuf/util/json_util.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "jinhuan/resource/v1/booking_service.grpc.pb.h"

namespace jinhuan::bench {
namespace {

using Clock = std::chrono::steady_clock;
using resource::v1::Booking;
using resource::v1::BookingService;
using resource::v1::CreateBookingRequest;

constexpr size_t kConnections = 16;  // at most; more clients share them

std::vector<std::string> LinesOf(const char* variable) {
  std::vector<std::string> lines;
  std::ifstream file(std::getenv(variable));
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

class Load {
 public:
  Load(const std::string& address, size_t clients, int seconds)
      : run_(std::getenv("RUN")), clients_(clients), seconds_(seconds), tokens_(LinesOf("TOKENS")) {
    for (const std::string& line : LinesOf("TARGETS")) {
      const auto read = google::protobuf::util::JsonStringToMessage(
          line, targets_.emplace_back().mutable_booking());
      if (!read.ok()) std::exit(2);
      targets_.back().set_parent("alliances/demo");
    }
    for (size_t i = 0; i < std::min(clients, kConnections); ++i) {
      grpc::ChannelArguments alone;
      alone.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      stubs_.push_back(BookingService::NewStub(
          grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), alone)));
    }
  }

  void Run() {
    begin_ = Clock::now();
    end_ = begin_ + std::chrono::seconds(seconds_);
    absl::BlockingCounter ended(static_cast<int>(clients_));
    for (size_t i = 0; i < clients_; ++i) Next(i, ended);
    ended.Wait();
    absl::MutexLock lock(&mutex_);
    std::sort(took_.begin(), took_.end());
    const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
    const auto part = [&](size_t percent) {
      return took_.empty() ? 0.0 : took_[std::min(took_.size() - 1, took_.size() * percent / 100)];
    };
    std::printf(
        "RESULT {\"calls\":%zu,\"seconds\":%.3f,\"refused\":%zu,\"broken\":0,\"p50\":%.2f,"
        "\"p99\":%.2f}\n",
        took_.size(), seconds, refused_, part(50), part(99));
    if (refused_ > 0) std::fprintf(stderr, "refused at last: %s\n", last_refusal_.c_str());
  }

 private:
  struct One {
    grpc::ClientContext context;
    CreateBookingRequest request;
    Booking booking;
    Clock::time_point begin = Clock::now();
  };

  // Sends the next booking of a client, and goes on when it is answered.
  void Next(size_t client, absl::BlockingCounter& ended) {
    auto* one = new One;
    {
      absl::MutexLock lock(&mutex_);
      const size_t number = ++sent_;
      one->request = targets_[number % targets_.size()];
      one->request.set_request_id(run_ + std::to_string(number));
      one->context.AddMetadata("authorization", "Bearer " + tokens_[number % tokens_.size()]);
    }
    stubs_[client % stubs_.size()]->async()->CreateBooking(
        &one->context, &one->request, &one->booking,
        [this, one, client, &ended](const grpc::Status& status) {
          std::unique_ptr<One> answered(one);
          {
            absl::MutexLock lock(&mutex_);
            took_.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - one->begin).count());
            if (!status.ok()) {
              ++refused_;
              last_refusal_ = status.error_message();
            }
          }
          answered.reset();  // before the last one lets the program end
          if (Clock::now() < end_) {
            Next(client, ended);
          } else {
            ended.DecrementCount();
          }
        });
  }

  const std::string run_;
  const size_t clients_;
  const int seconds_;
  const std::vector<std::string> tokens_;
  std::vector<CreateBookingRequest> targets_;
  std::vector<std::unique_ptr<BookingService::Stub>> stubs_;
  Clock::time_point begin_;
  Clock::time_point end_;
  absl::Mutex mutex_;
  size_t sent_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string last_refusal_ ABSL_GUARDED_BY(mutex_);
  std::vector<double> took_ ABSL_GUARDED_BY(mutex_);  // ms
};

}  // namespace
}  // namespace jinhuan::bench

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  jinhuan::bench::Load(argv[1], std::stoul(argv[2]), std::stoi(argv[3])).Run();
}
