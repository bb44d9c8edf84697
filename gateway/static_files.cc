#include "gateway/static_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "gateway/session.h"

namespace jinhuan::gateway {
namespace {

namespace fs = std::filesystem;

constexpr char kIndex[] = "index.html";
// Scripts and styles come from here alone; the style library needs <style>
// elements but no style attributes.
constexpr char kContentSecurityPolicy[] =
    "default-src 'self'; style-src-elem 'self' 'unsafe-inline'; style-src-attr 'none'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";
// The build names these by their content.
constexpr char kImmutable[] = "public, max-age=31536000, immutable";

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

struct Coding {
  std::string_view name;
  std::string_view suffix;
};
constexpr Coding kCodings[] = {{"br", ".br"}, {"gzip", ".gz"}};  // the smaller first

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Whether a file, with symbolic links followed, lies in the folder.
bool IsInside(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  const fs::path root = error ? fs::path() : fs::canonical(folder, error);
  if (error) return false;
  return std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first == root.end();
}

bool WantsHtml(const http::Request& request) {
  const std::string_view accept = request.Get("accept");
  return accept.find("text/html") != std::string_view::npos ||
         accept.find("*/*") != std::string_view::npos || accept.empty();
}

// Whether an If-None-Match list has `etag`; the weak comparison of RFC 9110,
// section 13.1.2.
bool Matches(std::string_view list, std::string_view etag) {
  return list == "*" || list.find(etag) != std::string_view::npos;
}

}  // namespace

std::string_view ContentTypeOf(std::string_view name) {
  for (const auto& [end, type] : kTypes) {
    if (EndsWith(name, end)) return type;
  }
  return "application/octet-stream";
}

std::string SafeRelativePath(std::string_view request_path) {
  const auto decoded = http::PercentDecode(request_path, false);
  if (!decoded.has_value() || decoded->empty() || decoded->front() != '/') return "";
  std::string_view rest = std::string_view(*decoded).substr(1);
  const std::string result(rest);
  for (bool more = true; more;) {
    const size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (segment.empty() || segment.front() == '.') return "";
    for (const char c : segment) {
      if (c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "";
    }
    more = slash != std::string_view::npos;
    if (more) rest.remove_prefix(slash + 1);
  }
  return result;
}

std::shared_ptr<const StaticFiles::File> StaticFiles::Load(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return nullptr;
  const auto modified = fs::last_write_time(path, error);
  if (error) return nullptr;
  absl::MutexLock lock(&mutex_);
  auto& kept = files_[path.string()];
  if (kept != nullptr && kept->modified == modified) return kept;
  if (!IsInside(path, folder_)) return nullptr;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return nullptr;
  std::ostringstream content;
  content << stream.rdbuf();
  auto file = std::make_shared<File>();
  file->modified = modified;
  file->content = std::make_shared<const std::string>(std::move(content).str());
  file->etag = '"' + Sessions::KeyOf(*file->content).substr(0, 32) + '"';
  kept = file;
  return kept;
}

http::Response StaticFiles::Serve(const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    return {.status = 405, .headers = {{"Allow", "GET, HEAD"}}};
  }
  std::string name = request.path == "/" ? kIndex : SafeRelativePath(request.path);
  const bool asset = request.path.rfind("/assets/", 0) == 0;
  const bool hidden = EndsWith(name, ".br") || EndsWith(name, ".gz");
  std::shared_ptr<const File> plain;
  if (!name.empty() && !hidden) plain = Load(folder_ / name);
  if (plain == nullptr && !asset && !name.empty() && WantsHtml(request)) {
    name = kIndex;
    plain = Load(folder_ / name);
  }
  if (plain == nullptr) {
    return {.status = 404, .headers = {{"Content-Type", "text/plain"}}, .body = "not found\n"};
  }

  std::shared_ptr<const File> chosen = plain;
  std::string_view coding;
  for (const Coding& known : kCodings) {
    if (!http::AcceptsCoding(request.Get("accept-encoding"), known.name)) continue;
    auto packed = Load(folder_ / (name + std::string(known.suffix)));
    // One that is older than its file is of another build.
    if (packed == nullptr || packed->modified < plain->modified) continue;
    chosen = std::move(packed);
    coding = known.name;
    break;
  }
  http::Response response;
  response.headers = {{"Content-Type", std::string(ContentTypeOf(name))},
                      {"Cache-Control", asset ? kImmutable : "no-cache"},
                      {"ETag", chosen->etag},
                      {"Vary", "Accept-Encoding"},
                      {"Content-Security-Policy", kContentSecurityPolicy}};
  if (Matches(request.Get("if-none-match"), chosen->etag)) {
    response.status = 304;
    return response;
  }
  if (!coding.empty()) response.headers.push_back({"Content-Encoding", std::string(coding)});
  response.shared_body = chosen->content;
  return response;
}

}  // namespace jinhuan::gateway
