// A server's connection under TLS, and OpenSSL as its client.
#include "gateway/http2/tls.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

#include "absl/time/clock.h"
#include "gateway/http2/connection.h"

namespace jinhuan::gateway::http2 {
namespace {

constexpr std::string_view kHello("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33);
constexpr std::string_view kPing("\0\0\x8\6\0\0\0\0\0ping....", 17);

// A key and a certificate that it signed itself, as PEM files.
void Issue(const std::string& certificate_file, const std::string& key_file) {
  EVP_PKEY* const key = EVP_RSA_gen(2048);
  X509* const certificate = X509_new();
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  FILE* file = fopen(certificate_file.c_str(), "w");
  PEM_write_X509(file, certificate);
  fclose(file);
  file = fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  fclose(file);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    signal(SIGPIPE, SIG_IGN);
    std::string folder = testing::TempDir() + "/tls-XXXXXX";
    folder_ = mkdtemp(folder.data());
    Issue(folder_ + "/certificate", folder_ + "/key");
  }
  ~TlsTest() override {
    loop_.Post([this] {
      if (connection_.has_value()) connection_->Close();
      loop_.Stop();
    });
    if (thread_.joinable()) thread_.join();
    std::filesystem::remove_all(folder_);
  }

  // The client's end, after the handshake; null when there is none.
  Ssl Connect(const char* ciphers = nullptr) {
    std::array<int, 2> ends{};
    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data());
    client_ = Descriptor(ends[1]);
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(ends[1], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    Tls tls({.certificate = folder_ + "/certificate", .key = folder_ + "/key", .ca = ""},
            Tls::Side::kServer);
    EXPECT_TRUE(tls.Renew().ok());
    Connection::Events events;
    events.opened = [](Stream&) { return nullptr; };
    events.closed = [this](Connection&) { closed_ = true; };
    connection_.emplace(loop_, Transport(NonBlocking(ends[0]), tls.New()), "client",
                        Connection::Options(), std::move(events));
    thread_ = std::thread([this] { loop_.Run(); });

    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    if (ciphers != nullptr) {
      SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
      SSL_CTX_set_cipher_list(context, ciphers);
    }
    Ssl ssl(SSL_new(context));
    SSL_CTX_free(context);
    SSL_set_fd(ssl.get(), client_.get());
    if (SSL_connect(ssl.get()) != 1) return nullptr;
    Say(ssl, kHello);
    return ssl;
  }
  static Descriptor NonBlocking(int fd) {
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return Descriptor(fd);
  }
  static bool Say(const Ssl& ssl, std::string_view bytes) {
    return SSL_write(ssl.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  static bool Hear(const Ssl& ssl, std::string& bytes) {
    for (size_t heard = 0; heard < bytes.size();) {
      const int more =
          SSL_read(ssl.get(), bytes.data() + heard, static_cast<int>(bytes.size() - heard));
      if (more <= 0) return false;
      heard += static_cast<size_t>(more);
    }
    return true;
  }
  // Reads frames until so many pings are answered.
  static bool AwaitAnswers(const Ssl& ssl, int pings) {
    while (pings > 0) {
      std::string head(9, '\0');
      if (!Hear(ssl, head)) return false;
      std::string payload(static_cast<unsigned char>(head[2]), '\0');  // all are that small
      if (!Hear(ssl, payload)) return false;
      if (head[3] == '\6' && (head[4] & 1) != 0) --pings;
    }
    return true;
  }
  static bool ChangeKeys(const Ssl& ssl, int times) {
    for (int i = 0; i < times; ++i) {
      SSL_key_update(ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
      if (SSL_do_handshake(ssl.get()) != 1) return false;
    }
    return true;
  }

  std::string folder_;
  Loop loop_;
  Descriptor client_;
  std::optional<Connection> connection_;
  std::atomic<bool> closed_{false};
  std::thread thread_;
};

TEST_F(TlsTest, WhoOnlyChangesKeysIsShownOut) {
  const Ssl client = Connect();
  ASSERT_NE(client, nullptr);
  // Now and then is well.
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(ChangeKeys(client, 30) && Say(client, kPing));
  EXPECT_TRUE(AwaitAnswers(client, 10));
  EXPECT_FALSE(closed_);
  ChangeKeys(client, 1000);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (!closed_ && absl::Now() < end) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_TRUE(closed_);
}

TEST_F(TlsTest, TakesCiphersWithForwardSecrecy) {
  EXPECT_NE(Connect("ECDHE-RSA-AES128-GCM-SHA256"), nullptr);
}

TEST_F(TlsTest, RefusesCiphersThatHttp2Bans) { EXPECT_EQ(Connect("AES128-SHA"), nullptr); }

}  // namespace
}  // namespace jinhuan::gateway::http2
