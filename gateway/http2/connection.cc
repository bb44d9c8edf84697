#include "gateway/http2/connection.h"

#include <sys/epoll.h>

#include <array>

namespace jinhuan::gateway::http2 {
namespace {

constexpr size_t kReadBytes = 64 * 1024;
constexpr int kReadsInTurn = 8;    // then the others have theirs
constexpr int kMostTlsAlone = 64;  // records without data, one after another
// What is framed ahead of what the socket takes.
constexpr size_t kWriteBytes = 128 * 1024;
constexpr size_t kCompactFrom = 64 * 1024;
// Frames that wait to be written; who makes more than these be said reads none of them.
constexpr size_t kMostWaiting = 10'000;
constexpr size_t kUsualFields = 16;
constexpr size_t kFieldOverhead = 32;  // RFC 7541, section 4.1
// All streams of a connection together; each has its own window besides.
constexpr int32_t kConnectionWindow = 16 << 20;
constexpr absl::Duration kLinger = absl::Seconds(1);
constexpr std::array<uint8_t, 8> kLeaving = {'l', 'e', 'a', 'v', 'i', 'n', 'g', '.'};

std::vector<nghttp2_nv> Pairs(const Fields& fields) {
  std::vector<nghttp2_nv> pairs;
  pairs.reserve(fields.size());
  for (const Field& field : fields) {
    const auto bytes = [](const std::string& text) {
      return const_cast<uint8_t*>(reinterpret_cast<const uint8_t*>(text.data()));
    };
    pairs.push_back(
        {bytes(field.name), bytes(field.value), field.name.size(), field.value.size(),
         static_cast<uint8_t>(field.changes ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE)});
  }
  return pairs;
}

// Without it a buffer that is never empty would grow for ever.
void Compact(std::string& buffer, size_t& begin) {
  if (begin < kCompactFrom) return;
  buffer.erase(0, begin);
  begin = 0;
}

// All of it left; what was large once is not kept for ever.
void Clear(std::string& buffer, size_t& begin) {
  begin = 0;
  buffer.capacity() > kCompactFrom ? std::string().swap(buffer) : buffer.clear();
}

}  // namespace

std::string_view ValueOf(const Fields& fields, std::string_view name) {
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if (field->name == name) return field->value;
  }
  return {};
}

// What nghttp2 calls, with the connection as `self`.
struct Connection::Callbacks {
  static Connection& Of(void* self) { return *static_cast<Connection*>(self); }

  static Stream* Find(nghttp2_session* session, int32_t id) {
    return static_cast<Stream*>(nghttp2_session_get_stream_user_data(session, id));
  }

  static int OnBeginHeaders(nghttp2_session* session, const nghttp2_frame* frame, void* self) {
    if (frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
    Connection& connection = Of(self);
    Stream& stream = connection.AddStream(frame->hd.stream_id);
    nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, &stream);
    stream.user_ = connection.events_.opened(stream);
    return 0;
  }

  static int OnHeader(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                      size_t name_size, const uint8_t* value, size_t value_size, uint8_t,
                      void* self) {
    Stream* const stream = Find(session, frame->hd.stream_id);
    if (stream == nullptr) return 0;
    stream->fields_size_ += name_size + value_size + kFieldOverhead;
    if (stream->fields_size_ > Of(self).options_.max_fields) {
      stream->fields_cut_ = true;
      return 0;
    }
    stream->fields_.push_back({{reinterpret_cast<const char*>(name), name_size},
                               {reinterpret_cast<const char*>(value), value_size}});
    return 0;
  }

