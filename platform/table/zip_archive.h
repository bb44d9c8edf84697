#pragma once

#include <zip.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "platform/table/table.h"

namespace jinhuan::table {

// The entries of a zip file in memory, unpacked within limits whatever the file
// says of itself. Not thread-safe.
class ZipArchive {
 public:
  // `bytes` and `limits` must outlive it. Errors: DAMAGED.
  static absl::StatusOr<ZipArchive> Open(std::string_view bytes, const Limits& limits);

  bool Has(const std::string& name) const;

  // Unpacks an entry and gives it to `sink` piece by piece. Errors: DAMAGED (also
  // when there is no such entry, or it is not deflated or stored), OLD_FORMAT
  // (encrypted), TOO_LARGE, PACKED_TOO_TIGHT, and the sink's.
  absl::Status Read(const std::string& name,
                    const std::function<absl::Status(std::string_view)>& sink);

 private:
  struct Discard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
  };

  ZipArchive(zip_t* zip, const Limits& limits) : zip_(zip), limits_(&limits) {}

  // Refuses an entry that has given, or says that it will give, `unpacked` bytes.
  absl::Status Check(size_t unpacked, size_t packed) const;

  std::unique_ptr<zip_t, Discard> zip_;
  const Limits* limits_;
  size_t unpacked_ = 0;  // by all calls of Read before
};

absl::Status Damaged(std::string_view part);

}  // namespace jinhuan::table
