// A server's side of HTTP/2: the input is what a connection sends.
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "gateway/http2/connection.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {
namespace {

using gateway::http2::Connection;
using gateway::http2::Descriptor;
using gateway::http2::Fields;
using gateway::http2::Loop;
using gateway::http2::Stream;

constexpr size_t kMostFields = 2048;

// Gives back what it is sent; nothing of its stream after the end.
class Echo final : public gateway::http2::StreamUser {
 public:
  explicit Echo(Stream& stream) : stream_(&stream) {}
  void OnFields(Fields fields) override {
    Require(stream_ != nullptr);
    size_t size = 0;
    for (const auto& field : fields) size += field.name.size() + field.value.size();
    Require(size <= kMostFields);
    if (std::exchange(headed_, true)) return;
    stream_->SendHead({{":status", "200"}});
  }
  void OnData(std::string_view data) override {
    Require(stream_ != nullptr && headed_);
    stream_->Send(data);
    stream_->Consume(data.size());
  }
  void OnEnd() override {
    Require(stream_ != nullptr);
    stream_->SendTrailers({{"grpc-status", "0"}});
  }
  void OnSent(size_t) override { Require(stream_ != nullptr); }
  void OnClosed(uint32_t) override {
    Require(stream_ != nullptr);
    stream_ = nullptr;
  }

 private:
  Stream* stream_;
  bool headed_ = false;
};

}  // namespace

void Check(std::string_view input) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
  const Descriptor client(ends[0]);
  Loop loop;
  Connection::Events events;
  events.opened = [](Stream& stream) { return std::make_shared<Echo>(stream); };
  events.closed = [&](Connection&) { loop.Stop(); };
  Connection server(loop, gateway::http2::Transport(Descriptor(ends[1]), nullptr), "",
                    {.max_streams = 16, .max_fields = kMostFields, .window = 4096},
                    std::move(events));
  send(client.get(), input.data(), input.size(), MSG_NOSIGNAL);
  shutdown(client.get(), SHUT_WR);
  loop.Run();
}

}  // namespace jinhuan::fuzz
