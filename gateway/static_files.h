#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "gateway/http/message.h"

namespace jinhuan::gateway {

// Serves the built portal from a folder. Files are kept in memory and read again
// when they change on disk. Thread-safe.
class StaticFiles {
 public:
  // `folder` may appear later; without it every answer is 404.
  explicit StaticFiles(std::string folder) : folder_(std::move(folder)) {}

  // Answers GET and HEAD (else 405). A path without a file is a page of the portal
  // and gives index.html, except under /assets/ and for a client that does not take
  // HTML: 404. Nothing outside the folder, hidden or precompressed is reachable by
  // its own name.
  http::Response Serve(const http::Request& request);

 private:
  struct File {
    std::filesystem::file_time_type modified;
    std::shared_ptr<const std::string> content;
    std::string etag;
  };
  // The file, read if need be; nullptr when it is none.
  std::shared_ptr<const File> Load(const std::filesystem::path& path);

  const std::filesystem::path folder_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const File>> files_ ABSL_GUARDED_BY(mutex_);
};

// The path of a file under the folder for a request path, without a first slash;
// "" when no file may have it: not decodable, or a segment that is empty, begins
// with a dot, or has a backslash or a control character.
std::string SafeRelativePath(std::string_view request_path);

// The Content-Type for a file name.
std::string_view ContentTypeOf(std::string_view name);

}  // namespace jinhuan::gateway
