#include "platform/status/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "absl/strings/cord.h"
#include "platform/text/utf8.h"

namespace jinhuan {
namespace {

constexpr char kTypePrefix[] = "type.googleapis.com/";

// An error travels in the trailers of a call, which are small; a client gets the
// first of many violations, and the beginning of a long value.
constexpr int kMaxViolations = 20;
constexpr size_t kMaxValue = 200;

template <class Message>
void Attach(const Message& message, absl::Status& status) {
  status.SetPayload(kTypePrefix + Message::descriptor()->full_name(),
                    absl::Cord(message.SerializeAsString()));
}

// Replaces each `{key}` of `text` by its value.
std::string Fill(std::string text, const std::map<std::string, std::string>& values) {
  for (const auto& [key, value] : values) {
    const std::string mark = "{" + key + "}";
    for (size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

// "COMMON_REASON_" for an enum CommonReason: what buf asks every value to begin
// with.
std::string Prefix(const google::protobuf::EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (c >= 'A' && c <= 'Z' && !prefix.empty()) prefix += '_';
    prefix += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return prefix + "_";
}

struct Texts {
  google::rpc::ErrorInfo info;
  std::string en;
  std::string zh;
  absl::StatusCode code;
};

Texts TextsOf(const google::protobuf::EnumValueDescriptor& reason,
              const std::map<std::string, std::string>& metadata) {
  const auto& text = reason.options().GetExtension(error::v1::text);
  Texts texts{.info = {},
              .en = Fill(text.en(), metadata),
              .zh = Fill(text.zh(), metadata),
              .code = static_cast<absl::StatusCode>(text.code())};
  texts.info.set_reason(reason.name().substr(Prefix(*reason.type()).size()));
  texts.info.set_domain(reason.file()->package());
  for (const auto& [key, value] : metadata) (*texts.info.mutable_metadata())[key] = value;
  return texts;
}

absl::Status StatusOf(const Texts& texts) {
  absl::Status status(texts.code, texts.en);
  Attach(texts.info, status);
  google::rpc::LocalizedMessage localized;
  localized.set_locale("zh-CN");
  localized.set_message(texts.zh);
  Attach(localized, status);
  return status;
}

// Whether nothing of `text` is to be read: blanks, also the full-width ones of Chinese text, and
// ends of lines.
bool IsBlank(std::string_view text) {
  constexpr std::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\u00A0", "\u3000"};
  while (!text.empty()) {
    const auto* const blank =
        std::find_if(std::begin(kBlanks), std::end(kBlanks),
                     [&](std::string_view one) { return text.starts_with(one); });
    if (blank == std::end(kBlanks)) return false;
    text.remove_prefix(blank->size());
  }
  return true;
}

// Ends of lines, and the tabs of what is copied from a table, are text.
bool IsControl(unsigned char c) {
  return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
}

std::map<std::string, std::string> AsMap(Metadata metadata) {
  std::map<std::string, std::string> values;
  for (const auto& [key, value] : metadata) {
    std::string begin = value.substr(0, kMaxValue);
    while (begin.size() < value.size() && !begin.empty() && CodePoints(begin) < 0) begin.pop_back();
    values.emplace(key, std::move(begin));
  }
  return values;
}

}  // namespace

absl::Status ReasonError(const google::protobuf::EnumValueDescriptor& reason, Metadata metadata) {
  return StatusOf(TextsOf(reason, AsMap(metadata)));
}

void Violations::AddReason(std::string_view field,
                           const google::protobuf::EnumValueDescriptor& reason, Metadata metadata) {
  if (violations_.field_violations_size() >= kMaxViolations) return;
  std::map<std::string, std::string> values = AsMap(metadata);
  values.emplace("field", field);
  const Texts texts = TextsOf(reason, values);
  if (first_.ok()) first_ = StatusOf(texts);
  auto& violation = *violations_.add_field_violations();
  violation.set_field(std::string(field));
  violation.set_description(texts.en);
  violation.set_reason(texts.info.reason());
  violation.mutable_localized_message()->set_locale("zh-CN");
  violation.mutable_localized_message()->set_message(texts.zh);
}

bool Violations::Require(std::string_view field, bool present) {
  if (!present) Add(field, error::v1::COMMON_REASON_FIELD_REQUIRED);
  return present;
}

bool Violations::Check(std::string_view field, bool valid, std::string_view rule_en,
                       std::string_view rule_zh) {
  if (!valid) {
    Add(field, error::v1::COMMON_REASON_FIELD_INVALID,
        {{"rule", std::string(rule_en)}, {"rule_zh", std::string(rule_zh)}});
  }
  return valid;
}

bool Violations::CheckText(std::string_view field, std::string_view text, size_t min, size_t max) {
  if (min > 0 && !Require(field, !IsBlank(text))) return false;
  const bool clean = std::none_of(text.begin(), text.end(), IsControl);
  if (!Check(field, clean, "without control characters", "不含控制字符")) return false;
  const int length = CodePoints(text);
  const bool valid =
      length >= 0 && static_cast<size_t>(length) >= min && static_cast<size_t>(length) <= max;
  return Check(field, valid, fmt::format("{} to {} characters", min, max),
               fmt::format("{} 至 {} 个字符", min, max));
}

absl::Status Violations::ToStatus() const {
  absl::Status status = first_;
  if (!status.ok()) Attach(violations_, status);
  return status;
}

std::string ReasonOf(const absl::Status& status) {
  const auto payload =
      status.GetPayload(kTypePrefix + google::rpc::ErrorInfo::descriptor()->full_name());
  google::rpc::ErrorInfo info;
  if (!payload.has_value() || !info.ParseFromString(std::string(*payload))) return "";
  return info.reason();
}

std::string Describe(const absl::Status& status) {
  return fmt::format("{}: {} {}", absl::StatusCodeToString(status.code()),
                     std::string(status.message()), ReasonOf(status));
}

}  // namespace jinhuan
