#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "absl/status/status.h"

namespace jinhuan::rpc {

// The PEM files of one side of TLS. gRPC reads them again every two seconds: new
// connections have what stands there then, and those that are open go on.
struct TlsFiles {
  std::string certificate;  // with its chain; empty: no TLS
  std::string key;          // of the certificate
  std::string ca;           // who signs the certificates of the other side

  bool enabled() const { return !certificate.empty(); }
};

// INVALID_ARGUMENT, with the file's name, when one can't be read or is no PEM, or the
// key is not the certificate's; OK without TLS.
absl::Status CheckTlsFiles(const TlsFiles& files);

// What the clients of a port must show.
enum class ClientCertificates {
  kWelcome,   // one that `ca` signed, or none; without `ca` they are not asked
  kRequired,  // one that `ca` signed
};

// Credentials of a port; without TLS where `files` names none.
std::shared_ptr<grpc::ServerCredentials> ServerCredentials(const TlsFiles& files,
                                                           ClientCertificates clients);

// Between the hosts of one installation both sides show a certificate, by the flags
// --tls_cert_file, --tls_key_file and --tls_ca_file, and a client checks that the
// certificate names the host it called. A unix socket needs none of it, its files
// say who may come. Thread-safe.

// INVALID_ARGUMENT like CheckTlsFiles, and when the flags are not all set or all empty.
absl::Status CheckHostTls();
// For the address that a service listens on.
std::shared_ptr<grpc::ServerCredentials> HostServerCredentials(const std::string& address);
// For the address of another service.
std::shared_ptr<grpc::ChannelCredentials> HostChannelCredentials(const std::string& target);

}  // namespace jinhuan::rpc
