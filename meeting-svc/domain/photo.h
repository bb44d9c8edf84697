#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jinhuan::meeting {

// The largest photo that is taken, in bytes, and how many come together.
inline constexpr size_t kMaxPhotoBytes = 512 << 10;
inline constexpr int kMaxPhotos = 6;

// A photo as it is kept.
struct Photo {
  std::string media_type;  // image/jpeg, image/png or image/webp
  std::string content;
};

// Takes the metadata (EXIF with the place, XMP, comments, colour profiles, thumbnails,
// whatever follows the picture) out of a JPEG, PNG or still WebP, and leaves the picture as
// it is. What it is is told by its content. Only what a picture needs to be drawn is kept, so
// what this does not know is dropped. Nothing when it is none of the three, or broken. What
// it returns passes unchanged. Strangers send these bytes: no length in them is believed.
std::optional<Photo> CleanPhoto(std::string_view bytes);

// Takes the metadata out of a JPEG or PNG of any size, in the same way; other files stay as they
// are. Whether it is not broken.
bool CleanPicture(std::string& bytes);

// One kind of picture each, for bytes that begin with its signature.
std::optional<std::string> CleanJpeg(std::string_view bytes);
std::optional<std::string> CleanPng(std::string_view bytes);
std::optional<std::string> CleanWebp(std::string_view bytes);

}  // namespace jinhuan::meeting
