#include "gateway/http/server.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <set>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gateway/http/place_limit.h"
#include "gateway/http/wire.h"

namespace jinhuan::gateway::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr size_t kReadSize = 4096;
// What is still read from a client whose request was refused half-way, so that
// the answer is not lost to a reset.
constexpr size_t kLingerBytes = 16 << 20;
constexpr auto kLingerTime = std::chrono::seconds(2);
// How long a handler may take to answer what was abandoned.
constexpr absl::Duration kLastAnswers = absl::Seconds(5);

class Connections;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, const Options& options, Handler& handler, Connections& all,
             std::optional<PlaceLimit::Place> place);
  ~Connection();

  void Start() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->Await(); });
  }

  // Answers with `response` whatever comes, and closes.
  void Refuse(const Response& response) {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this(), response] {
      self->keep_alive_ = false;
      self->unread_ = true;
      self->Write(response);
    });
  }

  // Ends after the request under way; at once when there is none. A body that comes in
  // pieces may come for ever, so its call is asked to end.
  void Drain() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      if (self->idle_) self->stream_.close();
      if (self->streaming_ && self->abandon_) self->abandon_();
    });
  }

  // Sends a piece of the body of request `serial`, or with an empty one its end.
  void WritePiece(uint64_t serial, std::string piece, std::function<void(bool)> done) {
    asio::dispatch(stream_.get_executor(),
                   [self = shared_from_this(), serial, piece = std::move(piece),
                    done = std::move(done)]() mutable {
                     if (!self->streaming_ || self->serial_ != serial) return done(false);
                     self->WriteChunk(std::move(piece), std::move(done));
                   });
  }
  void EndPieces(uint64_t serial) {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this(), serial] {
      if (!self->streaming_ || self->serial_ != serial) return;
      self->EndStream();
    });
  }
  void BreakOff(uint64_t serial) {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this(), serial] {
      if (!self->streaming_ || self->serial_ != serial) return;
      self->streaming_ = self->answering_ = false;
      self->stream_.close();
    });
  }

  // Ends at once; a call under way is abandoned.
  void Close() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      self->answering_ = self->streaming_ = false;
      if (auto abandon = std::exchange(self->abandon_, nullptr)) abandon();
      self->stream_.close();
    });
  }

 private:
  using Parser = beast::http::request_parser<beast::http::string_body>;

  // Waits for the first byte of a request.
  void Await();
  void ReadHeader();
  void Continue();
  void ReadBody();
  void OnBody(error_code error);
  void Dispatch(bool too_large);
  void WatchForLeaving();
  void Finish(Response response);
  void Write(Response response);
  void OnWritten();
  void StartStream(Response response);
  void WriteChunk(std::string piece, std::function<void(bool)> done);
  void EndStream();
  void Linger(size_t left);
  void Malformed(error_code error);

  const Options& options_;
  Handler& handler_;
  Connections& all_;
  const std::optional<PlaceLimit::Place> place_;  // among those of its address
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Response response_;
  std::string head_;
  std::function<void()> abandon_;
  uint64_t serial_ = 0;  // of the request under way
  bool answering_ = false;
  bool streaming_ = false;  // the head is sent, and pieces of the body may come
  bool head_only_ = false;
  bool old_client_ = false;  // HTTP/1.0
  bool keep_alive_ = true;
  bool unread_ = false;
  bool idle_ = false;
};

class ChunkWriter final : public BodyWriter {
 public:
  ChunkWriter(std::shared_ptr<Connection> connection, uint64_t serial)
      : connection_(std::move(connection)), serial_(serial) {}
  ~ChunkWriter() override {
    if (!ended_) connection_->BreakOff(serial_);
  }
  void Write(std::string piece, std::function<void(bool)> done) override {
    connection_->WritePiece(serial_, std::move(piece), std::move(done));
  }
  void End() override {
    if (!ended_.exchange(true)) connection_->EndPieces(serial_);
  }

 private:
  const std::shared_ptr<Connection> connection_;
  const uint64_t serial_;
  std::atomic<bool> ended_{false};
};

