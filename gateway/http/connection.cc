#include "gateway/http/connection.h"

#include <sys/socket.h>

#include <array>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <iterator>

#include "gateway/http/connections.h"
#include "gateway/http/wire.h"

namespace jinhuan::gateway::http {
namespace {

constexpr size_t kReadSize = 4096;
// Header fields of a request: browsers send some twenty, and each is looked for among the others.
constexpr int kMostFields = 100;
// What is still read from a client whose request was refused half-way, so that
// the answer is not lost to a reset.
constexpr size_t kLingerBytes = 16 << 20;
constexpr auto kLingerTime = std::chrono::seconds(2);

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

}  // namespace

Connection::Connection(tcp::socket socket, const Options& options, Handler& handler,
                       Connections& all, BodyBudget& bodies, Untaken& untaken,
                       Entrance::Place place)
    : presence_(all, *this),
      options_(options),
      handler_(handler),
      all_(all),
      place_(std::move(place)),
      share_(bodies),
      untaken_(untaken),
      stream_(std::move(socket)) {
  error_code ignored;
  stream_.socket().set_option(tcp::no_delay(true), ignored);
}

Connection::Presence::Presence(Connections& all, Connection& connection)
    : all_(all), connection_(connection) {
  all_.Add(connection_);
}

Connection::Presence::~Presence() { all_.Remove(connection_); }

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
                                     return self->Dispatch(true);
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
  parser_->eager(true);
  ReadPiece();
}

// Piece by piece, so that a body takes of the budget what has come of it, not what it says.
void Connection::ReadPiece() {
  beast::http::async_read_some(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, size_t) { self->OnPiece(error); });
}

void Connection::OnPiece(error_code error) {
  if (error == beast::http::error::body_limit) return Dispatch(true);
  if (error) return Malformed(error);
  if (!share_.Hold(parser_->get().body().size())) {
    parser_.reset();
    share_.Release();
    return Refuse(options_.too_many);
  }
  parser_->is_done() ? Dispatch(false) : ReadPiece();
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
  if (std::distance(message.begin(), message.end()) > kMostFields) {
    keep_alive_ = false;
    unread_ = too_large;
    return Write({.status = 431});
  }
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
  request.share = std::shared_ptr<BodyBudget::Share>(shared_from_this(), &share_);
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
  if (!response_.shared_body) Keep(body.size());
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head_), asio::buffer(body)};
  stream_.expires_after(absl::ToChronoMilliseconds(options_.write_timeout));
  asio::async_write(stream_, buffers, [self = shared_from_this()](error_code error, size_t) {
    if (!error) self->OnWritten();
  });
}

void Connection::Keep(uint64_t bytes) {
  untaken_.Hold(bytes, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Close();
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

void Connection::WriteChunk(const std::string& piece, std::function<void(bool)> done) {
  head_ = Chunk(piece);
  Keep(head_.size());
  stream_.expires_after(absl::ToChronoMilliseconds(options_.write_timeout));
  asio::async_write(stream_, asio::buffer(head_),
                    [self = shared_from_this(), done = std::move(done)](error_code error, size_t) {
                      self->stream_.expires_never();
                      self->untaken_.Release();
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
  untaken_.Release();
  share_.Release();
  if (keep_alive_) return Await();
  error_code ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  if (!unread_) return;
  stream_.expires_after(kLingerTime);
  Linger(kLingerBytes);
}

void Connection::Linger(size_t left) {
  buffer_.consume(buffer_.size());
  stream_.async_read_some(buffer_.prepare(kReadSize),
                          [self = shared_from_this(), left](error_code error, size_t bytes) {
                            if (!error && bytes < left) self->Linger(left - bytes);
                          });
}

}  // namespace jinhuan::gateway::http
