#include "gateway/http2/door.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "absl/time/clock.h"
#include "gateway/testing/test_gateway.h"

namespace jinhuan::gateway {
namespace {

// A client of the native port that opens a connection and says no more than it must.
class Client {
 public:
  explicit Client(uint16_t port, const char* from = "127.0.0.1")
      : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    inet_pton(AF_INET, from, &address.sin_addr);
    bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    address.sin_port = htons(port);
    connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const std::string hello("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33);
    send(fd_, hello.data(), hello.size(), MSG_NOSIGNAL);
  }
  ~Client() { close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Whether the server speaks to it, instead of closing the connection.
  bool Served() {
    char settings[9];
    return recv(fd_, settings, sizeof settings, 0) > 0;
  }

 private:
  const int fd_;
};

class DoorTest : public testing::Test {
 protected:
  DoorTest() : options_(TestOptions(backend_)) {}

  uint16_t Port() {
    if (gateway_ == nullptr) gateway_ = *Gateway::Start(options_);
    return gateway_->grpc_port();
  }
  // What is given back is so in a moment.
  bool SoonServed(const char* from = "127.0.0.1") {
    const absl::Time deadline = absl::Now() + absl::Seconds(10);
    while (absl::Now() < deadline) {
      if (Client(Port(), from).Served()) return true;
    }
    return false;
  }

  TestBackend backend_;
  GatewayOptions options_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(DoorTest, ThereAreSoManyConnectionsAllTogether) {
  options_.http.entrance.max_connections = 2;
  Client first(Port());
  EXPECT_TRUE(first.Served());
  {
    Client second(Port(), "127.0.0.2");
    EXPECT_TRUE(second.Served());
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(Client(Port(), "127.0.0.3").Served());
  }
  EXPECT_TRUE(SoonServed("127.0.0.3"));
}

TEST_F(DoorTest, AnAddressHasSoManyConnections) {
  options_.http.entrance.max_connections_each = 2;
  options_.http.entrance.uncounted = {"127.0.0.9"};
  {
    Client first(Port());
    Client second(Port());
    EXPECT_TRUE(first.Served() && second.Served());
    EXPECT_FALSE(Client(Port()).Served());
    EXPECT_TRUE(Client(Port(), "127.0.0.2").Served());
    Client proxies[] = {Client(Port(), "127.0.0.9"), Client(Port(), "127.0.0.9"),
                        Client(Port(), "127.0.0.9")};
    for (Client& proxy : proxies) EXPECT_TRUE(proxy.Served());
  }
  EXPECT_TRUE(SoonServed());
}

TEST_F(DoorTest, AnAddressBringsSoManyASecond) {
  options_.http.entrance.arrivals_per_second_each = 1;
  options_.http.entrance.uncounted = {"127.0.0.9"};
  EXPECT_TRUE(Client(Port()).Served());
  EXPECT_TRUE(Client(Port()).Served());
  EXPECT_FALSE(Client(Port()).Served());
  EXPECT_TRUE(Client(Port(), "127.0.0.2").Served());
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(Client(Port(), "127.0.0.9").Served());
  EXPECT_TRUE(SoonServed());
}

// Each takes a place, and gives it back: two hundred go through one.
TEST_F(DoorTest, APlaceIsGivenBackHoweverAConnectionEnds) {
  options_.http.entrance.max_connections = 1;
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(SoonServed()) << i;
    Client nonsense(Port());  // gRPC ends it, or the door
  }
}

TEST_F(DoorTest, WhoComesToADrainedPortIsRefused) {
  const uint16_t port = Port();
  EXPECT_TRUE(Client(port).Served());
  gateway_->Drain(absl::ZeroDuration());
  EXPECT_FALSE(Client(port).Served());
}

TEST_F(DoorTest, SaysWhereItCannotListen) {
  for (const char* nowhere : {"", "127.0.0.1", "127.0.0.1:x", "nowhere.invalid:0", "192.0.2.1:0"}) {
    http2::Loop loop;
    http2::Door door(loop, {.listen = nowhere}, Clock::System());
    EXPECT_TRUE(absl::IsUnavailable(door.Listen())) << nowhere;
  }
  http2::Loop loop;
  http2::Door door(loop, {.listen = "[::1]:0"}, Clock::System());
  EXPECT_TRUE(door.Listen().ok());
  EXPECT_GT(door.port(), 0);
}

}  // namespace
}  // namespace jinhuan::gateway
