#pragma once

#include <string>

#include "absl/status/status.h"

namespace jinhuan::rpc {

// The PEM files of one side of TLS. They are read again every two seconds: new
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

// Those of this process for connections between the hosts of one installation, by the flags
// --tls_cert_file, --tls_key_file and --tls_ca_file: both sides show a certificate, and a
// client checks that the certificate names the host it called.
TlsFiles HostTlsFiles();
// INVALID_ARGUMENT like CheckTlsFiles, and when the flags are not all set or all empty.
absl::Status CheckHostTls();

}  // namespace jinhuan::rpc
