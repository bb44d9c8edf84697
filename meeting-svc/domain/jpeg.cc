// The JPEG part of photo.h, by ITU-T T.81, annex B.
#include "meeting-svc/domain/byte_reader.h"
#include "meeting-svc/domain/photo.h"

namespace jinhuan::meeting {
namespace {

constexpr uint32_t kStart = 0xd8;
constexpr uint32_t kEnd = 0xd9;
constexpr uint32_t kScan = 0xda;
constexpr uint32_t kAdobe = 0xee;  // says how colours are stored

bool IsFrame(uint32_t marker) {  // SOF; the gaps are tables
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// Whether a segment is needed to draw the picture: frames, scans and their tables.
bool IsPicture(uint32_t marker, std::string_view content) {
  if (marker >= 0xc0 && marker <= 0xdf && marker != 0xc8) return true;
  return marker == kAdobe && content.size() == 12 && content.substr(0, 5) == "Adobe";
}

// How long the coded data at the beginning is: up to a marker that is no restart and no
// stuffed 0xff.
size_t ScanLength(std::string_view bytes) {
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    if (bytes[i] != '\xff') continue;
    const auto next = static_cast<uint8_t>(bytes[i + 1]);
    const bool data = next == 0 || (next >= 0xd0 && next <= 0xd7);
    if (!data) return i;
  }
  return bytes.size();
}

}  // namespace

std::optional<std::string> CleanJpeg(std::string_view bytes) {
  ByteReader reader(bytes);
  std::string clean(reader.Take(2));
  bool frame = false;
  bool scan = false;
  for (;;) {
    if (reader.Big(1) != 0xff) return std::nullopt;
    uint32_t marker = reader.Big(1);
    while (marker == 0xff) marker = reader.Big(1);  // fill bytes
    if (marker == kEnd) break;                      // what follows is no part of the picture
    const uint32_t length = reader.Big(2);
    const std::string_view content = reader.Take(length < 2 ? 0 : length - 2);
    if (!reader.ok() || length < 2 || marker < 0xc0 || marker == kStart ||
        (marker >= 0xd0 && marker <= 0xd7)) {
      return std::nullopt;
    }
    if (IsPicture(marker, content)) {
      clean.push_back('\xff');
      clean.push_back(static_cast<char>(marker));
      clean.push_back(static_cast<char>(length >> 8));
      clean.push_back(static_cast<char>(length & 0xff));
      clean.append(content);
    }
    frame = frame || IsFrame(marker);
    if (marker != kScan) continue;
    if (!frame) return std::nullopt;
    scan = true;
    clean.append(reader.Take(ScanLength(reader.rest())));
  }
  if (!scan) return std::nullopt;
  return clean + "\xff\xd9";
}

}  // namespace jinhuan::meeting
