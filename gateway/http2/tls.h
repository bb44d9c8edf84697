#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "gateway/http2/transport.h"
#include "platform/rpc/tls_files.h"

namespace jinhuan::gateway::http2 {

// One side of TLS from PEM files, by OpenSSL: TLS 1.2 or 1.3, ALPN h2, no resumption, so
// that every connection shows its certificate. Renew reads the files again: new connections have
// what stands there then.
class Tls {
 public:
  enum class Side {
    kServer,  // asks clients for a certificate where `ca` is set; they may show none
    kClient,  // shows its own, and verifies the other side's by `ca` and by the name it called
  };
  Tls(rpc::TlsFiles files, Side side) : files_(std::move(files)), side_(side) {}

  // INVALID_ARGUMENT when the files can't be used; what was read before stays in use.
  absl::Status Renew();

  // For one connection; `host` is whom a client calls. Null where no files are named: plain.
  Ssl New(const std::string& host = "") const;

 private:
  struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  using Context = std::unique_ptr<SSL_CTX, FreeContext>;

  bool Load(SSL_CTX* context) const;

  const rpc::TlsFiles files_;
  const Side side_;
  std::string read_;  // what the files held
  Context context_;
};

}  // namespace jinhuan::gateway::http2
