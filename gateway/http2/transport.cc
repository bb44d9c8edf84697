#include "gateway/http2/transport.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace jinhuan::gateway::http2 {
namespace {

ptrdiff_t OfCall(ptrdiff_t result) {
  if (result >= 0) return result;
  return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

int ForSsl(size_t size) { return static_cast<int>(std::min<size_t>(size, INT_MAX)); }

struct FreeNames {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

}  // namespace

Transport::Transport(Descriptor socket, Ssl ssl)
    : socket_(std::move(socket)), ssl_(std::move(ssl)) {
  if (ssl_ != nullptr) SSL_set_fd(ssl_.get(), socket_.get());
}

void Transport::EndWriting() {
  if (ssl_ != nullptr) SSL_shutdown(ssl_.get());
  shutdown(socket_.get(), SHUT_WR);
}

void Transport::Close() {
  ssl_.reset();
  socket_ = Descriptor();
}

ptrdiff_t Transport::Read(char* bytes, size_t size) {
  if (ssl_ != nullptr) {
    ERR_clear_error();
    errno = 0;
    const int result = SSL_read(ssl_.get(), bytes, ForSsl(size));
    const bool empty = errno != 0;  // the socket
    const ptrdiff_t count = Outcome(result);
    tls_alone_ = count == 0 && !empty;
    return count;
  }
  const ptrdiff_t count = recv(socket_.get(), bytes, size, 0);
  return count == 0 ? -1 : OfCall(count);
}

ptrdiff_t Transport::Write(const char* bytes, size_t size) {
  if (ssl_ != nullptr) {
    ERR_clear_error();
    return Outcome(SSL_write(ssl_.get(), bytes, ForSsl(size)));
  }
  return OfCall(send(socket_.get(), bytes, size, MSG_NOSIGNAL));
}

ptrdiff_t Transport::Outcome(int result) {
  wants_write_ = false;
  if (result > 0) return result;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return 0;
    case SSL_ERROR_WANT_WRITE:
      wants_write_ = true;
      return 0;
    default:
      return -1;
  }
}

std::vector<std::string> Transport::PeerNames() const {
  std::vector<std::string> names;
  if (ssl_ == nullptr) return names;
  const std::unique_ptr<X509, FreeCertificate> certificate(SSL_get1_peer_certificate(ssl_.get()));
  if (certificate == nullptr) return names;
  const std::unique_ptr<GENERAL_NAMES, FreeNames> found(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; found != nullptr && i < sk_GENERAL_NAME_num(found.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(found.get(), i);
    if (name->type != GEN_DNS) continue;
    names.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                       static_cast<size_t>(ASN1_STRING_length(name->d.dNSName)));
  }
  return names;
}

}  // namespace jinhuan::gateway::http2