  static int OnFrame(nghttp2_session* session, const nghttp2_frame* frame, void* self) {
    Connection& connection = Of(self);
    switch (frame->hd.type) {
      case NGHTTP2_HEADERS:
      case NGHTTP2_DATA:
        break;
      case NGHTTP2_SETTINGS:
        if (!connection.ready_ && (frame->hd.flags & NGHTTP2_FLAG_ACK) == 0) {
          connection.ready_ = true;
          connection.peer_names_ = connection.transport_.PeerNames();
          connection.timer_.Set(connection.options_.silence, [&connection] { connection.Tick(); });
          if (connection.events_.ready) connection.events_.ready(connection);
        }
        return 0;
      case NGHTTP2_GOAWAY:
        if (!std::exchange(connection.leaving_, true) && connection.events_.leaving) {
          connection.events_.leaving(connection);
        }
        return 0;
      case NGHTTP2_PING:
        // Who was told to leave has heard of it: what it opened until then is counted.
        if ((frame->hd.flags & NGHTTP2_FLAG_ACK) != 0 &&
            std::equal(kLeaving.begin(), kLeaving.end(), frame->ping.opaque_data)) {
          nghttp2_submit_goaway(session, NGHTTP2_FLAG_NONE,
                                nghttp2_session_get_last_proc_stream_id(session), NGHTTP2_NO_ERROR,
                                nullptr, 0);
        }
        return 0;
      default:
        return 0;
    }
    Stream* const stream = Find(session, frame->hd.stream_id);
    if (stream == nullptr) return 0;
    const std::shared_ptr<StreamUser> user = stream->user_;
    if (frame->hd.type == NGHTTP2_HEADERS) {
      stream->fields_size_ = 0;
      user->OnFields(std::exchange(stream->fields_, {}));
    }
    if ((frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
      user->OnEnd();
    }
    return 0;
  }

  static int OnData(nghttp2_session* session, uint8_t, int32_t id, const uint8_t* data, size_t size,
                    void*) {
    // The streams of a connection do not wait for each other.
    nghttp2_session_consume_connection(session, size);
    Stream* const stream = Find(session, id);
    if (stream == nullptr) return 0;
    const std::shared_ptr<StreamUser> user = stream->user_;
    user->OnData({reinterpret_cast<const char*>(data), size});
    return 0;
  }

  // The other side never heard of a request: it leaves, or the head is too large, and to reset a
  // stream that it does not know would be an error of ours. Of an answer's fields that are too
  // large nothing would come.
  static int OnNotSent(nghttp2_session* session, const nghttp2_frame* frame, int, void*) {
    if (frame->hd.type != NGHTTP2_HEADERS) return 0;
    Stream* const stream = Find(session, frame->hd.stream_id);
    if (stream == nullptr) return 0;
    if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
      stream->unsent_ = true;
    } else {
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id,
                                NGHTTP2_INTERNAL_ERROR);
    }
    return 0;
  }

  static int OnClosed(nghttp2_session*, int32_t id, uint32_t error, void* self) {
    Of(self).Forget(id, error);
    return 0;
  }

  static ptrdiff_t Fetch(nghttp2_session*, int32_t, uint8_t* buffer, size_t size, uint32_t* flags,
                         nghttp2_data_source* source, void* self) {
    return Of(self).Fetch(*static_cast<Stream*>(source->ptr), buffer, size, *flags);
  }

  static nghttp2_session_callbacks* All() {
    static nghttp2_session_callbacks* const all = [] {
      nghttp2_session_callbacks* made = nullptr;
      nghttp2_session_callbacks_new(&made);
      nghttp2_session_callbacks_set_on_begin_headers_callback(made, OnBeginHeaders);
      nghttp2_session_callbacks_set_on_header_callback(made, OnHeader);
      nghttp2_session_callbacks_set_on_frame_recv_callback(made, OnFrame);
      nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, OnData);
      nghttp2_session_callbacks_set_on_frame_not_send_callback(made, OnNotSent);
      nghttp2_session_callbacks_set_on_stream_close_callback(made, OnClosed);
      return made;
    }();
    return all;
  }

  static nghttp2_option* Option() {
    static nghttp2_option* const option = [] {
      nghttp2_option* made = nullptr;
      nghttp2_option_new(&made);
      nghttp2_option_set_no_auto_window_update(made, 1);
      nghttp2_option_set_no_closed_streams(made, 1);
      return made;
    }();
    return option;
  }
};

Connection::Connection(Loop& loop, Transport transport, std::string peer, Options options,
                       Events events)
    : loop_(loop),
      transport_(std::move(transport)),
      peer_(std::move(peer)),
      options_(options),
      events_(std::move(events)),
      timer_(loop) {
  nghttp2_session* session = nullptr;
  const bool serves = options_.side == Side::kServer;
  (serves ? nghttp2_session_server_new2 : nghttp2_session_client_new2)(&session, Callbacks::All(),
                                                                       this, Callbacks::Option());
  session_.reset(session);
  std::vector<nghttp2_settings_entry> settings = {
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, options_.window},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<uint32_t>(options_.max_fields)}};
  if (serves) {
    settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, options_.max_streams});
  } else {
    settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
  }
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
  awaited_ = EPOLLIN;
  loop_.Watch(transport_.fd(), awaited_, *this);
  timer_.Set(options_.handshake, [this] { Tick(); });
  FlushSoon();
}

