#include "meeting-svc/domain/photo.h"

#include "meeting-svc/domain/byte_reader.h"

namespace jinhuan::meeting {
namespace {

constexpr std::string_view kJpegSignature("\xff\xd8\xff");
constexpr std::string_view kPngSignature("\x89PNG\r\n\x1a\n", 8);

bool Begins(std::string_view bytes, std::string_view with) {
  return bytes.substr(0, with.size()) == with;
}

// Names of chunks, four letters each, one after the other.
bool OneOf(std::string_view names, std::string_view name) {
  for (size_t i = 0; i + 4 <= names.size(); i += 4) {
    if (names.substr(i, 4) == name) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> CleanPng(std::string_view bytes) {
  ByteReader reader(bytes);
  std::string clean(reader.Take(kPngSignature.size()));
  for (bool first = true, picture = false;; first = false) {
    const std::string_view whole = reader.rest();
    const uint32_t length = reader.Big(4);
    const std::string_view name = reader.Take(4);
    reader.Take(length);
    reader.Take(4);  // the checksum; a wrong one is for who draws it to see
    if (!reader.ok() || first != (name == "IHDR") || (first && length != 13)) return std::nullopt;
    if (OneOf("IHDRPLTEIDATIENDtRNSgAMAcHRMsRGBsBIT", name)) {
      clean.append(whole.substr(0, size_t{length} + 12));
    }
    picture = picture || name == "IDAT";
    if (name != "IEND") continue;
    if (!picture || length != 0) return std::nullopt;
    return clean;
  }
}

std::optional<std::string> CleanWebp(std::string_view bytes) {
  ByteReader outer(bytes);
  outer.Take(4);  // RIFF
  ByteReader reader(outer.Take(outer.Little(4)));
  if (!outer.ok() || reader.Take(4) != "WEBP") return std::nullopt;
  std::string chunks = "WEBP";
  bool picture = false;
  while (!reader.empty()) {
    const std::string_view name = reader.Take(4);
    const uint32_t length = reader.Little(4);
    std::string content(reader.Take(length));
    if (length % 2 == 1) reader.Take(1);
    if (!reader.ok()) return std::nullopt;
    const bool extended = name == "VP8X";
    if (!extended && !OneOf("VP8 VP8LALPH", name)) continue;
    if (extended) {
      if (length != 10) return std::nullopt;
      content[0] = static_cast<char>(content[0] & 0x10);  // of the flags only alpha stays true
      content[1] = content[2] = content[3] = '\0';
    }
    picture = picture || name == "VP8 " || name == "VP8L";
    chunks.append(name);
    for (int shift = 0; shift < 32; shift += 8) {
      chunks.push_back(static_cast<char>(length >> shift & 0xff));
    }
    chunks.append(content);
    if (length % 2 == 1) chunks.push_back('\0');
  }
  if (!picture) return std::nullopt;
  std::string clean = "RIFF";
  for (int shift = 0; shift < 32; shift += 8) {
    clean.push_back(static_cast<char>(chunks.size() >> shift & 0xff));
  }
  return clean + chunks;
}

bool CleanPicture(std::string& bytes) {
  const bool jpeg = Begins(bytes, kJpegSignature);
  if (!jpeg && !Begins(bytes, kPngSignature)) return true;
  std::optional<std::string> clean = jpeg ? CleanJpeg(bytes) : CleanPng(bytes);
  if (!clean.has_value()) return false;
  bytes = *std::move(clean);
  return true;
}

std::optional<Photo> CleanPhoto(std::string_view bytes) {
  if (bytes.size() > kMaxPhotoBytes) return std::nullopt;
  Photo photo;
  std::optional<std::string> clean;
  if (Begins(bytes, kJpegSignature)) {
    photo.media_type = "image/jpeg";
    clean = CleanJpeg(bytes);
  } else if (Begins(bytes, kPngSignature)) {
    photo.media_type = "image/png";
    clean = CleanPng(bytes);
  } else if (Begins(bytes, "RIFF")) {
    photo.media_type = "image/webp";
    clean = CleanWebp(bytes);
  }
  if (!clean.has_value()) return std::nullopt;
  photo.content = *std::move(clean);
  return photo;
}

}  // namespace jinhuan::meeting