// Who is connected.
class Connections {
 public:
  // Set before any is told to end: no answer from then on keeps its connection open.
  std::atomic<bool> draining{false};

  void Add(Connection& connection) {
    absl::MutexLock lock(&mutex_);
    all_.insert(&connection);
  }
  void Remove(Connection& connection) {
    absl::MutexLock lock(&mutex_);
    all_.erase(&connection);
  }
  int size() const {
    absl::MutexLock lock(&mutex_);
    return static_cast<int>(all_.size());
  }
  template <class Action>
  void ForEach(Action action) {
    std::vector<std::shared_ptr<Connection>> alive;
    {
      absl::MutexLock lock(&mutex_);
      for (Connection* connection : all_) {
        // One that is being destroyed just now has nothing to lock.
        if (auto held = connection->weak_from_this().lock()) alive.push_back(std::move(held));
      }
    }
    for (const auto& connection : alive) action(*connection);
  }
  // Says whether all left before `deadline`.
  bool AwaitNone(absl::Time deadline) {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithDeadline(
        absl::Condition(
            +[](std::set<Connection*>* all) { return all->empty(); }, &all_),
        deadline);
  }

 private:
  mutable absl::Mutex mutex_;
  std::set<Connection*> all_ ABSL_GUARDED_BY(mutex_);
};

Connection::Connection(tcp::socket socket, const Options& options, Handler& handler,
                       Connections& all, std::optional<PlaceLimit::Place> place)
    : options_(options),
      handler_(handler),
      all_(all),
      place_(std::move(place)),
      stream_(std::move(socket)) {
  error_code ignored;
  stream_.socket().set_option(tcp::no_delay(true), ignored);
  all_.Add(*this);
}

Connection::~Connection() { all_.Remove(*this); }

void Connection::Await() {
  if (all_.draining) return stream_.close();
  if (buffer_.size() > 0) return ReadHeader();
  idle_ = true;
  stream_.expires_after(absl::ToChronoSeconds(options_.idle_timeout));
  stream_.async_read_some(buffer_.prepare(kReadSize),
                          [self = shared_from_this()](error_code error, size_t bytes) {
                            self->idle_ = false;
                            if (error) return;
                            self->buffer_.commit(bytes);
                            self->ReadHeader();
                          });
}

void Connection::ReadHeader() {
  parser_.emplace();
  parser_->header_limit(options_.header_limit);
  parser_->body_limit(options_.body_limit);
  stream_.expires_after(absl::ToChronoMilliseconds(options_.header_timeout));
  beast::http::async_read_header(stream_, buffer_, *parser_,
                                 [self = shared_from_this()](error_code error, size_t) {
                                   if (error == beast::http::error::body_limit)
                                     return self->OnBody(error);
                                   if (error) return self->Malformed(error);
                                   self->Continue();
                                 });
}

// A client that asked may wait for the word before it sends a large body
// (RFC 9110, section 10.1.1).
void Connection::Continue() {
  const auto& message = parser_->get();
  if (parser_->is_done() || !beast::iequals(message[beast::http::field::expect], "100-continue")) {
    return ReadBody();
  }
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(stream_, asio::buffer(kContinue),
                    [self = shared_from_this()](error_code error, size_t) {
                      if (!error) self->ReadBody();
                    });
}

void Connection::ReadBody() {
  if (parser_->is_done()) return Dispatch(false);
  stream_.expires_after(absl::ToChronoMilliseconds(options_.body_timeout));
  beast::http::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, size_t) { self->OnBody(error); });
}

void Connection::OnBody(error_code error) {
  if (error == beast::http::error::body_limit) return Dispatch(true);
  if (error) return Malformed(error);
  Dispatch(false);
}

void Connection::Malformed(error_code error) {
  if (error == beast::http::error::end_of_stream ||
      error.category() == boost::system::system_category() || error == asio::error::eof ||
      error == beast::http::error::partial_message) {
    return;  // the client left
  }
  Response response;
  response.status = error == beast::error::timeout              ? 408
                    : error == beast::http::error::header_limit ? 431
                                                                : 400;
  keep_alive_ = false;
  unread_ = true;
  // After a timeout the stream is closed already.
  if (response.status != 408) Write(std::move(response));
}

