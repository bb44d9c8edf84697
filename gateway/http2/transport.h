#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "gateway/http2/descriptor.h"

namespace jinhuan::gateway::http2 {

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Ssl = std::unique_ptr<SSL, FreeSsl>;

// The bytes of a connected socket that does not block, plain or under TLS.
class Transport {
 public:
  // `ssl` is null for a plain one; its handshake happens as it is read and written.
  Transport(Descriptor socket, Ssl ssl);

  int fd() const { return socket_.get(); }
  // Says that no more is written; what the other side still writes can be read.
  void EndWriting();
  void Close();
  bool secure() const { return ssl_ != nullptr; }

  // How many bytes were read or written; 0 when none can be now, -1 when the
  // connection is over.
  ptrdiff_t Read(char* bytes, size_t size);
  ptrdiff_t Write(const char* bytes, size_t size);

  // Whether the last read found a record of TLS alone, such as a change of keys, and there may
  // be more.
  bool tls_alone() const { return tls_alone_; }

  // Whether TLS must write before it goes on, be it to read.
  bool wants_write() const { return wants_write_; }

  // The DNS names in the certificate that the other side showed and that was verified.
  std::vector<std::string> PeerNames() const;

 private:
  ptrdiff_t Outcome(int result);

  Descriptor socket_;
  Ssl ssl_;
  bool wants_write_ = false;
  bool tls_alone_ = false;
};

}  // namespace jinhuan::gateway::http2
