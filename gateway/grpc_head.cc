#include "gateway/grpc_head.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "gateway/error_json.h"
#include "gateway/http/message.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr size_t kMaxTimeoutDigits = 8;
constexpr int64_t kMostOfAUnit = 99'999'999;

constexpr char kStatus[] = "grpc-status";
constexpr char kMessage[] = "grpc-message";
constexpr char kDetails[] = "grpc-status-details-bin";

struct Unit {
  char name;
  int64_t ns;
};
constexpr std::array<Unit, 6> kUnits = {{{'n', 1},
                                         {'u', 1'000},
                                         {'m', 1'000'000},
                                         {'S', 1'000'000'000},
                                         {'M', 60'000'000'000},
                                         {'H', 3'600'000'000'000}}};

const Unit* UnitOf(char name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

// Anything but printable ASCII is percent-encoded, and "%" too.
std::string PercentEncoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte <= 0x7E && c != '%') {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", byte);
    }
  }
  return out;
}

}  // namespace

bool IsGrpc(const http2::Fields& head) {
  const std::string_view type = http2::ValueOf(head, "content-type");
  const size_t end = sizeof kGrpcContentType - 1;
  return http2::ValueOf(head, ":method") == "POST" && type.starts_with(kGrpcContentType) &&
         (type.size() == end || type[end] == '+' || type[end] == ';');
}

absl::StatusOr<std::optional<absl::Duration>> ReadGrpcTimeout(std::string_view text) {
  if (text.empty()) return std::optional<absl::Duration>();
  const Unit* const unit = UnitOf(text.back());
  text.remove_suffix(1);
  int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (unit == nullptr || text.empty() || text.size() > kMaxTimeoutDigits || error != std::errc() ||
      end != text.data() + text.size() || count < 0) {
    Violations violations;
    violations.Check("grpc-timeout", false, "1 to 8 digits and a unit", "1 至 8 位数字加单位");
    return violations.ToStatus();
  }
  return std::make_optional(count * absl::Nanoseconds(unit->ns));
}

std::string GrpcTimeout(absl::Duration timeout) {
  const int64_t ns = std::max<int64_t>(absl::ToInt64Nanoseconds(timeout), 0);
  for (const Unit& unit : kUnits) {
    const int64_t count = ns / unit.ns + (ns % unit.ns == 0 ? 0 : 1);
    if (count <= kMostOfAUnit) return fmt::format("{}{}", count, unit.name);
  }
  return fmt::format("{}H", kMostOfAUnit);
}

http2::Fields FieldsOf(const grpc::Status& status) {
  http2::Fields fields = {{kStatus, fmt::to_string(static_cast<int>(status.error_code()))}};
  if (!status.error_message().empty()) {
    fields.push_back({kMessage, PercentEncoded(status.error_message()), true});
  }
  if (!status.error_details().empty()) {
    fields.push_back({kDetails, Base64(status.error_details()), true});
  }
  return fields;
}

grpc::Status StatusIn(const http2::Fields& trailers) {
  const std::string_view text = http2::ValueOf(trailers, kStatus);
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc() || end != text.data() + text.size() || code < 0 ||
      code > grpc::StatusCode::UNAUTHENTICATED) {
    return {grpc::StatusCode::UNKNOWN, "no status"};
  }
  if (code == 0) return grpc::Status::OK;
  const std::string_view message = http2::ValueOf(trailers, kMessage);
  std::string details;
  if (!FromBase64(http2::ValueOf(trailers, kDetails), details)) details.clear();
  return {static_cast<grpc::StatusCode>(code),
          http::PercentDecode(message, false).value_or(std::string(message)), details};
}

}  // namespace jinhuan::gateway