Connection::~Connection() {
  if (!closed_) loop_.Unwatch(transport_.fd());
}

Stream* Connection::Open(const Fields& head, std::shared_ptr<StreamUser> user) {
  if (closed_ || leaving_) return nullptr;
  auto stream = std::make_unique<Stream>(*this);
  stream->user_ = std::move(user);
  nghttp2_data_provider provider{};
  provider.source.ptr = stream.get();
  provider.read_callback = Callbacks::Fetch;
  const std::vector<nghttp2_nv> pairs = Pairs(head);
  const int32_t id = nghttp2_submit_request(session_.get(), nullptr, pairs.data(), pairs.size(),
                                            &provider, stream.get());
  if (id < 0) return nullptr;  // the numbers are used up
  stream->id_ = id;
  FlushSoon();
  return streams_.emplace(id, std::move(stream)).first->second.get();
}

Stream& Connection::AddStream(int32_t id) {
  auto stream = std::make_unique<Stream>(*this);
  stream->id_ = id;
  stream->fields_.reserve(kUsualFields);
  return *streams_.emplace(id, std::move(stream)).first->second;
}

void Connection::Forget(int32_t id, uint32_t error) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  const std::unique_ptr<Stream> stream = std::move(found->second);
  streams_.erase(found);
  nghttp2_session_set_stream_user_data(session_.get(), id, nullptr);
  stream->user_->OnClosed(stream->unsent_ ? uint32_t{NGHTTP2_REFUSED_STREAM} : error);
}

void Connection::Leave() {
  if (closed_ || std::exchange(leaving_, true)) return;
  if (events_.leaving) events_.leaving(*this);
  nghttp2_submit_shutdown_notice(session_.get());
  nghttp2_submit_ping(session_.get(), NGHTTP2_FLAG_NONE, kLeaving.data());
  FlushSoon();
}

void Connection::Close() {
  if (std::exchange(closed_, true)) return;
  leaving_ = true;
  timer_.Cancel();
  loop_.Unwatch(transport_.fd());
  transport_.Close();
  while (!streams_.empty()) Forget(streams_.begin()->first, NGHTTP2_CONNECT_ERROR);
  if (events_.closed) events_.closed(*this);
}

void Connection::OnReady(uint32_t events) {
  if (closed_) return;
  if ((events & ~static_cast<uint32_t>(EPOLLOUT)) != 0 || transport_.secure()) {
    if (!Read()) return Close();
  }
  FlushSoon();
}

bool Connection::Read() {
  static thread_local std::array<char, kReadBytes> buffer;
  // Of TLS no more than a record is read ahead, and that is given out whole.
  for (int i = 0; i < kReadsInTurn; ++i) {
    const ptrdiff_t count = transport_.Read(buffer.data(), buffer.size());
    if (count < 0) return false;
    if (count == 0) {
      if (!transport_.tls_alone()) return true;
      if (++tls_alone_ > kMostTlsAlone) return false;
      continue;
    }
    tls_alone_ = 0;
    heard_ = true;
    if (ending_) continue;
    if (nghttp2_session_mem_recv(session_.get(), reinterpret_cast<const uint8_t*>(buffer.data()),
                                 static_cast<size_t>(count)) < 0) {
      Flush();  // nghttp2 may have said why
      return false;
    }
    if (nghttp2_session_get_outbound_queue_size(session_.get()) > kMostWaiting) return false;
    if (!transport_.secure() && static_cast<size_t>(count) < buffer.size()) return true;
  }
  return true;
}

void Connection::FlushSoon() {
  if (closed_ || std::exchange(flushing_, true)) return;
  loop_.AtTurnEnd([this] {
    flushing_ = false;
    Flush();
  });
}

// Frames what may be sent; false when there is nothing.
bool Connection::Fill() {
  if (out_begin_ == out_.size()) {
    out_.clear();
    out_begin_ = 0;
  }
  Compact(out_, out_begin_);
  while (out_.size() - out_begin_ < kWriteBytes) {
    const uint8_t* bytes = nullptr;
    const ptrdiff_t count = nghttp2_session_mem_send(session_.get(), &bytes);
    if (count <= 0) break;
    out_.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(count));
  }
  return out_begin_ < out_.size();
}

