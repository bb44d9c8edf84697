// Two ends of one connection, in one loop.
#include "gateway/http2/connection.h"

#include <gmock/gmock.h>
#include <sys/socket.h>

#include <array>
#include <thread>

#include "absl/time/clock.h"
#include "gateway/testing/memory.h"
#include "gateway/testing/turn.h"

namespace jinhuan::gateway::http2 {
namespace {

using testing::Contains;
using testing::Field;
using testing::SizeIs;

// Keeps what its stream tells.
struct Listener : StreamUser {
  void OnFields(Fields fields) override { heads.push_back(std::move(fields)); }
  void OnData(std::string_view bytes) override {
    data += bytes;
    if (stream != nullptr && consumes) stream->Consume(bytes.size());
  }
  void OnEnd() override {
    ended = true;
    if (on_end) on_end();
  }
  void OnSent(size_t bytes) override {
    sent += bytes;
    if (on_sent) on_sent(bytes);
  }
  void OnClosed(uint32_t code) override {
    stream = nullptr;
    closed = code;
  }

  Stream* stream = nullptr;
  std::vector<Fields> heads;
  std::string data;
  size_t sent = 0;
  bool consumes = true;
  bool ended = false;
  std::optional<uint32_t> closed;
  std::function<void()> on_end;
  std::function<void(size_t)> on_sent;
};

const Fields kRequest = {
    {":method", "POST"}, {":scheme", "http"}, {":path", "/x"}, {":authority", "a"}};

class ConnectionTest : public testing::Test {
 protected:
  void Connect() {
    std::array<int, 2> ends{};
    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data());
    Connection::Events server;
    server.opened = [this](Stream& stream) {
      auto listener = std::make_shared<Listener>();
      listener->stream = &stream;
      listeners_.push_back(listener);
      if (on_opened_) on_opened_(*listener);
      return listener;
    };
    server.closed = [this](Connection&) { server_closed_ = true; };
    Connection::Events client;
    client.ready = [this](Connection&) { ready_ = true; };
    client.leaving = [this](Connection&) { leaving_ = true; };
    client.closed = [this](Connection&) { client_closed_ = true; };
    server_options_.side = Connection::Side::kServer;
    client_options_.side = Connection::Side::kClient;
    server_.emplace(loop_, Transport(Descriptor(ends[0]), nullptr), "client", server_options_,
                    std::move(server));
    if (!silent_client_) {
      client_.emplace(loop_, Transport(Descriptor(ends[1]), nullptr), "server", client_options_,
                      std::move(client));
    } else {
      silent_ = Descriptor(ends[1]);
    }
  }

  // Turns the loop until `done`, for ten seconds at most.
  bool Until(const std::function<bool()>& done) {
    return TurnUntil(loop_, done, absl::Seconds(10));
  }
  // For as long as anything might still come.
  void Settle() {
    int turns = 0;
    Until([&] { return ++turns > 50; });
  }

  std::shared_ptr<Listener> Open() {
    auto listener = std::make_shared<Listener>();
    listener->stream = client_->Open(kRequest, listener);
    return listener;
  }

