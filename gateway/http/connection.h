#pragma once

#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gateway/http/body_budget.h"
#include "gateway/http/entrance.h"
#include "gateway/http/message.h"
#include "gateway/http/server.h"
#include "gateway/http/untaken.h"

// Inside of the server, and Beast takes a minute to compile: for connection.cc and server.cc only.
namespace jinhuan::gateway::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;

class Connections;

// One client's connection: reads a request whole, hands it to the handler, writes the
// answer, and waits for the next. Lives as long as something of it is under way. Every
// public method may be called on any thread; what it does is done on the connection's own.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, const Options& options, Handler& handler, Connections& all,
             BodyBudget& bodies, Untaken& untaken, Entrance::Place place);

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
                     self->WriteChunk(piece, std::move(done));
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
  // Counts it among all. The server may end as soon as it counts no more, so this is the first
  // member: all others are gone by then.
  class Presence {
   public:
    Presence(Connections& all, Connection& connection);
    ~Presence();
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;

   private:
    Connections& all_;
    Connection& connection_;
  };

  using Parser = beast::http::request_parser<beast::http::string_body>;

  // Waits for the first byte of a request.
  void Await();
  void ReadHeader();
  void Continue();
  void ReadBody();
  void ReadPiece();
  void OnPiece(error_code error);
  void Dispatch(bool too_large);
  void WatchForLeaving();
  void Finish(Response response);
  void Write(Response response);
  void OnWritten();
  void Keep(uint64_t bytes);
  void StartStream(Response response);
  void WriteChunk(const std::string& piece, std::function<void(bool)> done);
  void EndStream();
  void Linger(size_t left);
  void Malformed(error_code error);

  const Presence presence_;
  const Options& options_;
  Handler& handler_;
  Connections& all_;
  const Entrance::Place place_;
  BodyBudget::Share share_;  // of the request under way
  Untaken::Share untaken_;   // of its answer
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

}  // namespace jinhuan::gateway::http
