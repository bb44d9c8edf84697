#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/message.h"

namespace jinhuan::gateway {

// One answer, as it came.
struct HttpAnswer {
  int status = 0;                     // 0: the connection ended before an answer
  std::vector<http::Header> headers;  // names in lower case
  std::string body;

  std::string Get(std::string_view name) const;
  // How often a header came.
  int Count(std::string_view name) const;
};

// A plain HTTP/1.1 connection to the loopback for tests: what is sent is up to
// the test, byte by byte.
class HttpClient {
 public:
  // `from`: its own address, of the loopback too.
  explicit HttpClient(uint16_t port, const char* from = "127.0.0.1");
  ~HttpClient();

  void Send(std::string_view bytes);
  // The next answer; waits 10 s at most. `head` when it has no body.
  HttpAnswer Receive(bool head = false);
  // The next chunk of an answer that comes in pieces, "" for the last; nothing when the
  // other side breaks off.
  std::optional<std::string> ReceiveChunk();
  // Whether something comes within 10 s, or has; it is not taken.
  bool HasMore();
  // Whether the other side closes within 10 s.
  bool IsClosed();
  void Close();

  // A whole request.
  HttpAnswer Request(std::string_view method, std::string_view target,
                     const std::vector<http::Header>& headers = {}, std::string_view body = "");
  // A POST with a JSON body.
  HttpAnswer Post(std::string_view path, std::string_view json,
                  std::vector<http::Header> headers = {});

 private:
  // Reads more; false at the end.
  bool Fill();

  int socket_;
  std::string pending_;
};

}  // namespace jinhuan::gateway
