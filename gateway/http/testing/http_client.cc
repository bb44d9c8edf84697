#include "gateway/http/testing/http_client.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "gateway/http/wire.h"

namespace jinhuan::gateway {

std::string HttpAnswer::Get(std::string_view name) const {
  for (const http::Header& header : headers) {
    if (header.name == name) return header.value;
  }
  return "";
}

int HttpAnswer::Count(std::string_view name) const {
  int count = 0;
  for (const http::Header& header : headers) count += header.name == name ? 1 : 0;
  return count;
}

HttpClient::HttpClient(uint16_t port, const char* from) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, from, &address.sin_addr);
  bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) std::abort();
}

HttpClient::~HttpClient() { Close(); }

void HttpClient::Close() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

void HttpClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the test sees it by the answer
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

bool HttpClient::Fill() {
  char buffer[65536];
  const ssize_t got = recv(socket_, buffer, sizeof(buffer), 0);
  if (got <= 0) return false;
  pending_.append(buffer, static_cast<size_t>(got));
  return true;
}

bool HttpClient::HasMore() {
  char byte = 0;
  return !pending_.empty() || recv(socket_, &byte, 1, MSG_PEEK) > 0;
}

HttpAnswer HttpClient::Receive(bool head) {
  size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return {};
  }
  HttpAnswer answer;
  std::string_view text = std::string_view(pending_).substr(0, end + 2);
  answer.status = std::atoi(std::string(text.substr(9, 3)).c_str());
  text.remove_prefix(text.find("\r\n") + 2);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find("\r\n"));
    const size_t colon = line.find(": ");
    std::vector<http::Header> one;  // so that repeated ones stay apart
    http::AddHeader(line.substr(0, colon), line.substr(colon + 2), one);
    answer.headers.push_back(one.front());
    text.remove_prefix(line.size() + 2);
  }
  pending_.erase(0, end + 4);
  const size_t length = head ? 0 : std::strtoull(answer.Get("content-length").c_str(), nullptr, 10);
  while (pending_.size() < length) {
    if (!Fill()) return {};
  }
  answer.body = pending_.substr(0, length);
  pending_.erase(0, length);
  return answer;
}

std::optional<std::string> HttpClient::ReceiveChunk() {
  size_t end = 0;
  while ((end = pending_.find("\r\n")) == std::string::npos) {
    if (!Fill()) return std::nullopt;
  }
  const size_t size = std::strtoull(pending_.c_str(), nullptr, 16);
  pending_.erase(0, end + 2);
  while (pending_.size() < size + 2) {
    if (!Fill()) return std::nullopt;
  }
  std::string chunk = pending_.substr(0, size);
  pending_.erase(0, size + 2);
  return chunk;
}

bool HttpClient::IsClosed() {
  char byte = 0;
  return recv(socket_, &byte, 1, 0) == 0;
}

HttpAnswer HttpClient::Request(std::string_view method, std::string_view target,
                               const std::vector<http::Header>& headers, std::string_view body) {
  std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: jinhuan.test\r\n", method, target);
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (method == "POST") text += fmt::format("Content-Length: {}\r\n", body.size());
  text += "\r\n";
  text += body;
  Send(text);
  return Receive(method == "HEAD");
}

HttpAnswer HttpClient::Post(std::string_view path, std::string_view json,
                            std::vector<http::Header> headers) {
  headers.push_back({"Content-Type", "application/json"});
  return Request("POST", path, headers, json);
}

}  // namespace jinhuan::gateway