  Loop loop_;
  Connection::Options server_options_;
  Connection::Options client_options_;
  std::optional<Connection> server_;
  std::optional<Connection> client_;
  std::vector<std::shared_ptr<Listener>> listeners_;  // the server's, by stream
  std::function<void(Listener&)> on_opened_;
  Descriptor silent_;
  bool silent_client_ = false;
  bool ready_ = false;
  bool leaving_ = false;
  bool server_closed_ = false;
  bool client_closed_ = false;
};

TEST_F(ConnectionTest, PassesHeadsDataAndTrailersBothWays) {
  Connect();
  on_opened_ = [](Listener& server) {
    server.on_end = [&server] {
      server.stream->SendHead({{":status", "200"}});
      server.stream->Send("answer to " + server.data);
      server.stream->SendTrailers({{"grpc-status", "0"}});
    };
  };
  const auto client = Open();
  client->stream->Send("some ");
  client->stream->Send("words");
  client->stream->End();
  ASSERT_TRUE(Until([&] { return client->closed.has_value(); }));
  EXPECT_EQ(*client->closed, 0u);
  EXPECT_EQ(client->data, "answer to some words");
  EXPECT_EQ(client->sent, 10u);
  ASSERT_THAT(client->heads, SizeIs(2));
  EXPECT_EQ(ValueOf(client->heads[0], ":status"), "200");
  EXPECT_EQ(ValueOf(client->heads[1], "grpc-status"), "0");
  EXPECT_EQ(ValueOf(listeners_[0]->heads[0], ":path"), "/x");
  EXPECT_TRUE(listeners_[0]->ended && client->ended);
}

TEST_F(ConnectionTest, WhoDoesNotConsumeIsSentNoMoreThanAWindow) {
  server_options_.window = 100'000;
  Connect();
  on_opened_ = [](Listener& server) { server.consumes = false; };
  const auto slow = Open();
  slow->stream->Send(std::string(1'000'000, 'x'));
  slow->stream->End();
  ASSERT_TRUE(Until([&] { return listeners_.size() == 1; }));
  Settle();
  EXPECT_LE(listeners_[0]->data.size(), 100'000u);
  // The others go on meanwhile.
  on_opened_ = nullptr;
  const auto quick = Open();
  quick->stream->Send(std::string(1'000'000, 'y'));
  quick->stream->End();
  EXPECT_TRUE(Until([&] { return listeners_.back()->ended; }));
  // It is consumed as it comes from here.
  listeners_[0]->consumes = true;
  listeners_[0]->stream->Consume(listeners_[0]->data.size());
  EXPECT_TRUE(Until([&] { return listeners_[0]->ended; }));
  EXPECT_EQ(listeners_[0]->data.size(), 1'000'000u);
}

// More than the window of a connection, by streams that are heard out and by those that are not.
TEST_F(ConnectionTest, TheWindowOfAConnectionIsGivenBack) {
  Connect();
  for (const bool early : {false, true}) {
    on_opened_ = [&](Listener& server) {
      if (early) {
        server.stream->SendOnly({{":status", "415"}});
        server.stream->Reset(NGHTTP2_NO_ERROR);
      }
      server.on_end = [&server] { server.stream->SendOnly({{":status", "200"}}); };
    };
    for (int i = 0; i < 40; ++i) {
      const auto client = Open();
      client->stream->Send(std::string(1'000'000, 'x'));
      client->stream->End();
      ASSERT_TRUE(Until([&] { return client->closed.has_value(); })) << i << early;
    }
  }
}

TEST_F(ConnectionTest, AnAnswerMayComeBeforeTheEndOfTheRequest) {
  Connect();
  on_opened_ = [](Listener& server) { server.stream->SendOnly({{":status", "415"}}); };
  const auto client = Open();
  client->stream->Send("and so on");
  ASSERT_TRUE(Until([&] { return client->ended; }));
  EXPECT_EQ(ValueOf(client->heads[0], ":status"), "415");
  EXPECT_FALSE(client->closed.has_value());
  client->stream->End();
  EXPECT_TRUE(
      Until([&] { return client->closed.has_value() && listeners_[0]->closed.has_value(); }));
}

TEST_F(ConnectionTest, AResetReachesTheOtherSide) {
  Connect();
  const auto client = Open();
  ASSERT_TRUE(Until([&] { return listeners_.size() == 1; }));
  client->stream->Reset(NGHTTP2_CANCEL);
  EXPECT_TRUE(Until([&] { return listeners_[0]->closed.has_value(); }));
  EXPECT_EQ(*listeners_[0]->closed, uint32_t{NGHTTP2_CANCEL});
}

TEST_F(ConnectionTest, TooManyFieldsAreCut) {
  server_options_.max_fields = 1000;
  Connect();
  bool cut = false;
  Fields request = kRequest;
  request.push_back({"x-large", std::string(2000, 'x')});
  on_opened_ = [&](Listener& server) {
    server.on_end = [&cut, &server] { cut = server.stream->fields_cut(); };
  };
  auto listener = std::make_shared<Listener>();
  client_->Open(request, listener)->End();
  EXPECT_TRUE(Until([&] { return cut; }));
}

TEST_F(ConnectionTest, LeavingLetsStreamsFinishAndRefusesNewOnes) {
  Connect();
  const auto client = Open();
  ASSERT_TRUE(Until([&] { return listeners_.size() == 1; }));
  server_->Leave();
  ASSERT_TRUE(Until([&] { return leaving_; }));
  EXPECT_EQ(client_->Open(kRequest, std::make_shared<Listener>()), nullptr);
  listeners_[0]->stream->SendOnly({{":status", "200"}});
  client->stream->End();
  EXPECT_TRUE(Until([&] { return server_closed_ && client_closed_; }));
  EXPECT_EQ(*client->closed, 0u);
}

TEST_F(ConnectionTest, WhatIsLostIsToldToEveryStream) {
  Connect();
  const auto one = Open();
  const auto two = Open();
  ASSERT_TRUE(Until([&] { return listeners_.size() == 2; }));
  server_->Close();
  EXPECT_TRUE(Until([&] { return client_closed_; }));
  EXPECT_EQ(*one->closed, uint32_t{NGHTTP2_CONNECT_ERROR});
  EXPECT_EQ(*two->closed, uint32_t{NGHTTP2_CONNECT_ERROR});
}

TEST_F(ConnectionTest, WhoSaysNothingIsShownOut) {
  server_options_.handshake = absl::Milliseconds(50);
  silent_client_ = true;
  Connect();
  EXPECT_TRUE(Until([&] { return server_closed_; }));
}

TEST_F(ConnectionTest, WhoSpeaksAnotherProtocolIsShownOut) {
  silent_client_ = true;
  Connect();
  const std::string http1 = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
  send(silent_.get(), http1.data(), http1.size(), 0);
  EXPECT_TRUE(Until([&] { return server_closed_; }));
}

TEST_F(ConnectionTest, WhoNoLongerAnswersIsShownOut) {
  server_options_.silence = server_options_.answer = absl::Milliseconds(50);
  silent_client_ = true;
  const absl::Time start = absl::Now();
  Connect();
  const std::string hello("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33);
  send(silent_.get(), hello.data(), hello.size(), 0);
  EXPECT_TRUE(Until([&] { return server_closed_; }));
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(90));
}

// What a client says that takes as much as can be sent.
const std::string kTakesAll(
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    "\0\0\6\4\0\0\0\0\0\0\4\x7F\xFF\xFF\xFF"
    "\0\0\4\x8\0\0\0\0\0\x70\0\0\0",
    24 + 15 + 13);

// A whole request, POST http /, of a stream below 65536.
std::string RequestOf(int id) {
  std::string frame("\0\0\6\1\5\0\0\0\0\x83\x86\x84\x41\1x", 15);
  frame[7] = static_cast<char>(id >> 8);
  frame[8] = static_cast<char>(id);
  return frame;
}

// Though it talks on.
TEST_F(ConnectionTest, WhoTakesNothingIsShownOut) {
  server_options_.silence = absl::Milliseconds(100);
  silent_client_ = true;
  on_opened_ = [](Listener& server) {
    server.stream->SendHead({{":status", "200"}});
    server.stream->Send(std::string(8 << 20, 'x'));
  };
  Connect();
  const std::string hello = kTakesAll + RequestOf(1);
  send(silent_.get(), hello.data(), hello.size(), 0);
  const std::string ping("\0\0\x8\6\0\0\0\0\0ping....", 17);
  int turns = 0;
  EXPECT_TRUE(Until([&] {
    if (++turns % 20 == 0) send(silent_.get(), ping.data(), ping.size(), MSG_NOSIGNAL);
    return server_closed_;
  }));
  EXPECT_EQ(listeners_.size(), 1u);
}

// Each stream above what it may have open is refused by a frame that it does not read.
TEST_F(ConnectionTest, WhoLetsTooManyFramesWaitIsShownOut) {
  server_options_.max_streams = 1;
  silent_client_ = true;
  on_opened_ = [](Listener& server) {
    server.stream->SendHead({{":status", "200"}});
    server.stream->Send(std::string(8 << 20, 'x'));
  };
  Connect();
  std::string said = kTakesAll;
  for (int i = 0; i < 12'000; ++i) said += RequestOf(2 * i + 1);
  size_t begin = 0;
  EXPECT_TRUE(Until([&] {
    const ssize_t sent =
        send(silent_.get(), said.data() + begin, said.size() - begin, MSG_NOSIGNAL);
    if (sent > 0) begin += static_cast<size_t>(sent);
    return server_closed_;
  }));
}

TEST_F(ConnectionTest, ABufferThatIsNeverEmptyDoesNotGrow) {
  Connect();
  const auto client = Open();
  client->on_sent = [&](size_t bytes) { client->stream->Send(std::string(bytes, 'x')); };
  client->stream->Send(std::string(200'000, 'x'));
  const size_t before = BytesInMemory();
  EXPECT_TRUE(Until([&] {
    for (const auto& server : listeners_) server->data = "";
    return client->sent > (200 << 20);
  }));
  EXPECT_LT(BytesInMemory(), before + (60 << 20));
  client->on_sent = nullptr;
}

TEST_F(ConnectionTest, ARequestTooLargeToBeSentHarmsNoOther) {
  Connect();
  Fields large = kRequest;
  large.push_back({"x-large", std::string(70'000, 'x')});
  const auto lost = std::make_shared<Listener>();
  lost->stream = client_->Open(large, lost);
  ASSERT_TRUE(Until([&] { return lost->closed.has_value(); }));
  EXPECT_EQ(*lost->closed, uint32_t{NGHTTP2_REFUSED_STREAM});
  const auto next = Open();
  EXPECT_TRUE(Until([&] { return listeners_.size() == 1; }));
  Settle();
  EXPECT_FALSE(next->closed.has_value() || server_closed_ || client_closed_);
}

TEST_F(ConnectionTest, WhoAnswersStaysUntilItIsIdle) {
  server_options_.silence = absl::Milliseconds(20);
  server_options_.answer = absl::Seconds(1);  // a busy machine takes its time
  server_options_.idle = absl::Milliseconds(200);
  Connect();
  const auto client = Open();
  ASSERT_TRUE(Until([&] { return listeners_.size() == 1; }));
  const absl::Time start = absl::Now();
  Until([&] { return absl::Now() - start > absl::Milliseconds(1500); });
  EXPECT_FALSE(server_closed_);  // a stream is open
  client->stream->Reset(NGHTTP2_CANCEL);
  EXPECT_TRUE(Until([&] { return server_closed_ && client_closed_; }));
}

TEST(LoopTest, RunsTimersInTheirOrderAndWhatOthersPost) {
  Loop loop;
  std::vector<int> order;
  Loop::Timer late(loop);
  Loop::Timer early(loop);
  Loop::Timer cancelled(loop);
  std::thread other([&] {
    loop.Post([&] {
      EXPECT_TRUE(loop.InThread());
      loop.AtTurnEnd([&] {
        order.push_back(1);
        late.Set(absl::Milliseconds(30), [&] {
          order.push_back(3);
          loop.Stop();
        });
        early.Set(absl::Milliseconds(10), [&] { order.push_back(2); });
        cancelled.Set(absl::Milliseconds(5), [&] { order.push_back(9); });
        cancelled.Cancel();
      });
      order.push_back(0);
    });
  });
  other.join();
  loop.Run();
  EXPECT_FALSE(loop.InThread());
  EXPECT_THAT(order, testing::ElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace jinhuan::gateway::http2
