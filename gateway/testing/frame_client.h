#pragma once

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "gateway/http2/connection.h"
#include "gateway/http2/socket.h"
#include "gateway/testing/turn.h"

namespace jinhuan::gateway {

inline const http2::Field kGrpc = {"content-type", "application/grpc+proto"};

// A client of frames, for what gRPC's own would not send.
class FrameClient {
 public:
  // One call of its, and what it was told.
  struct Call : http2::StreamUser {
    void OnFields(http2::Fields fields) override { last = std::move(fields); }
    void OnData(std::string_view data) override { stream->Consume(data.size()); }
    void OnEnd() override {}
    void OnSent(size_t bytes) override { sent += bytes; }
    void OnClosed(uint32_t) override { stream = nullptr; }

    http2::Stream* stream = nullptr;  // null when it is closed
    http2::Fields last;               // trailers, or the head of an answer that has none
    size_t sent = 0;                  // bytes of the body that the other side let go
  };

  // `window`: bytes of an answer that it takes unasked.
  explicit FrameClient(uint16_t port, uint32_t window = 512 * 1024) {
    using http2::Connection;
    connection_.emplace(
        loop_,
        http2::Transport(*http2::Connect(fmt::format("127.0.0.1:{}", port), absl::Seconds(30)),
                         nullptr),
        "", Connection::Options{.side = Connection::Side::kClient, .window = window},
        Connection::Events());
  }

  // Begins a call whose body goes on.
  std::shared_ptr<Call> Open(const http2::Fields& more, const std::string& body,
                             const std::string& path = kLook) {
    http2::Fields head = {{":method", "POST"},
                          {":scheme", "http"},
                          {":path", path},
                          {":authority", "x"},
                          {"te", "trailers"}};
    head.insert(head.end(), more.begin(), more.end());
    auto call = std::make_shared<Call>();
    call->stream = connection_->Open(head, call);
    call->stream->Send(body);
    return call;
  }
  // The last fields of a whole one.
  http2::Fields Ask(const http2::Fields& more, const std::string& body,
                    const std::string& path = kLook) {
    const auto call = Open(more, body, path);
    call->stream->End();
    Until([&] { return call->stream == nullptr; });
    return call->last;
  }

  // Turns until `done`, for `most` at most.
  bool Until(const std::function<bool()>& done, absl::Duration most = absl::Seconds(30)) {
    return TurnUntil(loop_, done, most);
  }

 private:
  static constexpr char kLook[] = "/jinhuan.test.v1.EchoService/Look";

  http2::Loop loop_;
  std::optional<http2::Connection> connection_;
};

}  // namespace jinhuan::gateway
