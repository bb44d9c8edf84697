#include "gateway/http/server.h"

#include <gtest/gtest.h>

#include <thread>

#include "absl/synchronization/notification.h"
#include "gateway/http/testing/http_client.h"

namespace jinhuan::gateway::http {
namespace {

// Says back what came; keeps the answer to /wait until the test gives it.
class Echo final : public Handler {
 public:
  std::function<void()> Handle(Request request, Respond respond) override {
    if (request.path == "/wait") {
      kept = std::move(respond);
      waiting.Notify();
      return [this] { abandoned.Notify(); };
    }
    Response response;
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
  void Start(Options options = {}) {
    options.listen = "127.0.0.1:0";
    options.too_many.status = 429;
    server_ = std::make_unique<Server>(options, echo_);
    ASSERT_TRUE(server_->Start().ok());
  }
  HttpClient Connect() { return HttpClient(server_->port()); }

  Echo echo_;
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

TEST_F(ServerTest, RefusesLargeHeaders) {
  Start({.header_limit = 1000});
  HttpClient client = Connect();
  EXPECT_EQ(client.Request("GET", "/a", {{"X-A", std::string(2000, 'x')}}).status, 431);
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
  Start({.max_connections = 1});
  HttpClient first = Connect();
  EXPECT_EQ(first.Request("GET", "/a").status, 200);
  HttpClient second = Connect();
  EXPECT_EQ(second.Request("GET", "/a").status, 429);
  EXPECT_EQ(first.Request("GET", "/a").status, 200);
}

TEST_F(ServerTest, OneAddressHasSoManyConnectionsButForAProxy) {
  Start({.max_connections_each = 1});
  {
    HttpClient first = Connect();
    EXPECT_EQ(first.Request("GET", "/a").status, 200);
    HttpClient second = Connect();
    EXPECT_EQ(second.Request("GET", "/a").status, 429);
  }
  Start({.max_connections_each = 1, .uncounted = {"127.0.0.1"}});
  HttpClient third = Connect();
  EXPECT_EQ(third.Request("GET", "/a").status, 200);
  HttpClient fourth = Connect();
  EXPECT_EQ(fourth.Request("GET", "/a").status, 200);
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

TEST_F(ServerTest, SaysWhenItCannotListen) {
  Start();
  Options taken;
  taken.listen = "127.0.0.1:" + std::to_string(server_->port());
  EXPECT_TRUE(absl::IsUnavailable(Server(taken, echo_).Start()));
  for (const char* listen : {"", "8080", "localhost:1", "127.0.0.1:", "127.0.0.1:70000"}) {
    Options wrong;
    wrong.listen = listen;
    EXPECT_TRUE(absl::IsInvalidArgument(Server(wrong, echo_).Start())) << listen;
  }
}

}  // namespace
}  // namespace jinhuan::gateway::http
