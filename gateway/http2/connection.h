#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/time/time.h"
#include "gateway/http2/loop.h"
#include "gateway/http2/transport.h"

namespace jinhuan::gateway::http2 {

// A field of a head or of trailers (RFC 9113, section 6.2), its name in lower case.
struct Field {
  std::string name;
  std::string value;
  bool changes = false;  // with every call: it is not worth a place in the table of HPACK
};
using Fields = std::vector<Field>;

// The last value under `name`, which is the one that the nearest proxy added; "" when it
// is absent.
std::string_view ValueOf(const Fields& fields, std::string_view name);

// What a stream tells who uses it, in this order: fields, data, perhaps fields again, the
// end of what the other side says, and at last, in every case, that it is closed.
class StreamUser {
 public:
  virtual ~StreamUser() = default;

  virtual void OnFields(Fields fields) = 0;
  // More than may be taken (Options::window) comes only after Stream::Consume.
  virtual void OnData(std::string_view data) = 0;
  virtual void OnEnd() = 0;
  // `bytes` of what was given to Send left.
  virtual void OnSent(size_t bytes) = 0;
  // Its stream is gone. An error code of RFC 9113, section 7; REFUSED_STREAM: the other side
  // did nothing of it, or its head was too large to be sent.
  virtual void OnClosed(uint32_t error) = 0;
};

class Connection;

// One stream of a connection. Its address is valid until OnClosed returns.
class Stream {
 public:
  explicit Stream(Connection& connection) : connection_(connection) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  Connection& connection() const { return connection_; }

  // A server's head; a client's goes with Connection::Open.
  void SendHead(const Fields& head);
  void Send(std::string_view data);
  // Ends what is said, with trailers or a head that is all.
  void SendTrailers(Fields trailers);
  void SendOnly(const Fields& head);
  void End();
  // What was not yet sent is forgotten.
  void Reset(uint32_t error);

  // So many bytes of data were dealt with, and as many more may come.
  void Consume(size_t bytes);

  // Whether the fields that came were too many and not all are there.
  bool fields_cut() const { return fields_cut_; }

 private:
  friend class Connection;

  void Resume();

  Connection& connection_;
  int32_t id_ = 0;
  std::shared_ptr<StreamUser> user_;
  Fields fields_;  // coming in
  size_t fields_size_ = 0;
  bool fields_cut_ = false;
  std::string out_;
  size_t out_begin_ = 0;
  Fields trailers_;
  bool out_ends_ = false;
  bool deferred_ = false;  // nothing was there to send
  bool unsent_ = false;
};

// One side of an HTTP/2 connection (RFC 9113), by nghttp2. What its streams say is written at
// the end of the loop's turn, for all of them at once. For the loop's thread.
class Connection final : private Loop::Watcher {
 public:
  enum class Side { kServer, kClient };
  struct Options {
    Side side = Side::kServer;
    uint32_t max_streams = 1024;                   // that the other side may have open
    size_t max_fields = 64 * 1024;                 // bytes of names and values in one head
    uint32_t window = 512 * 1024;                  // bytes of a stream that may wait to be consumed
    absl::Duration handshake = absl::Seconds(10);  // TLS and the first frames
    // After so long in silence the other side is asked whether it is there, and has
    // `answer` to say so. Who takes nothing of what waits for it has no more than twice as long.
    absl::Duration silence = absl::Seconds(40);
    absl::Duration answer = absl::Seconds(20);
    absl::Duration idle = absl::Minutes(10);  // without a stream it ends
  };
  // Who owns a connection.
  struct Events {
    // A server's: a stream was opened; gives who uses it.
    std::function<std::shared_ptr<StreamUser>(Stream&)> opened;
    // The first frames have come.
    std::function<void(Connection&)> ready;
    // It takes no more streams, though those that are open may go on.
    std::function<void(Connection&)> leaving;
    // It is over, and may be deleted when the turn ends.
    std::function<void(Connection&)> closed;
  };

  Connection(Loop& loop, Transport transport, std::string peer, Options options, Events events);
  // Nobody is told: that is for Close.
  ~Connection();

  // The address of the other side, as text.
  const std::string& peer() const { return peer_; }
  bool secure() const { return transport_.secure(); }
  // Those in its certificate.
  const std::vector<std::string>& peer_names() const { return peer_names_; }

  // A client's: opens a stream with this head. Null when the connection takes none.
  Stream* Open(const Fields& head, std::shared_ptr<StreamUser> user);

  // Lets the streams finish and takes no more.
  void Leave();
  // Ends all at once.
  void Close();

 private:
  friend class Stream;
  struct Callbacks;
  struct FreeSession {
    void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
  };

  void OnReady(uint32_t events) override;
  bool Read();
  void FlushSoon();
  void Flush();
  bool Fill();
  void End();
  void Tick();
  void Await(uint32_t events);
  Stream& AddStream(int32_t id);
  void Forget(int32_t id, uint32_t error);
  ptrdiff_t Fetch(Stream& stream, uint8_t* buffer, size_t size, uint32_t& flags);

  Loop& loop_;
  Transport transport_;
  const std::string peer_;
  const Options options_;
  const Events events_;
  std::unique_ptr<nghttp2_session, FreeSession> session_;
  std::unordered_map<int32_t, std::unique_ptr<Stream>> streams_;
  std::vector<std::string> peer_names_;
  std::string out_;  // framed, not yet written
  size_t out_begin_ = 0;
  uint32_t awaited_ = 0;  // of epoll
  bool flushing_ = false;
  bool ready_ = false;
  bool leaving_ = false;
  bool ending_ = false;  // all is said
  bool closed_ = false;
  bool heard_ = false;  // anything since the last tick
  bool asked_ = false;  // and not answered
  bool wrote_ = false;  // anything since the last tick
  bool stuck_ = false;  // something waited then
  int tls_alone_ = 0;   // records of TLS since the last data
  absl::Duration idle_since_ = absl::ZeroDuration();
  Loop::Timer timer_;
};

}  // namespace jinhuan::gateway::http2
