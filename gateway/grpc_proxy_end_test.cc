// How calls on the native gRPC port end: by their time, by who asked, by their service, by the
// gateway.
#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <thread>
#include <vector>

#include "gateway/grpc_proxy_fixture.h"
#include "gateway/http2/door.h"

namespace jinhuan::gateway {
namespace {

class GrpcProxyEndTest : public GrpcProxyTest {};

TEST_F(GrpcProxyEndTest, ADeadlineReachesTheService) {
  auto echo = Echo();
  SayResponse response;
  grpc::ClientContext first;  // the connections stand when the time begins
  ASSERT_TRUE(echo->Look(&first, {}, &response).ok());
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(2)));
  const grpc::Status status = echo->Hang(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(Reaches(backend_.cancelled, 1));
  EXPECT_LE(backend_.patience_ms, 2020);  // gRPC rounds what it sends up to 10 ms, at each step
}

TEST_F(GrpcProxyEndTest, ADeadlineBeyondAllTimeIsNone) {
  Connect();
  const std::string credential = std::string("Bearer ") + kCredential;
  SayRequest three;
  three.set_number(3);
  const auto count = [&](const char* timeout) {
    FrameClient client(gateway_->grpc_port());
    return Reason(StatusIn(
        client.Ask({kGrpc, {"grpc-timeout", timeout}, {"authorization", credential}},
                   Seal(0, three.SerializeAsString()), "/jinhuan.test.v1.EchoService/Count")));
  };
  EXPECT_EQ(count("99999999H"), "ETAG_STALE");
  EXPECT_EQ(count("2562048H"), "ETAG_STALE");
}

TEST_F(GrpcProxyEndTest, ACallWithoutItsMessageLosesItsPlace) {
  options_.timeouts.unset = absl::Milliseconds(200);
  options_.max_calls = 1;
  const auto channel = Connect();
  grpc::GenericStub generic(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext silent;
  SignIn(silent);
  silent.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  auto call = generic.PrepareCall(&silent, "/jinhuan.test.v1.EchoService/Say", &queue);
  grpc::Status status;
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok));
  call->Finish(&status, nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok));
  EXPECT_EQ(Reason(status), "DEADLINE_EXCEEDED");

  auto echo = EchoService::NewStub(channel);
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  do {  // the client may learn of the end a moment before the place is free
    grpc::ClientContext context;
    SignIn(context);
    SayResponse response;
    status = echo->Say(&context, {}, &response);
  } while (Reason(status) == "OVERLOADED" && absl::Now() < deadline);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(GrpcProxyEndTest, CancellingReachesTheService) {
  auto echo = Echo();
  grpc::ClientContext unary;
  std::thread caller([&] {
    SayResponse response;
    EXPECT_EQ(echo->Hang(&unary, {}, &response).error_code(), grpc::StatusCode::CANCELLED);
  });
  EXPECT_TRUE(Reaches(backend_.hanging, 1));
  unary.TryCancel();
  caller.join();
  EXPECT_TRUE(Reaches(backend_.cancelled, 1));

  grpc::ClientContext watch;
  SignIn(watch);
  auto reader = echo->Count(&watch, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  watch.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Reaches(backend_.cancelled, 2));
}

