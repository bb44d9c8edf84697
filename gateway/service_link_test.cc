#include "gateway/service_link.h"

#include <gmock/gmock.h>
#include <sys/socket.h>

#include <array>
#include <optional>

#include "absl/time/clock.h"

namespace jinhuan::gateway {
namespace {

using http2::Connection;
using http2::Descriptor;

// A service in the same loop: it can be down, and it can leave.
class ServiceLinkTest : public testing::Test {
 protected:
  ServiceLinkTest() {
    link_.emplace(loop_,
                  ServiceLink::Options{
                      .dial = [this] { return Dial(); }, .authority = "service", .tls = nullptr});
  }
  ~ServiceLinkTest() override { link_.reset(); }

  // From the link's thread.
  absl::StatusOr<Descriptor> Dial() {
    ++dialled_;
    if (down_) return absl::UnavailableError("down");
    std::array<int, 2> ends{};
    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data());
    loop_.Post([this, end = ends[0]] {
      Connection::Events events;
      events.opened = [](http2::Stream&) { return nullptr; };
      events.closed = [this](Connection&) { ++left_; };
      services_.push_back(
          std::make_unique<Connection>(loop_, http2::Transport(Descriptor(end), nullptr), "",
                                       Connection::Options(), std::move(events)));
    });
    return Descriptor(ends[1]);
  }

  // What the link gives; nothing when it gives nothing within ten seconds.
  std::optional<Connection*> Get() {
    std::optional<Connection*> given;
    http2::Loop::Timer patience(loop_);
    patience.Set(absl::Seconds(10), [&] { loop_.Stop(); });
    link_->Get([&](Connection* connection) {
      given = connection;
      loop_.Stop();
    });
    loop_.Run();
    return given;
  }
  void RunFor(absl::Duration time) {
    http2::Loop::Timer end(loop_);
    end.Set(time, [&] { loop_.Stop(); });
    loop_.Run();
  }

  http2::Loop loop_;
  std::atomic<bool> down_{false};
  std::atomic<int> dialled_{0};
  std::vector<std::unique_ptr<Connection>> services_;
  int left_ = 0;  // of them, by the link
  std::optional<ServiceLink> link_;
};

TEST_F(ServiceLinkTest, AllCallsShareAConnection) {
  const auto first = Get();
  ASSERT_TRUE(first.has_value() && *first != nullptr);
  EXPECT_EQ(Get(), first);
  EXPECT_EQ(dialled_, 1);
}

TEST_F(ServiceLinkTest, WhoIsDownIsAskedAgainAfterAPause) {
  down_ = true;
  EXPECT_EQ(Get(), std::optional<Connection*>(nullptr));
  EXPECT_EQ(Get(), std::optional<Connection*>(nullptr));  // at once
  EXPECT_EQ(dialled_, 1);
  down_ = false;
  RunFor(absl::Milliseconds(150));
  const auto found = Get();
  EXPECT_TRUE(found.has_value() && *found != nullptr);
  EXPECT_EQ(dialled_, 2);
}

TEST_F(ServiceLinkTest, WhoLeavesOrIsGoneIsDialledAnew) {
  ASSERT_TRUE(Get().has_value());
  services_.back()->Leave();
  RunFor(absl::Milliseconds(50));
  auto found = Get();
  EXPECT_TRUE(found.has_value() && *found != nullptr);
  EXPECT_EQ(dialled_, 2);
  services_.back()->Close();
  RunFor(absl::Milliseconds(50));
  found = Get();
  EXPECT_TRUE(found.has_value() && *found != nullptr);
  EXPECT_EQ(dialled_, 3);
}

TEST_F(ServiceLinkTest, AConnectionThatComesAfterClosingIsNotTaken) {
  std::optional<Connection*> given;
  link_->Get([&](Connection* connection) { given = connection; });
  link_->Close();
  EXPECT_EQ(given, std::optional<Connection*>(nullptr));
  RunFor(absl::Milliseconds(300));
  ASSERT_EQ(services_.size(), 1u);  // it came
  EXPECT_EQ(Get(), std::optional<Connection*>(nullptr));
  EXPECT_EQ(left_, 1);
  EXPECT_EQ(dialled_, 1);
}

TEST_F(ServiceLinkTest, ClosingAnswersWhoWaits) {
  ASSERT_TRUE(Get().has_value());
  link_->Close();
  EXPECT_EQ(Get(), std::optional<Connection*>(nullptr));
}

}  // namespace
}  // namespace jinhuan::gateway
