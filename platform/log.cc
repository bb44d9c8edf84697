#include "platform/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "platform/text/utf8.h"

namespace jinhuan::log {
namespace {

std::string& ProcessName() {
  static auto* const name = new std::string;
  return *name;
}

void Write(spdlog::level::level_enum level, std::string_view name, std::string_view event,
           std::initializer_list<Field> fields) {
  if (!spdlog::default_logger_raw()->should_log(level)) return;
  std::string line = "{\"time\":\"";
  line += absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  line += "\",\"level\":\"";
  line += name;
  line += "\",\"process\":";
  AppendJsonString(ProcessName(), line);
  line += ",\"event\":";
  AppendJsonString(event, line);
  for (const Field& field : fields) {
    line += ',';
    AppendJsonString(field.key, line);
    line += ':';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      AppendJsonString(*text, line);
    } else if (const auto* number = std::get_if<int64_t>(&field.value)) {
      line += fmt::to_string(*number);
    } else if (const auto* real = std::get_if<double>(&field.value)) {
      line += fmt::format("{:.6g}", *real);
    } else {
      line += std::get<bool>(field.value) ? "true" : "false";
    }
  }
  line += '}';
  spdlog::default_logger_raw()->log(level, line);
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    const char c = text.front();
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  out += '"';
}

void Init(std::string_view process, std::string_view level) {
  ProcessName() = process;
  auto logger = spdlog::stderr_logger_mt("jinhuan");
  logger->set_pattern("%v");  // the line is whole already
  logger->set_level(spdlog::level::from_str(std::string(level)));
  logger->flush_on(spdlog::level::trace);
  spdlog::set_default_logger(std::move(logger));
}

void Debug(std::string_view event, std::initializer_list<Field> fields) {
  Write(spdlog::level::debug, "debug", event, fields);
}
void Info(std::string_view event, std::initializer_list<Field> fields) {
  Write(spdlog::level::info, "info", event, fields);
}
void Warning(std::string_view event, std::initializer_list<Field> fields) {
  Write(spdlog::level::warn, "warning", event, fields);
}
void Error(std::string_view event, std::initializer_list<Field> fields) {
  Write(spdlog::level::err, "error", event, fields);
}

}  // namespace jinhuan::log