void Connection::Dispatch(bool too_large) {
  auto message = parser_->release();
  Request request;
  request.method = std::string(message.method_string());
  const std::string_view target(message.target().data(), message.target().size());
  const size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  for (const auto& field : message) {
    AddHeader({field.name_string().data(), field.name_string().size()},
              {field.value().data(), field.value().size()}, request.headers);
  }
  request.body_too_large = too_large;
  if (!too_large) request.body = std::move(message.body());
  error_code error;
  const auto peer = stream_.socket().remote_endpoint(error);
  if (!error) request.peer = peer.address().to_string();
  unread_ = too_large;
  keep_alive_ = message.keep_alive() && !too_large;
  old_client_ = message.version() < 11;
  head_only_ = message.method() == beast::http::verb::head;
  answering_ = true;
  const uint64_t serial = ++serial_;
  stream_.expires_never();
  auto abandon = handler_.Handle(
      std::move(request), [self = shared_from_this(), serial](Response response) mutable {
        asio::dispatch(self->stream_.get_executor(),
                       [self, serial, response = std::move(response)]() mutable {
                         if (self->answering_ && self->serial_ == serial) {
                           self->Finish(std::move(response));
                         }
                       });
      });
  if (answering_ && serial_ == serial && abandon) {
    abandon_ = std::move(abandon);
    WatchForLeaving();
  }
}

// While a call is under way nothing is read, so a client that leaves is seen by
// looking at the socket.
void Connection::WatchForLeaving() {
  stream_.socket().async_wait(
      tcp::socket::wait_read, [self = shared_from_this(), serial = serial_](error_code error) {
        if (error || !self->answering_ || self->serial_ != serial) return;
        char byte = 0;
        const ssize_t got =
            recv(self->stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (got > 0) return;  // the next request is waiting already
        // Woken for what was read meanwhile: the client is still there.
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return self->WatchForLeaving();
        self->answering_ = self->streaming_ = false;
        self->keep_alive_ = false;
        if (auto abandon = std::exchange(self->abandon_, nullptr)) abandon();
        self->stream_.close();
      });
}

void Connection::Finish(Response response) {
  if (response.stream_body) return StartStream(std::move(response));
  answering_ = false;
  if (std::exchange(abandon_, nullptr)) {
    error_code ignored;
    stream_.socket().cancel(ignored);  // the watch
  }
  Write(std::move(response));
}

void Connection::Write(Response response) {
  response_ = std::move(response);
  if (all_.draining) keep_alive_ = false;
  head_ = ResponseHead(response_, keep_alive_);
  const std::string_view body = head_only_ ? std::string_view() : response_.content();
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head_), asio::buffer(body)};
  stream_.expires_after(absl::ToChronoMilliseconds(options_.write_timeout));
  asio::async_write(stream_, buffers, [self = shared_from_this()](error_code error, size_t) {
    if (!error) self->OnWritten();
  });
}

// The call is still under way, so the watch for a client that leaves goes on.
void Connection::StartStream(Response response) {
  if (all_.draining) keep_alive_ = false;
  if (old_client_) {  // it knows no chunks
    if (auto abandon = std::exchange(abandon_, nullptr)) abandon();
    return Write({.status = 505});
  }
  streaming_ = true;
  head_ = ResponseHead(response, keep_alive_);
  stream_.expires_after(absl::ToChronoMilliseconds(options_.write_timeout));
  asio::async_write(stream_, asio::buffer(head_),
                    [self = shared_from_this(), serial = serial_,
                     start = std::move(response.stream_body)](error_code error, size_t) {
                      self->stream_.expires_never();
                      if (error) self->streaming_ = false;
                      start(std::make_shared<ChunkWriter>(self, serial));
                    });
}

void Connection::WriteChunk(std::string piece, std::function<void(bool)> done) {
  head_ = Chunk(piece);
  stream_.expires_after(absl::ToChronoMilliseconds(options_.write_timeout));
  asio::async_write(stream_, asio::buffer(head_),
                    [self = shared_from_this(), done = std::move(done)](error_code error, size_t) {
                      self->stream_.expires_never();
                      done(!error);
                    });
}

