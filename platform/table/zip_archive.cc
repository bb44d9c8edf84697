#include "platform/table/zip_archive.h"

#include <algorithm>
#include <vector>

#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::table {
namespace {

constexpr size_t kPiece = size_t{64} << 10;
constexpr size_t kRatioFrom = size_t{1} << 20;  // below it a ratio says nothing

// What stands at the end of a zip file: its mark, its size, where in it the
// number of entries is, and how long a comment may follow.
constexpr std::string_view kEndMark("PK\x05\x06", 4);
constexpr size_t kEndSize = 22;
constexpr size_t kEntriesAt = 10;
constexpr size_t kMaxComment = 0xFFFF;

// Whether any end record, whichever the library will believe, counts more than
// `most` entries: for each it would keep some 200 bytes.
bool HasManyEntries(std::string_view bytes, size_t most) {
  const size_t tail = std::min(bytes.size(), kEndSize + kMaxComment);
  const std::string_view end = bytes.substr(bytes.size() - tail);
  for (size_t at = end.find(kEndMark); at != end.npos && at + kEndSize <= end.size();
       at = end.find(kEndMark, at + 1)) {
    const size_t entries = static_cast<unsigned char>(end[at + kEntriesAt]) +
                           size_t{256} * static_cast<unsigned char>(end[at + kEntriesAt + 1]);
    if (entries > most) return true;
  }
  return false;
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

absl::Status Damaged(std::string_view part) {
  return Error(error::v1::TABLE_REASON_DAMAGED, {{"part", std::string(part)}});
}

absl::StatusOr<ZipArchive> ZipArchive::Open(std::string_view bytes, const Limits& limits) {
  if (HasManyEntries(bytes, limits.max_parts)) return Damaged("zip");
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (zip == nullptr) return Damaged("zip");
  return ZipArchive(zip, limits);
}

bool ZipArchive::Has(const std::string& name) const {
  return zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
}

absl::Status ZipArchive::Check(size_t unpacked, size_t packed) const {
  const size_t most = std::min(limits_->max_part_bytes, limits_->max_unpacked_bytes - unpacked_);
  if (unpacked > most) {
    return Error(error::v1::TABLE_REASON_TOO_LARGE, {{"limit", std::to_string(most)}});
  }
  if (unpacked > kRatioFrom && unpacked / limits_->max_ratio > packed) {
    return Error(error::v1::TABLE_REASON_PACKED_TOO_TIGHT,
                 {{"limit", std::to_string(limits_->max_ratio)}});
  }
  return absl::OkStatus();
}

absl::Status ZipArchive::Read(const std::string& name,
                              const std::function<absl::Status(std::string_view)>& sink) {
  zip_stat_t stat;
  if (zip_stat(zip_.get(), name.c_str(), ZIP_FL_NOCASE, &stat) != 0) return Damaged(name);
  if (stat.encryption_method != ZIP_EM_NONE) return Error(error::v1::TABLE_REASON_OLD_FORMAT);
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) return Damaged(name);
  JH_RETURN_IF_ERROR(Check(stat.size, stat.comp_size));
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(zip_.get(), stat.index, 0));
  if (file == nullptr) return Damaged(name);
  std::vector<char> piece(kPiece);
  size_t unpacked = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) return Damaged(name);
    if (got == 0) break;
    unpacked += static_cast<size_t>(got);
    JH_RETURN_IF_ERROR(Check(unpacked, stat.comp_size));
    JH_RETURN_IF_ERROR(sink(std::string_view(piece.data(), static_cast<size_t>(got))));
  }
  unpacked_ += unpacked;
  return absl::OkStatus();
}

}  // namespace jinhuan::table
