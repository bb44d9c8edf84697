#include "gateway/http/server.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gateway/http/testing/http_client.h"

namespace jinhuan::gateway::http {
namespace {

constexpr size_t kHuge = 32 << 20;  // more than the sockets between take

// Says back what came; keeps the answers to /wait and /later until the test gives them. A client
// that leaves is looked for while /wait is under way.
class Echo final : public Handler {
 public:
  std::function<void()> Handle(Request request, Respond respond) override {
    if (request.path == "/wait" || request.path == "/later") {
      kept = std::move(respond);
      waiting.Notify();
      if (request.path == "/later") return nullptr;
      return [this] { abandoned.Notify(); };
    }
    Response response;
    if (request.path == "/large") return respond({.body = std::string(kHuge, 'x')}), nullptr;
    response.body = request.method + " " + request.path + "?" + request.query + " " +
                    std::string(request.Get("x-a")) + " " + request.body +
                    (request.body_too_large ? " too large" : "");
    respond(std::move(response));
    return nullptr;
  }

  absl::Notification waiting;
  absl::Notification abandoned;
  Respond kept;
};

class ServerTest : public testing::Test {
 protected:
  void Start(Options options = {}, uint64_t bodies = 256 << 20) {
    bodies_ = std::make_unique<BodyBudget>(bodies);
    options.listen = "127.0.0.1:0";
    options.too_many.status = 429;
    server_ = std::make_unique<Server>(options, echo_, *bodies_, clock_);
    ASSERT_TRUE(server_->Start().ok());
  }
  HttpClient Connect(const char* from = "127.0.0.1") { return HttpClient(server_->port(), from); }

  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Echo echo_;
  std::unique_ptr<BodyBudget> bodies_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, KeepsTheConnection) {
  Start();
  HttpClient client = Connect();
  EXPECT_EQ(client.Request("GET", "/a?b=c", {{"X-A", "1"}}).body, "GET /a?b=c 1 ");
  const HttpAnswer second = client.Request("POST", "/d", {}, "body");
  EXPECT_EQ(second.body, "POST /d?  body");
  EXPECT_EQ(second.Get("connection"), "keep-alive");
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  Start();
  HttpClient client = Connect();
  client.Send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.Receive().body, "GET /1?  ");
  EXPECT_EQ(client.Receive().body, "GET /2?  ");
}

TEST_F(ServerTest, ReadsChunksAndClosesWhenAsked) {
  Start();
  HttpClient client = Connect();
  client.Send(
      "POST /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  const HttpAnswer answer = client.Receive();
  EXPECT_EQ(answer.body, "POST /c?  abcde");
  EXPECT_EQ(answer.Get("connection"), "close");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(ServerTest, SaysContinue) {
  Start();
  HttpClient client = Connect();
  client.Send("POST /c HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 100);
  client.Send("ab");
  EXPECT_EQ(client.Receive().body, "POST /c?  ab");
}

TEST_F(ServerTest, HeadHasNoBody) {
  Start();
  HttpClient client = Connect();
  const HttpAnswer answer = client.Request("HEAD", "/h");
  EXPECT_EQ(answer.Get("content-length"), "10");
  EXPECT_EQ(client.Request("GET", "/g").body, "GET /g?  ");
}

TEST_F(ServerTest, TellsOfALargeBodyAndCloses) {
  Start({.body_limit = 1000});
  for (const char* framing : {"Content-Length: 1001", "Transfer-Encoding: chunked"}) {
    HttpClient client = Connect();
    client.Send(std::string("POST /c HTTP/1.1\r\nHost: x\r\n") + framing + "\r\n\r\n");
    client.Send("3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n");
    const HttpAnswer answer = client.Receive();
    EXPECT_EQ(answer.body, "POST /c?   too large") << framing;
    EXPECT_EQ(answer.Get("connection"), "close");
  }
}

TEST_F(ServerTest, BoundsTheBodiesUnderWayTogether) {
  constexpr size_t kLarge = 1 << 20;
  Start({.body_limit = 4 * kLarge}, 2 * kLarge);
  const std::string large(kLarge, 'x');
  const auto begin = [&](HttpClient& client) {
    client.Send("POST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
    client.Send(large);
  };
  {
    // What a body says it will be counts for nothing, what has come of it does.
    HttpClient slow = Connect();
    begin(slow);
    HttpClient also = Connect();
    EXPECT_EQ(also.Request("POST", "/c", {}, large).status, 200);
    const auto refused = [&] {
      HttpClient third = Connect();
      return third.Request("POST", "/c", {}, large + large.substr(0, kLarge / 2)).status;
    };
    const absl::Time deadline = absl::Now() + absl::Seconds(10);
    while (refused() != 429 && absl::Now() < deadline) continue;  // until the slow one has come
    EXPECT_EQ(refused(), 429);
    HttpClient small = Connect();
    EXPECT_EQ(small.Request("POST", "/c", {}, std::string(60'000, 'x')).status, 200);
    // Each request on a connection takes and gives back anew.
    for (int i = 0; i < 5; ++i) EXPECT_EQ(also.Request("POST", "/c", {}, large).status, 200);
  }
  // Who leaves gives back.
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  int status = 0;
  while (status != 200 && absl::Now() < deadline) {
    HttpClient client = Connect();
    status = client.Request("POST", "/c", {}, large + large.substr(0, kLarge / 2)).status;
  }
  EXPECT_EQ(status, 200);
}

// What two have not taken has room; who came first makes room for the third.
TEST_F(ServerTest, BoundsWhatIsAnsweredAndNotTaken) {
  Start({.untaken_limit = 5 * kHuge / 2});
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<HttpClient>(server_->port()));
    clients.back()->Send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(clients.back()->HasMore());  // so they are answered in this order
  }
  EXPECT_EQ(clients[0]->Receive().status, 0);
  EXPECT_EQ(clients[1]->Receive().body.size(), kHuge);
  EXPECT_EQ(clients[2]->Receive().body.size(), kHuge);
  // What was taken counts no more.
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(clients[1]->Request("GET", "/large").body.size(), kHuge);
  }
}

TEST_F(ServerTest, RefusesLargeHeaders) {
  Start({.header_limit = 1000});
  HttpClient client = Connect();
  EXPECT_EQ(client.Request("GET", "/a", {{"X-A", std::string(2000, 'x')}}).status, 431);
}

TEST_F(ServerTest, RefusesManyHeaders) {
  Start();
  const auto ask = [&](int fields) {
    std::vector<Header> headers;
    while (static_cast<int>(headers.size()) < fields) {
      headers.push_back({"x" + std::to_string(headers.size()), ""});
    }
    return Connect().Request("GET", "/a", headers).status;
  };
  EXPECT_EQ(ask(90), 200);
  EXPECT_EQ(ask(101), 431);
  EXPECT_EQ(ask(1500), 431);
}

TEST_F(ServerTest, RefusesWhatIsNotHttp) {
  Start();
  HttpClient client = Connect();
  client.Send("nonsense\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 400);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(ServerTest, ClosesOnASlowHeaderAndASlowBody) {
  Start({.header_timeout = absl::Milliseconds(100), .body_timeout = absl::Milliseconds(100)});
  HttpClient header = Connect();
  header.Send("GET /a HTTP/1.1\r\nX-A: ");
  EXPECT_TRUE(header.IsClosed());
  HttpClient body = Connect();
  body.Send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_TRUE(body.IsClosed());
}

TEST_F(ServerTest, ClosesWhenIdle) {
  Start({.idle_timeout = absl::Seconds(1)});
  HttpClient client = Connect();
  client.Request("GET", "/a");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(ServerTest, RefusesOneConnectionTooMany) {
  Start({.entrance = {.max_connections = 1}});
  HttpClient first = Connect();
  EXPECT_EQ(first.Request("GET", "/a").status, 200);
  HttpClient second = Connect();
  EXPECT_EQ(second.Request("GET", "/a").status, 429);
  EXPECT_EQ(first.Request("GET", "/a").status, 200);
}

TEST_F(ServerTest, OneAddressHasSoManyConnectionsButForAProxy) {
  Start({.entrance = {.max_connections_each = 1}});
  {
    HttpClient first = Connect();
    EXPECT_EQ(first.Request("GET", "/a").status, 200);
    HttpClient second = Connect();
    EXPECT_EQ(second.Request("GET", "/a").status, 429);
  }
  Start({.entrance = {.max_connections_each = 1, .uncounted = {"127.0.0.1"}}});
  HttpClient third = Connect();
  EXPECT_EQ(third.Request("GET", "/a").status, 200);
  HttpClient fourth = Connect();
  EXPECT_EQ(fourth.Request("GET", "/a").status, 200);
}

TEST_F(ServerTest, WhoIsRefusedTakesNoPlace) {
  Start({.entrance = {.max_connections = 4, .max_connections_each = 1}});
  HttpClient first = Connect();
  EXPECT_EQ(first.Request("GET", "/a").status, 200);
  std::vector<std::unique_ptr<HttpClient>> refused;  // and stay
  for (int i = 0; i < 100; ++i) {
    refused.push_back(std::make_unique<HttpClient>(server_->port()));
  }
  EXPECT_EQ(refused[0]->Receive().status, 429);
  // Few of them are kept for an answer.
  EXPECT_EQ(refused[99]->Receive().status, 0);
  EXPECT_EQ(Connect("127.0.0.2").Request("GET", "/a").status, 200);
}

TEST_F(ServerTest, OneAddressBringsSoManyConnectionsASecond) {
  Start({.entrance = {.arrivals_per_second_each = 1, .uncounted = {"127.0.0.9"}}});
  EXPECT_EQ(Connect().Request("GET", "/a").status, 200);
  EXPECT_EQ(Connect().Request("GET", "/a").status, 200);
  EXPECT_EQ(Connect().Request("GET", "/a").status, 429);
  EXPECT_EQ(Connect("127.0.0.2").Request("GET", "/a").status, 200);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Connect("127.0.0.9").Request("GET", "/a").status, 200);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Connect().Request("GET", "/a").status, 200);
}

TEST_F(ServerTest, TellsTheHandlerThatTheClientLeft) {
  Start();
  HttpClient client = Connect();
  client.Send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
  echo_.waiting.WaitForNotification();
  client.Close();
  EXPECT_TRUE(echo_.abandoned.WaitForNotificationWithTimeout(absl::Seconds(10)));
  echo_.kept({});  // too late, and harmless
  echo_.kept = nullptr;
}

TEST_F(ServerTest, DrainLetsTheCallFinish) {
  Start();
  HttpClient idle = Connect();
  idle.Request("GET", "/a");
  HttpClient busy = Connect();
  busy.Send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
  echo_.waiting.WaitForNotification();
  std::thread drain([&] { server_->Drain(absl::Seconds(10)); });
  EXPECT_TRUE(idle.IsClosed());  // so the drain has begun
  Respond respond = std::move(echo_.kept);
  echo_.kept = nullptr;
  respond({.body = "done"});
  respond = nullptr;
  const HttpAnswer answer = busy.Receive();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.Get("connection"), "close");
  drain.join();
}

// Such a call leaves the server's threads nothing to do until it is answered.
TEST_F(ServerTest, DrainWaitsForACallThatNothingIsDoneFor) {
  Start();
  HttpClient idle = Connect();
  idle.Request("GET", "/a");
  HttpClient busy = Connect();
  busy.Send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
  echo_.waiting.WaitForNotification();
  std::thread drain([&] { server_->Drain(absl::Seconds(10)); });
  EXPECT_TRUE(idle.IsClosed());
  std::exchange(echo_.kept, nullptr)({.body = "done"});
  EXPECT_EQ(busy.Receive().body, "done");
  drain.join();
}

// Whoever lets go of an answer last takes the connection down, on a thread of its own.
TEST_F(ServerTest, AHandlerMayLetGoOfAnAnswerAsTheServerStops) {
  for (int i = 0; i < 100; ++i) {
    Echo echo;
    auto bodies = std::make_unique<BodyBudget>(1 << 20);
    auto server = std::make_unique<Server>(Options{.listen = "127.0.0.1:0"}, echo, *bodies, clock_);
    ASSERT_TRUE(server->Start().ok());
    HttpClient client(server->port());
    client.Send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    echo.waiting.WaitForNotification();
    std::thread handler([&] { echo.kept = nullptr; });
    server.reset();
    bodies.reset();
    handler.join();
  }
}

TEST_F(ServerTest, SaysWhenItCannotListen) {
  Start();
  Options taken;
  taken.listen = "127.0.0.1:" + std::to_string(server_->port());
  EXPECT_TRUE(absl::IsUnavailable(Server(taken, echo_, *bodies_, clock_).Start()));
  for (const char* listen : {"", "8080", "localhost:1", "127.0.0.1:", "127.0.0.1:70000"}) {
    Options wrong;
    wrong.listen = listen;
    EXPECT_TRUE(absl::IsInvalidArgument(Server(wrong, echo_, *bodies_, clock_).Start())) << listen;
  }
}

}  // namespace
}  // namespace jinhuan::gateway::http
