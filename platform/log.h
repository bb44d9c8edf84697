#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace jinhuan::log {

// A value of a log field.
using Value = std::variant<std::string_view, int64_t, double, bool>;

// One field of a log line. No personal data belongs in one.
struct Field {
  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, int64_t v) : key(k), value(v) {}
  Field(std::string_view k, int v) : key(k), value(int64_t{v}) {}
  Field(std::string_view k, double v) : key(k), value(v) {}
  Field(std::string_view k, bool v) : key(k), value(v) {}
  std::string_view key;
  Value value;
};

// Starts logging to standard error as `process`; once, first thing in main.
// `level` is debug, info, warning or error.
void Init(std::string_view process, std::string_view level);

// Write one line: a JSON object with time, level, process, event and the
// fields. Thread-safe; before Init the process has no name.
void Debug(std::string_view event, std::initializer_list<Field> fields = {});
void Info(std::string_view event, std::initializer_list<Field> fields = {});
void Warning(std::string_view event, std::initializer_list<Field> fields = {});
void Error(std::string_view event, std::initializer_list<Field> fields = {});

// Appends `text` to `out` as a JSON string with its quotes (RFC 8259,
// section 7); bytes that are not UTF-8 become U+FFFD.
void AppendJsonString(std::string_view text, std::string& out);

}  // namespace jinhuan::log
