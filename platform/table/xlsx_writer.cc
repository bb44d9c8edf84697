#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <mutex>

#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/table/cell_kind.h"
#include "platform/table/sheet.h"
#include "platform/table/table.h"
#include "platform/table/xlsx_strings.h"
#include "platform/text/utf8.h"

namespace jinhuan::table {
namespace {

constexpr size_t kMaxRows = 1'048'575;  // below the header
constexpr size_t kMaxColumns = 16'384;
constexpr size_t kMaxCellUnits = 32'767;  // UTF-16
constexpr size_t kMaxTitleUnits = 31;
// The library (before 1.1.6) writes to files alone. Its own go here, deleted as
// soon as they are open, so that nobody's data reaches a disk; where there is no
// such folder it takes the usual one.
constexpr char kMemoryFolder[] = "/dev/shm";

// A file in memory, which has a name as long as it is open.
class MemoryFile {
 public:
  MemoryFile() : fd_(memfd_create("xlsx", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (fd_ >= 0) close(fd_);
  }

  bool is_open() const { return fd_ >= 0; }
  std::string Name() const { return "/proc/self/fd/" + std::to_string(fd_); }
  absl::StatusOr<std::string> Content() const {
    const off_t size = lseek(fd_, 0, SEEK_END);
    std::string content(size < 0 ? 0 : static_cast<size_t>(size), '\0');
    for (size_t got = 0; got < content.size();) {
      const ssize_t more =
          pread(fd_, content.data() + got, content.size() - got, static_cast<off_t>(got));
      if (more <= 0) return absl::InternalError("the workbook in memory cannot be read");
      got += static_cast<size_t>(more);
    }
    return content;
  }

 private:
  const int fd_;
};

size_t Utf16Units(std::string_view text) {
  size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

// A name that a worksheet can have.
std::string SheetName(std::string_view title) {
  std::string name;
  for (; !title.empty(); title.remove_prefix(std::max<size_t>(Utf8Length(title), 1))) {
    std::string_view next = title.substr(0, Utf8Length(title));
    if (next.empty() || next[0] == '\'' ||
        std::string_view("[]:*?/\\").find(next[0]) != next.npos) {
      next = " ";
    }
    if (Utf16Units(name) + Utf16Units(next) > kMaxTitleUnits) break;
    name += next;
  }
  return name.empty() ? "Sheet1" : name;
}

absl::Status Check(const Sheet& sheet) {
  if (sheet.columns.size() > kMaxColumns) {
    return Error(error::v1::TABLE_REASON_TOO_MANY_COLUMNS,
                 {{"row", "1"}, {"limit", std::to_string(kMaxColumns)}});
  }
  if (sheet.rows.size() > kMaxRows) {
    return Error(error::v1::TABLE_REASON_TOO_MANY_ROWS, {{"limit", std::to_string(kMaxRows)}});
  }
  for (size_t r = 0; r < sheet.rows.size(); ++r) {
    const auto& row = sheet.rows[r];
    if (row.size() > sheet.columns.size()) return absl::InternalError("a row without columns");
    for (size_t c = 0; c < row.size(); ++c) {
      if (row[c].size() <= kMaxCellUnits || Utf16Units(row[c]) <= kMaxCellUnits) continue;
      return Error(error::v1::TABLE_REASON_CELL_TOO_LONG,
                   {{"row", std::to_string(r + 2)},
                    {"column", ColumnName(c)},
                    {"limit", std::to_string(kMaxCellUnits)}});
    }
  }
  return absl::OkStatus();
}

// Puts a sheet that Check has passed into a workbook of the library.
class Filler {
 public:
  Filler(lxw_workbook* workbook, const Sheet& sheet)
      : sheet_(sheet),
        to_(workbook_add_worksheet(workbook, SheetName(sheet.title).c_str())),
        bold_(workbook_add_format(workbook)),
        text_(workbook_add_format(workbook)),
        date_(workbook_add_format(workbook)) {
    format_set_bold(bold_);
    format_set_num_format(text_, "@");  // what a person types there stays text too
    format_set_num_format(date_, "yyyy-mm-dd");
  }

  bool Fill() {
    if (to_ == nullptr) return false;
    bool good = true;
    for (size_t c = 0; c < sheet_.columns.size(); ++c) {
      const auto column = static_cast<lxw_col_t>(c);
      const Column& one = sheet_.columns[c];
      good &=
          worksheet_set_column(to_, column, column, one.width, FormatOf(one.kind)) == LXW_NO_ERROR;
      good &=
          worksheet_write_string(to_, 0, column, Escape(one.title).c_str(), bold_) == LXW_NO_ERROR;
      for (size_t r = 0; r < sheet_.rows.size(); ++r) {
        if (c < sheet_.rows[r].size() && !sheet_.rows[r][c].empty()) {
          good &= Put(static_cast<lxw_row_t>(r + 1), column, sheet_.rows[r][c], one.kind);
        }
      }
    }
    worksheet_freeze_panes(to_, 1, 0);
    if (!sheet_.columns.empty()) {
      worksheet_autofilter(to_, 0, 0, static_cast<lxw_row_t>(sheet_.rows.size()),
                           static_cast<lxw_col_t>(sheet_.columns.size() - 1));
    }
    return good;
  }

 private:
  lxw_format* FormatOf(ColumnKind kind) const {
    return kind == ColumnKind::kText ? text_ : kind == ColumnKind::kDate ? date_ : nullptr;
  }

  bool Put(lxw_row_t row, lxw_col_t column, const std::string& cell, ColumnKind kind) {
    if (const auto number = AsNumber(cell); kind == ColumnKind::kNumber && number.has_value()) {
      return worksheet_write_number(to_, row, column, *number, nullptr) == LXW_NO_ERROR;
    }
    if (const auto day = AsDate(cell); kind == ColumnKind::kDate && day.has_value()) {
      lxw_datetime date = {.year = static_cast<int>(day->year()),
                           .month = day->month(),
                           .day = day->day(),
                           .hour = 0,
                           .min = 0,
                           .sec = 0};
      return worksheet_write_datetime(to_, row, column, &date, date_) == LXW_NO_ERROR;
    }
    return worksheet_write_string(to_, row, column, Escape(cell).c_str(), text_) == LXW_NO_ERROR;
  }

  const Sheet& sheet_;
  lxw_worksheet* const to_;
  lxw_format* const bold_;
  lxw_format* const text_;
  lxw_format* const date_;
};

// Writes the file and frees the workbook; one at a time, because the library then
// calls gmtime and rand.
lxw_error Close(lxw_workbook* workbook) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  return workbook_close(workbook);
}

}  // namespace

absl::StatusOr<std::string> WriteXlsx(const Sheet& sheet) {
  JH_RETURN_IF_ERROR(Check(sheet));
  const MemoryFile file;
  if (!file.is_open()) return absl::InternalError("no file in memory");
  std::string folder = kMemoryFolder;
  lxw_workbook_options options = {};
  if (access(kMemoryFolder, W_OK) == 0) options.tmpdir = folder.data();
  lxw_workbook* workbook = workbook_new_opt(file.Name().c_str(), &options);
  if (workbook == nullptr) return absl::InternalError("no memory for a workbook");
  lxw_doc_properties properties = {};
  // The library takes 0 for "now".
  properties.created = std::max<time_t>(absl::ToTimeT(sheet.created), 1);
  workbook_set_properties(workbook, &properties);
  const bool filled = Filler(workbook, sheet).Fill();
  const lxw_error closed = Close(workbook);
  if (!filled || closed != LXW_NO_ERROR) {
    return absl::InternalError(lxw_strerror(closed));
  }
  return file.Content();
}

}  // namespace jinhuan::table
