#include "gateway/http/message.h"

namespace jinhuan::gateway::http {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Cuts the part before the next `separator` off `text`.
std::string_view NextPart(std::string_view& text, char separator) {
  const size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

// Whether the parameters of an Accept-Encoding element ("q=0.0") weigh nothing.
bool WeighsNothing(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = Trim(NextPart(parameters, ';'));
    if (parameter.substr(0, 2) != "q=" && parameter.substr(0, 2) != "Q=") continue;
    return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
  }
  return false;
}

}  // namespace

std::string_view Request::Get(std::string_view name) const {
  for (const Header& header : headers) {
    if (header.name == name) return header.value;
  }
  return {};
}

std::optional<std::string> PercentDecode(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = text.size() - i > 2 ? HexDigit(text[i + 1]) : -1;
      const int low = high >= 0 ? HexDigit(text[i + 2]) : -1;
      if (low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += form && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::optional<std::string> QueryParameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = NextPart(query, '&');
    const size_t equals = pair.find('=');
    if (pair.substr(0, equals) != name) continue;
    if (equals == std::string_view::npos) return "";
    return PercentDecode(pair.substr(equals + 1), true);
  }
  return std::nullopt;
}

std::string Cookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::string_view pair = Trim(NextPart(header, ';'));
    const size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    std::string_view value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
  }
  return "";
}

bool AcceptsCoding(std::string_view header, std::string_view coding) {
  bool any = false;
  while (!header.empty()) {
    std::string_view element = Trim(NextPart(header, ','));
    const std::string_view name = Trim(NextPart(element, ';'));
    if (name == coding) return !WeighsNothing(element);
    if (name == "*") any = !WeighsNothing(element);
  }
  return any;
}

}  // namespace jinhuan::gateway::http
