#include "platform/rpc/tls.h"

#include <fmt/format.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "absl/flags/flag.h"
#include "platform/config.h"
#include "platform/status/status_macros.h"

ABSL_FLAG(std::string, tls_cert_file, "",
          "PEM file with this process's certificate for connections between hosts, and its "
          "chain; empty: they have no TLS");
ABSL_FLAG(std::string, tls_key_file, "", "PEM file with the key of --tls_cert_file");
ABSL_FLAG(std::string, tls_ca_file, "",
          "PEM file with the authority that signs the certificates of this installation's hosts");

namespace jinhuan::rpc {
namespace {

namespace tls = grpc::experimental;

constexpr unsigned kReadEverySeconds = 2;

template <class T, void (*kFree)(T*)>
struct Free {
  void operator()(T* object) const { kFree(object); }
};
using Bio = std::unique_ptr<BIO, Free<BIO, BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509, X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;

absl::StatusOr<Bio> ReadPem(const std::string& path) {
  const auto text = config::ReadSecret(path);
  if (!text.ok()) return absl::InvalidArgumentError(text.status().message());
  Bio bio(BIO_new(BIO_s_mem()));
  BIO_puts(bio.get(), text->c_str());
  BIO_puts(bio.get(), "\n");
  return bio;
}

absl::StatusOr<Certificate> ReadCertificate(const std::string& path) {
  JH_ASSIGN_OR_RETURN(const Bio pem, ReadPem(path));
  Certificate certificate(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
  if (certificate != nullptr) return certificate;
  return absl::InvalidArgumentError(fmt::format("{} holds no certificate", path));
}

bool IsLocal(const std::string& address) { return address.rfind("unix:", 0) == 0; }

std::shared_ptr<tls::CertificateProviderInterface> Watch(const TlsFiles& files) {
  return std::make_shared<tls::FileWatcherCertificateProvider>(files.key, files.certificate,
                                                               files.ca, kReadEverySeconds);
}

}  // namespace

absl::Status CheckTlsFiles(const TlsFiles& files) {
  if (!files.enabled()) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const Certificate certificate, ReadCertificate(files.certificate));
  JH_ASSIGN_OR_RETURN(const Bio pem, ReadPem(files.key));
  const Key key(PEM_read_bio_PrivateKey(pem.get(), nullptr, nullptr, nullptr));
  if (key == nullptr || X509_check_private_key(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError(
        fmt::format("{} holds no key of {}", files.key, files.certificate));
  }
  return files.ca.empty() ? absl::OkStatus() : ReadCertificate(files.ca).status();
}

TlsFiles HostTlsFiles() {
  return {.certificate = absl::GetFlag(FLAGS_tls_cert_file),
          .key = absl::GetFlag(FLAGS_tls_key_file),
          .ca = absl::GetFlag(FLAGS_tls_ca_file)};
}

absl::Status CheckHostTls() {
  const TlsFiles files = HostTlsFiles();
  const bool any = files.enabled() || !files.key.empty() || !files.ca.empty();
  if (any && (!files.enabled() || files.key.empty() || files.ca.empty())) {
    return absl::InvalidArgumentError(
        "--tls_cert_file, --tls_key_file and --tls_ca_file go together");
  }
  return CheckTlsFiles(files);
}

std::shared_ptr<grpc::ServerCredentials> HostServerCredentials(const std::string& address) {
  if (IsLocal(address)) return grpc::InsecureServerCredentials();
  const TlsFiles files = HostTlsFiles();
  if (!files.enabled()) return grpc::InsecureServerCredentials();
  tls::TlsServerCredentialsOptions options(Watch(files));
  options.watch_identity_key_cert_pairs();
  options.watch_root_certs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  return tls::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> HostChannelCredentials(const std::string& target) {
  const TlsFiles files = HostTlsFiles();
  if (IsLocal(target) || !files.enabled()) return grpc::InsecureChannelCredentials();
  // One for all channels, so that the files are watched once.
  static const auto* const shared = [&] {
    tls::TlsChannelCredentialsOptions options;
    options.set_certificate_provider(Watch(files));
    options.watch_identity_key_cert_pairs();
    options.watch_root_certs();
    return new std::shared_ptr<grpc::ChannelCredentials>(tls::TlsCredentials(options));
  }();
  return *shared;
}

}  // namespace jinhuan::rpc