void Connection::Flush() {
  if (closed_ || ending_) return;
  while (Fill()) {
    const ptrdiff_t count = transport_.Write(out_.data() + out_begin_, out_.size() - out_begin_);
    if (count < 0) return Close();
    if (count == 0) break;
    wrote_ = true;
    out_begin_ += static_cast<size_t>(count);
  }
  const bool more = out_begin_ < out_.size();
  if (!more && nghttp2_session_want_read(session_.get()) == 0 &&
      nghttp2_session_want_write(session_.get()) == 0) {
    return End();
  }
  const bool writes = transport_.secure() ? transport_.wants_write() : more;
  Await(writes ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

// What was written last would be lost if the other side were still writing as the socket closes.
void Connection::End() {
  if (std::exchange(ending_, true)) return;
  if (!std::exchange(leaving_, true) && events_.leaving) events_.leaving(*this);
  transport_.EndWriting();
  Await(EPOLLIN);
  timer_.Set(kLinger, [this] { Close(); });
}

void Connection::Await(uint32_t events) {
  if (awaited_ == events) return;
  awaited_ = events;
  loop_.Change(transport_.fd(), events, *this);
}

void Connection::Tick() {
  if (!ready_ || (asked_ && !heard_)) return Close();
  const bool waits = out_begin_ < out_.size();
  if (waits && stuck_ && !wrote_) return Close();
  stuck_ = waits;
  wrote_ = false;
  idle_since_ = streams_.empty() ? idle_since_ + options_.silence : absl::ZeroDuration();
  if (idle_since_ >= options_.idle) {
    if (leaving_) return Close();  // it was told, and stays
    Leave();
  }
  asked_ = !std::exchange(heard_, false);
  if (asked_) {
    nghttp2_submit_ping(session_.get(), NGHTTP2_FLAG_NONE, nullptr);
    FlushSoon();
  }
  timer_.Set(asked_ ? options_.answer : options_.silence, [this] { Tick(); });
}

ptrdiff_t Connection::Fetch(Stream& stream, uint8_t* buffer, size_t size, uint32_t& flags) {
  const size_t count = std::min(size, stream.out_.size() - stream.out_begin_);
  std::copy_n(stream.out_.data() + stream.out_begin_, count, buffer);
  stream.out_begin_ += count;
  if (stream.out_begin_ == stream.out_.size()) {
    Clear(stream.out_, stream.out_begin_);
    if (stream.out_ends_) {
      flags |= NGHTTP2_DATA_FLAG_EOF;
      if (!stream.trailers_.empty()) {
        flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
        const std::vector<nghttp2_nv> pairs = Pairs(stream.trailers_);
        nghttp2_submit_trailer(session_.get(), stream.id_, pairs.data(), pairs.size());
      }
    } else if (count == 0) {
      stream.deferred_ = true;
      return NGHTTP2_ERR_DEFERRED;
    }
  }
  if (count > 0) {
    const std::shared_ptr<StreamUser> user = stream.user_;
    user->OnSent(count);
  }
  return static_cast<ptrdiff_t>(count);
}

void Stream::SendHead(const Fields& head) {
  nghttp2_data_provider provider{};
  provider.source.ptr = this;
  provider.read_callback = Connection::Callbacks::Fetch;
  const std::vector<nghttp2_nv> pairs = Pairs(head);
  nghttp2_submit_response(connection_.session_.get(), id_, pairs.data(), pairs.size(), &provider);
  connection_.FlushSoon();
}

void Stream::SendOnly(const Fields& head) {
  const std::vector<nghttp2_nv> pairs = Pairs(head);
  nghttp2_submit_response(connection_.session_.get(), id_, pairs.data(), pairs.size(), nullptr);
  connection_.FlushSoon();
}

void Stream::Send(std::string_view data) {
  Compact(out_, out_begin_);
  out_.append(data);
  Resume();
}

void Stream::SendTrailers(Fields trailers) {
  trailers_ = std::move(trailers);
  End();
}

void Stream::End() {
  out_ends_ = true;
  Resume();
}

void Stream::Resume() {
  if (std::exchange(deferred_, false)) nghttp2_session_resume_data(connection_.session_.get(), id_);
  connection_.FlushSoon();
}

void Stream::Reset(uint32_t error) {
  // The other side may be long in taking the reset.
  Clear(out_, out_begin_);
  out_ends_ = false;
  nghttp2_submit_rst_stream(connection_.session_.get(), NGHTTP2_FLAG_NONE, id_, error);
  connection_.FlushSoon();
}

void Stream::Consume(size_t bytes) {
  nghttp2_session_consume_stream(connection_.session_.get(), id_, bytes);
  connection_.FlushSoon();
}

}  // namespace jinhuan::gateway::http2
