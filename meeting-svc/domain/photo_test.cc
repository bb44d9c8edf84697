#include "meeting-svc/domain/photo.h"

#include <gtest/gtest.h>

#include <random>

namespace jinhuan::meeting {
namespace {

constexpr char kSecret[] = "GPS 31.2304 121.4737";
constexpr char kExif[] = "ExifGPS 31.2304 121.4737";

std::string Bytes(std::initializer_list<int> values) {
  std::string bytes;
  for (const int value : values) bytes.push_back(static_cast<char>(value));
  return bytes;
}

std::string Segment(int marker, const std::string& content) {
  const auto length = static_cast<int>(content.size()) + 2;
  return Bytes({0xff, marker, length >> 8, length & 0xff}) + content;
}

std::string Chunk(const std::string& name, const std::string& content) {
  const auto length = static_cast<int>(content.size());
  return Bytes({0, 0, length >> 8, length & 0xff}) + name + content + "crc!";
}

std::string Riff(const std::string& name, const std::string& content) {
  const auto length = static_cast<int>(content.size());
  std::string chunk = name + Bytes({length & 0xff, length >> 8, 0, 0}) + content;
  if (length % 2 == 1) chunk.push_back('\0');
  return chunk;
}

std::string Jpeg(bool secrets) {
  const std::string scan = Bytes({1, 2, 0xff, 0, 3, 0xff, 0xd3, 4});
  const std::string app =
      secrets ? Segment(0xe1, kExif) + Segment(0xfe, kSecret) + Segment(0xee, kSecret) : "";
  return Bytes({0xff, 0xd8}) + app + Segment(0xee, "Adobe1234567") + Segment(0xdb, "quantise") +
         Segment(0xc2, "frame") + Segment(0xc4, "huffman") + Segment(0xda, "scan") + scan +
         (secrets ? Segment(0xed, kSecret) : "") + Segment(0xda, "more") + scan +
         Bytes({0xff, 0xd9}) + (secrets ? kSecret : "");
}

std::string Png(bool secrets) {
  return std::string("\x89PNG\r\n\x1a\n", 8) + Chunk("IHDR", "1234567890123") +
         (secrets ? Chunk("eXIf", kSecret) + Chunk("tEXt", kSecret) + Chunk("iTXt", kSecret) : "") +
         Chunk("IDAT", "pixels") + Chunk("IEND", "") + (secrets ? kSecret : "");
}

std::string Webp(bool secrets) {
  const std::string size = "ABCDEF";
  const std::string chunks = Riff("VP8X", Bytes({secrets ? 0x3c : 0x10, 0, 0, 0}) + size) +
                             (secrets ? Riff("ICCP", kSecret) : "") + Riff("VP8 ", "odd") +
                             (secrets ? Riff("EXIF", kSecret) + Riff("XMP ", kSecret) : "");
  return Riff("RIFF", "WEBP" + chunks) + (secrets ? kSecret : "");
}

TEST(PhotoTest, OnlyThePictureIsLeft) {
  const struct {
    const char* type;
    std::string dirty;
    std::string clean;
  } cases[] = {{"image/jpeg", Jpeg(true), Jpeg(false)},
               {"image/png", Png(true), Png(false)},
               {"image/webp", Webp(true), Webp(false)}};
  for (const auto& each : cases) {
    ASSERT_NE(each.dirty.find(kSecret), std::string::npos);
    const auto photo = CleanPhoto(each.dirty);
    ASSERT_TRUE(photo.has_value()) << each.type;
    EXPECT_EQ(photo->media_type, each.type);
    EXPECT_EQ(photo->content, each.clean) << each.type;
    EXPECT_EQ(CleanPhoto(each.clean)->content, each.clean) << each.type;
  }
}

TEST(PhotoTest, AFileThatIsAPictureOfAnySizeIsCleanedAndOthersStay) {
  for (const auto& [dirty, clean] :
       {std::pair(Jpeg(true), Jpeg(false)), std::pair(Png(true), Png(false))}) {
    std::string file = dirty;
    EXPECT_TRUE(CleanPicture(file));
    EXPECT_EQ(file, clean);
    file = dirty.substr(0, dirty.size() / 2);
    EXPECT_FALSE(CleanPicture(file));
  }
  std::string file = "%PDF-1.7 GPS 31.2304";
  EXPECT_TRUE(CleanPicture(file));
  EXPECT_EQ(file, "%PDF-1.7 GPS 31.2304");
  // More than a photo of a request may have.
  file = std::string("\x89PNG\r\n\x1a\n", 8) + Chunk("IHDR", "1234567890123");
  for (int i = 0; i < 20; ++i) file += Chunk("IDAT", std::string(32'000, 'x'));
  file += Chunk("IEND", "");
  ASSERT_GT(file.size(), kMaxPhotoBytes);
  EXPECT_TRUE(CleanPicture(file));
}

TEST(PhotoTest, WhatIsNoPhotoIsNone) {
  for (const std::string& bytes :
       {std::string(), std::string("GIF89a"), std::string("<svg onload=alert(1)>"),
        Bytes({0xff, 0xd8, 0xff}), Bytes({0xff, 0xd8, 0xff, 0xd9}),
        std::string("\x89PNG\r\n\x1a\n", 8), std::string("RIFF\4\0\0\0WEBP", 12),
        Riff("RIFF", "WAVE" + Riff("VP8 ", "odd"))}) {
    EXPECT_FALSE(CleanPhoto(bytes).has_value());
  }
  std::string large = Png(false);
  large.append(kMaxPhotoBytes, 'x');
  EXPECT_FALSE(CleanPhoto(large).has_value());
}

TEST(PhotoTest, EveryCutAndMutationIsRefusedOrClean) {
  std::mt19937 random(20260101);
  const std::string seeds[] = {Jpeg(true), Png(true), Webp(true)};
  for (const std::string& seed : seeds) {
    for (size_t cut = 0; cut < seed.size(); ++cut) {
      // A copy of that length exactly, so that a reader beyond the end is seen by ASan.
      const std::string part(seed, 0, cut);
      const auto photo = CleanPhoto(part);
      if (photo.has_value()) {
        EXPECT_LE(photo->content.size(), part.size());
      }
    }
    for (int i = 0; i < 20'000; ++i) {
      std::string mutant = seed;
      const auto changes = 1 + random() % 4;
      for (size_t k = 0; k < changes; ++k) {
        const size_t at = random() % mutant.size();
        switch (random() % 4) {
          case 0:
            mutant[at] = static_cast<char>(random());
            break;
          case 1:
            mutant[at] = '\xff';
            break;
          case 2:
            mutant.insert(at, mutant, random() % mutant.size(), random() % 40);
            break;
          default:
            mutant.erase(at, random() % 20);
            if (mutant.empty()) mutant = seed;
        }
      }
      const auto photo = CleanPhoto(mutant);
      if (!photo.has_value()) continue;
      EXPECT_LE(photo->content.size(), mutant.size() + 2);
      const auto again = CleanPhoto(photo->content);
      ASSERT_TRUE(again.has_value());
      EXPECT_EQ(again->content, photo->content);
    }
  }
}

}  // namespace
}  // namespace jinhuan::meeting
