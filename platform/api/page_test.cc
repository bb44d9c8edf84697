#include "platform/api/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "platform/status/error.h"

namespace jinhuan::api {
namespace {

using ::testing::ElementsAre;
using Request = meeting::v1::ListMeetingsRequest;

Request List(int size, const std::string& token = "") {
  Request request;
  request.set_parent("alliances/a");
  request.set_page_size(size);
  request.set_page_token(token);
  return request;
}

TEST(ReadPageTest, BoundsTheSize) {
  EXPECT_EQ(ReadPage(List(0), 1)->size, 50);
  EXPECT_EQ(ReadPage(List(7), 1)->size, 7);
  EXPECT_EQ(ReadPage(List(7), 1)->limit(), 8);
  EXPECT_EQ(ReadPage(List(1000), 1)->size, 1000);
  EXPECT_EQ(ReadPage(List(1001), 1)->size, 1000);
  EXPECT_EQ(ReasonOf(ReadPage(List(-1), 1).status()), "FIELD_INVALID");
  EXPECT_TRUE(ReadPage(List(7), 1)->first());
}

TEST(ReadPageTest, GoesOnFromTheLastKey) {
  for (const std::vector<std::string>& key :
       {std::vector<std::string>{"2026-01-01", "议"}, std::vector<std::string>{"", "x"},
        std::vector<std::string>{"x", ""}}) {
    const std::string token = NextPageToken(List(50), key);
    const auto page = ReadPage(List(20, token), 2);  // another size is the same list
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->after, key);
    EXPECT_FALSE(page->first());
  }
}

TEST(ReadPageTest, RefusesATokenOfAnotherList) {
  const std::string token = NextPageToken(List(50), {"k"});
  Request filtered = List(50, token);
  filtered.set_state(meeting::v1::Meeting::STATE_DRAFT);
  EXPECT_EQ(ReasonOf(ReadPage(filtered, 1).status()), "PAGE_TOKEN_INVALID");
  Request elsewhere = List(50, token);
  elsewhere.set_parent("alliances/b");
  EXPECT_EQ(ReasonOf(ReadPage(elsewhere, 1).status()), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(ReadPage(List(50, token), 2).status()), "PAGE_TOKEN_INVALID");

  // The same fields of another method.
  meeting::v1::ListInvitationsRequest other;
  other.set_parent("alliances/a");
  other.set_page_token(token);
  EXPECT_EQ(ReasonOf(ReadPage(other, 1).status()), "PAGE_TOKEN_INVALID");
}

TEST(ReadPageTest, RefusesWhatIsNoToken) {
  for (const std::string token : {"x", "!!!!", "党", "AAAAAAAAAAA", "===="}) {
    EXPECT_EQ(ReasonOf(ReadPage(List(50, token), 1).status()), "PAGE_TOKEN_INVALID") << token;
  }
  EXPECT_EQ(ReasonOf(ReadPage(List(50, std::string(100'000, 'A')), 1).status()),
            "PAGE_TOKEN_INVALID");
}

TEST(FillPageTest, HandsOutWhatFitsAndSaysWhetherMoreFollows) {
  const auto fill = [](int rows) {
    std::vector<meeting::v1::Meeting> found(static_cast<size_t>(rows));
    for (int i = 0; i < rows; ++i) found[static_cast<size_t>(i)].set_name(std::to_string(i));
    meeting::v1::ListMeetingsResponse response;
    const Page page{.size = 3, .after = {}};
    const std::string token =
        FillPage(List(3), page, found, *response.mutable_meetings(),
                 [](const meeting::v1::Meeting& row) { return std::vector{row.name()}; });
    EXPECT_EQ(response.meetings_size(), std::min(rows, 3));
    return token.empty() ? "last" : ReadPage(List(3, token), 1)->after.front();
  };
  EXPECT_EQ(fill(0), "last");
  EXPECT_EQ(fill(3), "last");
  EXPECT_EQ(fill(4), "2");
}

TEST(NumberOfTest, TakesOnlyNumbersFromZeroOn) {
  EXPECT_EQ(NumberOf("0").value_or(-1), 0);
  EXPECT_EQ(NumberOf("1800000000000000").value_or(-1), 1'800'000'000'000'000);
  for (const char* column :
       {"", "-1", "x", "1x", " 1", "9223372036854775807", "99999999999999999999", "1.5"}) {
    EXPECT_EQ(ReasonOf(NumberOf(column).status()), "PAGE_TOKEN_INVALID") << column;
  }
}

}  // namespace
}  // namespace jinhuan::api
