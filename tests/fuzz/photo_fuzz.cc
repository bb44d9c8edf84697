// Photos, of which only what draws them is kept.
#include "meeting-svc/domain/photo.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  const auto photo = meeting::CleanPhoto(input);
  if (!photo.has_value()) return;
  Require(photo->content.size() <= input.size());
  const auto again = meeting::CleanPhoto(photo->content);
  Require(again.has_value() && again->content == photo->content &&
          again->media_type == photo->media_type);
}

}  // namespace jinhuan::fuzz
