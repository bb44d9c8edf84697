#include "gateway/http2/tls.h"

#include <openssl/err.h>

#include <array>

#include "platform/client_source.h"
#include "platform/config.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway::http2 {
namespace {

constexpr std::array<unsigned char, 3> kH2 = {2, 'h', '2'};
// Of TLS 1.2: what RFC 9113, appendix A, does not ban, as nginx has it in front.
constexpr char kCiphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20";

// RFC 9113, section 3.2. Who offers protocols and not this one has come to the wrong port.
int Choose(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
           unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, kH2.data(), kH2.size(), offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

absl::Status Tls::Renew() {
  if (!files_.enabled()) return absl::OkStatus();
  std::string read;
  for (const std::string& path : {files_.certificate, files_.key, files_.ca}) {
    if (path.empty()) continue;
    JH_ASSIGN_OR_RETURN(const std::string text, config::ReadSecret(path));
    read += text + '\0';
  }
  if (read == read_) return absl::OkStatus();
  Context context(SSL_CTX_new(side_ == Side::kServer ? TLS_server_method() : TLS_client_method()));
  if (context == nullptr || !Load(context.get())) {
    return absl::InvalidArgumentError(
        "the certificate, its key and the authority do not go together");
  }
  context_ = std::move(context);
  read_ = std::move(read);
  return absl::OkStatus();
}

bool Tls::Load(SSL_CTX* context) const {
  ERR_clear_error();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (SSL_CTX_set_cipher_list(context, kCiphers) != 1) return false;
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  // Or one read would go on for as many changes of keys as the other side sends.
  SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
  if (SSL_CTX_use_certificate_chain_file(context, files_.certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, files_.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    return false;
  }
  if (side_ == Side::kServer) {
    SSL_CTX_set_alpn_select_cb(context, Choose, nullptr);
  } else {
    SSL_CTX_set_alpn_protos(context, kH2.data(), kH2.size());
  }
  if (files_.ca.empty()) return side_ == Side::kServer;
  if (SSL_CTX_load_verify_locations(context, files_.ca.c_str(), nullptr) != 1) return false;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (side_ == Side::kServer) {
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(files_.ca.c_str()));
  }
  return true;
}

Ssl Tls::New(const std::string& host) const {
  if (context_ == nullptr) return nullptr;
  Ssl ssl(SSL_new(context_.get()));
  if (side_ == Side::kServer) {
    SSL_set_accept_state(ssl.get());
    return ssl;
  }
  SSL_set_connect_state(ssl.get());
  if (IsAddress(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), host.c_str());
  } else {
    SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    SSL_set1_host(ssl.get(), host.c_str());
  }
  return ssl;
}

}  // namespace jinhuan::gateway::http2