TEST_F(GrpcProxyEndTest, AStreamEndsWhenItsSessionIsRevoked) {
  options_.sessions.fresh = absl::Milliseconds(100);
  grpc::ClientContext context;
  SignIn(context);
  auto reader = Echo()->Count(&context, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  backend_.SetCredential(kCredential, "");
  const absl::Time revoked = absl::Now();
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(Reason(reader->Finish()), "SIGN_IN_REQUIRED");
  EXPECT_LT(absl::Now() - revoked, absl::Seconds(5));
  EXPECT_TRUE(Reaches(backend_.cancelled, 1));
}

TEST_F(GrpcProxyEndTest, AStreamEndsWhenItsCallerBecomesAnother) {
  options_.sessions.fresh = absl::Milliseconds(100);
  grpc::ClientContext context;
  SignIn(context);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  auto reader = Echo()->Count(&context, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  backend_.SetCredential(kCredential, "users/u2");
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(Reason(reader->Finish()), "UNAVAILABLE");
  EXPECT_TRUE(Reaches(backend_.cancelled, 1));
}

TEST_F(GrpcProxyEndTest, AStreamEndsWhenItCannotBeLearntWhoseItIs) {
  options_.sessions.fresh = absl::Milliseconds(100);
  options_.sessions.stale = absl::Seconds(1);
  grpc::ClientContext context;
  SignIn(context);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  auto reader = Echo()->Count(&context, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  backend_.resolves = false;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(Reason(reader->Finish()), "UNAVAILABLE");
  EXPECT_TRUE(Reaches(backend_.cancelled, 1));
}

// A client may learn of its answer only when it has said all; it is heard for a while.
TEST_F(GrpcProxyEndTest, WhoIsAnsweredIsHeardOutWithinBounds) {
  Connect();
  FrameClient client(gateway_->grpc_port());
  const auto silent = client.Open({kGrpc}, "", "/no.such.Service/Method");
  const auto talking = client.Open({kGrpc}, "", "/no.such.Service/Method");
  EXPECT_TRUE(client.Until([&] { return !silent->last.empty() && !talking->last.empty(); }));
  EXPECT_EQ(Reason(StatusIn(talking->last)), "METHOD_UNKNOWN");
  const absl::Time start = absl::Now();
  talking->stream->Send(std::string(10 << 20, 'x'));
  client.Until([] { return false; }, absl::Milliseconds(500));
  EXPECT_NE(talking->stream, nullptr);
  talking->stream->Send(std::string(10 << 20, 'x'));
  EXPECT_TRUE(client.Until([&] { return talking->stream == nullptr; }, absl::Seconds(3)));
  EXPECT_NE(silent->stream, nullptr);
  EXPECT_TRUE(client.Until([&] { return silent->stream == nullptr; }));
  EXPECT_GT(absl::Now() - start, absl::Seconds(4));
}

TEST_F(GrpcProxyEndTest, DrainEndsStreamsAndLetsCallsFinish) {
  auto echo = Echo();
  grpc::ClientContext watch;
  SignIn(watch);
  auto reader = echo->Count(&watch, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  std::thread client([&] {
    SayResponse last;
    EXPECT_FALSE(reader->Read(&last));
    EXPECT_EQ(Reason(reader->Finish()), "UNAVAILABLE");
  });
  const absl::Time start = absl::Now();
  gateway_->Drain(absl::Seconds(60));
  EXPECT_LT(absl::Now() - start, absl::Seconds(30));
  client.join();
}

TEST_F(GrpcProxyEndTest, DrainClosesHttpWhileANativeCallIsUnderWay) {
  auto echo = Echo();
  HttpClient http(gateway_->http_port());
  http.Request("GET", "/healthz");
  grpc::ClientContext unary;
  std::thread caller([&] {
    SayResponse response;
    EXPECT_FALSE(echo->Hang(&unary, {}, &response).ok());
  });
  EXPECT_TRUE(Reaches(backend_.hanging, 1));
  std::thread drain([&] { gateway_->Drain(absl::Minutes(1)); });
  EXPECT_TRUE(http.IsClosed());  // waits for seconds, not for the whole minute
  unary.TryCancel();
  caller.join();
  drain.join();
}

// A service that refuses the first call unseen, as one does that leaves, and answers the next.
class LeavingService {
 public:
  LeavingService() : door_(loop_, {.listen = "127.0.0.1:0"}, Clock::System()) {
    if (!door_.Listen().ok()) std::abort();
    door_.Open([this](http2::Descriptor socket, std::string, http2::Door::Place place) {
      http2::Connection::Events events;
      events.opened = [this](http2::Stream& stream) {
        return std::make_shared<User>(stream, opened_);
      };
      places_.push_back(std::move(place));
      connections_.push_back(
          std::make_unique<http2::Connection>(loop_, http2::Transport(std::move(socket), nullptr),
                                              "", http2::Connection::Options(), std::move(events)));
    });
    thread_ = std::thread([this] { loop_.Run(); });
  }
  ~LeavingService() {
    loop_.Stop();
    thread_.join();
  }
  std::string target() const { return fmt::format("127.0.0.1:{}", door_.port()); }
  int opened() const { return opened_; }

 private:
  struct User : http2::StreamUser {
    User(http2::Stream& s, std::atomic<int>& o) : stream(s), opened(o) {}
    void OnFields(http2::Fields head) override {
      refuses = !http2::ValueOf(head, ":path").ends_with("/Look") || ++opened == 1;
      if (refuses) stream.Reset(NGHTTP2_REFUSED_STREAM);
    }
    void OnData(std::string_view) override {}
    void OnEnd() override {
      if (refuses) return;
      stream.SendHead({{":status", "200"}, {"content-type", "application/grpc"}});
      stream.Send(Seal(0, ""));
      stream.SendTrailers({{"grpc-status", "0"}});
    }
    void OnSent(size_t) override {}
    void OnClosed(uint32_t) override {}
    http2::Stream& stream;
    std::atomic<int>& opened;
    bool refuses = false;
  };

  http2::Loop loop_;
  http2::Door door_;
  std::vector<http2::Door::Place> places_;
  std::vector<std::unique_ptr<http2::Connection>> connections_;
  std::atomic<int> opened_{0};
  std::thread thread_;
};

TEST_F(GrpcProxyEndTest, ACallThatAServiceDidNotLookAtIsMadeAgain) {
  LeavingService service;
  options_.backends[1].target = service.target();
  grpc::ClientContext context;
  SayResponse response;
  const grpc::Status status = Echo()->Look(&context, {}, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(service.opened(), 2);
  gateway_.reset();
}

TEST_F(GrpcProxyEndTest, AServiceThatIsDownWasNeverAsked) {
  options_.backends[1].target = "127.0.0.1:1";
  auto echo = Echo();
  grpc::ClientContext context;
  SayResponse response;
  EXPECT_EQ(Reason(echo->Fail(&context, {}, &response)), "UNAVAILABLE");
}

}  // namespace
}  // namespace jinhuan::gateway