void Connection::EndStream() {
  streaming_ = answering_ = false;
  if (std::exchange(abandon_, nullptr)) {
    error_code ignored;
    stream_.socket().cancel(ignored);  // the watch
  }
  stream_.expires_after(absl::ToChronoMilliseconds(options_.write_timeout));
  asio::async_write(stream_, asio::buffer(kLastChunk),
                    [self = shared_from_this()](error_code error, size_t) {
                      if (!error) self->OnWritten();
                    });
}

void Connection::OnWritten() {
  response_ = Response();
  if (keep_alive_) return Await();
  error_code ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  if (!unread_) return;
  stream_.expires_after(kLingerTime);
  Linger(kLingerBytes);
}

void Connection::Linger(size_t left) {
  buffer_.consume(buffer_.size());
  stream_.async_read_some(buffer_.prepare(64 * 1024),
                          [self = shared_from_this(), left](error_code error, size_t bytes) {
                            if (!error && bytes < left) self->Linger(left - bytes);
                          });
}

}  // namespace

struct Server::State {
  State(Options o, Handler& h)
      : options(std::move(o)),
        handler(h),
        places(options.max_connections_each),
        context(options.threads) {}

  void Accept();

  const Options options;
  Handler& handler;
  PlaceLimit places;
  Connections connections;
  asio::io_context context;
  tcp::acceptor acceptor{context};
  asio::steady_timer pause{context};
  std::vector<std::thread> threads;
};

void Server::State::Accept() {
  acceptor.async_accept(asio::make_strand(context), [this](error_code error, tcp::socket socket) {
    if (connections.draining || error == asio::error::operation_aborted) return;
    if (!error) {
      error_code gone;
      const std::string peer = socket.remote_endpoint(gone).address().to_string();
      const bool counted = std::find(options.uncounted.begin(), options.uncounted.end(), peer) ==
                           options.uncounted.end();
      auto place = counted ? places.Take(peer) : std::nullopt;
      const bool full =
          connections.size() >= options.max_connections || (counted && !place.has_value());
      auto connection = std::make_shared<Connection>(std::move(socket), options, handler,
                                                     connections, std::move(place));
      full ? connection->Refuse(options.too_many) : connection->Start();
      return Accept();
    }
    // Most likely out of file descriptors: spinning would not bring any.
    pause.expires_after(std::chrono::milliseconds(50));
    pause.async_wait([this](error_code cancelled) {
      if (!cancelled) Accept();
    });
  });
}

Server::Server(Options options, Handler& handler)
    : state_(std::make_unique<State>(std::move(options), handler)) {}

Server::~Server() { Drain(absl::ZeroDuration()); }

absl::Status Server::Start() {
  const std::string& listen = state_->options.listen;
  const size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  if (error || port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65535) {
    return absl::InvalidArgumentError(fmt::format("{} is not address:port", listen));
  }
  const tcp::endpoint endpoint(address, static_cast<uint16_t>(std::stoi(port)));
  tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(1024, error);
  if (error) return absl::UnavailableError(fmt::format("{}: {}", listen, error.message()));
  state_->Accept();
  for (int i = 0; i < state_->options.threads; ++i) {
    state_->threads.emplace_back([state = state_.get()] { state->context.run(); });
  }
  return absl::OkStatus();
}

uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::Drain(absl::Duration patience) {
  if (state_->threads.empty()) return;
  state_->connections.draining = true;
  asio::post(state_->context, [state = state_.get()] {
    error_code ignored;
    state->acceptor.close(ignored);
    state->pause.cancel();
  });
  state_->connections.ForEach([](Connection& connection) { connection.Drain(); });
  if (!state_->connections.AwaitNone(absl::Now() + patience)) {
    state_->connections.ForEach([](Connection& connection) { connection.Close(); });
    // An answer that is still owed keeps its connection until the handler gives it.
    state_->connections.AwaitNone(absl::Now() + kLastAnswers);
  }
  state_->context.stop();
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
}

}  // namespace jinhuan::gateway::http
