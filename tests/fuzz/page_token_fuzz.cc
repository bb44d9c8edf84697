// Page tokens, and the numbers in them.
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/page.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  resource::v1::ListBookingsRequest request;
  request.set_page_token(std::string(input));
  if (const auto page = api::ReadPage(request, 2); page.ok() && !page->first()) {
    Require(page->after.size() == 2);
    Require(api::NextPageToken(request, page->after) == input);
  }
  const auto number = api::NumberOf(std::string(input));
  Require(!number.ok() || *number >= 0);
  // Of a token that is the server's own, what is in it.
  request.set_page_token(api::NextPageToken(request, {std::string(input), "1"}));
  const auto own = api::ReadPage(request, 2);
  Require(!own.ok() || own->after[0] == input);
}

}  // namespace jinhuan::fuzz
