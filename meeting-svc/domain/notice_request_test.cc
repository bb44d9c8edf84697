// What citizens' requests tell.
#include "jinhuan/meeting/v1/request.pb.h"
#include "meeting-svc/domain/notice_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

// A request of users/u about noise.
v1::Request NoiseIn(v1::Request::State state) {
  v1::Request request;
  request.set_name("alliances/a/requests/r");
  request.set_reporter("users/u");
  request.set_category(v1::REQUEST_CATEGORY_NOISE);
  request.set_state(state);
  return request;
}

TEST(RequestNoticesTest, ARequestIsToldToWhoMustActAndItsReporterHearsWhatBecomesOfIt) {
  v1::Request request = NoiseIn(v1::Request::STATE_CLASSIFIED);
  *request.mutable_due_time() = api::ToProto(kEvening);
  const v1::Request classified = request;
  EXPECT_THAT(Told(request),
              ElementsAre("alliances/a#street ! 收到一件噪声诉求，尚无单位承办，请派单"));
  request.set_state(v1::Request::STATE_DISPATCHED);
  request.set_member("alliances/a/members/m");
  request.set_member_display_name("青禾小学");
  const std::string to_unit =
      "alliances/a/members/m#liaisons ! 本单位收到一件噪声诉求，请于 11月28日 18:00 前办结";
  EXPECT_THAT(Told(request), ElementsAre(to_unit));  // by the table
  EXPECT_THAT(Told(&classified, request),
              ElementsAre(to_unit, "users/u 您的噪声诉求已派给青禾小学"));
  const v1::Request dispatched = request;
  EXPECT_TRUE(Told(&dispatched, request).empty());
  v1::Request elsewhere = dispatched;
  elsewhere.set_member("alliances/a/members/n");
  elsewhere.set_member_display_name("云杉大厦");
  EXPECT_THAT(
      Told(&dispatched, elsewhere),
      ElementsAre(
          "alliances/a/members/n#liaisons ! 本单位收到一件噪声诉求，请于 11月28日 18:00 前办结",
          "alliances/a/members/m#liaisons 一件噪声诉求已改派云杉大厦：见说明",
          "users/u 您的噪声诉求已派给云杉大厦"));
  request.set_state(v1::Request::STATE_IN_PROGRESS);
  const v1::Request started = request;
  EXPECT_THAT(Told(&dispatched, started), ElementsAre("users/u 您的噪声诉求已由青禾小学开始办理"));
  request.set_state(v1::Request::STATE_RESOLVED);
  const v1::Request resolved = request;
  EXPECT_THAT(Told(&started, resolved),
              ElementsAre("users/u ! 您的噪声诉求已由青禾小学办结，请评价"));
  request.set_state(v1::Request::STATE_RATED);
  request.set_rating(3);
  EXPECT_THAT(Told(&resolved, request),
              ElementsAre("alliances/a/members/m#liaisons 本单位办结的一件噪声诉求被评为 3 分"));
  // Little is for the street too, which can send it back; and then the unit begins again.
  v1::Request bad = request;
  bad.set_rating(2);
  EXPECT_THAT(
      Told(&resolved, bad),
      ElementsAre("alliances/a/members/m#liaisons 本单位办结的一件噪声诉求被评为 2 分",
                  "alliances/a#street ! 青禾小学办结的一件噪声诉求被评为 2 分，可退回重办"));
  EXPECT_THAT(
      Told(&bad, dispatched),
      ElementsAre("alliances/a/members/m#liaisons ! 本单位办结的一件噪声诉求被退回重办：见说明",
                  "users/u 您的噪声诉求已退回青禾小学重新办理"));
  // The rating of a merged one is for the unit that had it in the other, which gets nothing new.
  v1::Request merged = resolved;
  merged.set_state(v1::Request::STATE_MERGED);
  merged.clear_member();
  v1::Request rated = merged;
  rated.set_member("alliances/a/members/m");
  rated.set_rating(2);
  EXPECT_THAT(Told(&merged, rated),
              ElementsAre("alliances/a/members/m#liaisons 本单位办结的一件噪声诉求被评为 2 分"));
}

TEST(RequestNoticesTest, AClockThatRunsOutIsToldToTheUnitAndTheStreetOnce) {
  v1::Request request = NoiseIn(v1::Request::STATE_CLASSIFIED);
  *request.mutable_due_time() = api::ToProto(kEvening);
  v1::Request late = request;
  *late.mutable_overdue_time() = api::ToProto(kEvening);
  EXPECT_THAT(Told(&request, late),
              ElementsAre("alliances/a#street ! "
                          "一件噪声诉求应于 11月28日 18:00 前办结，已逾期，尚无单位承办，请派单"));
  EXPECT_TRUE(Told(&late, late).empty());
  request.set_state(v1::Request::STATE_IN_PROGRESS);
  request.set_member("alliances/a/members/m");
  request.set_member_display_name("青禾小学");
  late = request;
  *late.mutable_overdue_time() = api::ToProto(kEvening);
  EXPECT_THAT(
      Told(&request, late),
      ElementsAre(
          "alliances/a/members/m#liaisons ! "
          "本单位承办的一件噪声诉求应于 11月28日 18:00 前办结，已逾期，请尽快办结",
          "alliances/a#street 青禾小学承办的一件噪声诉求应于 11月28日 18:00 前办结，已逾期"));
}

TEST(RequestNoticesTest, TheSystemThatSentAnAlertIsNotTold) {
  v1::Request request;
  request.set_name("alliances/a/requests/r");
  request.set_reporter("users/sensor");
  request.set_source("smoke");
  request.set_state(v1::Request::STATE_DISPATCHED);
  request.set_member("alliances/a/members/m");
  const v1::Request dispatched = request;
  request.set_state(v1::Request::STATE_RESOLVED);
  EXPECT_TRUE(Told(&dispatched, request).empty());
}

TEST(RequestNoticesTest, TheReporterOfAMergedRequestHearsOfTheOther) {
  v1::Request open = NoiseIn(v1::Request::STATE_CLASSIFIED);
  v1::Request merged = open;
  merged.set_state(v1::Request::STATE_MERGED);
  EXPECT_THAT(Told(&open, merged),
              ElementsAre("users/u 您的噪声诉求已与相同诉求并案办理，进展照常可查"));
  v1::Request before = merged;
  before.mutable_progress()->set_state(v1::Request::STATE_CLASSIFIED);
  v1::Request after = merged;
  after.mutable_progress()->set_state(v1::Request::STATE_DISPATCHED);
  after.mutable_progress()->set_member_display_name("小寒数据");
  EXPECT_THAT(Told(&before, after), ElementsAre("users/u 您的噪声诉求已派给小寒数据"));
  before = after;
  after.mutable_progress()->set_state(v1::Request::STATE_RESOLVED);
  EXPECT_THAT(Told(&before, after), ElementsAre("users/u ! 您的噪声诉求已由小寒数据办结，请评价"));
  EXPECT_THAT(Told(&merged, merged), ElementsAre());
  EXPECT_THAT(Told(merged), ElementsAre());  // filed with the others
}

TEST(RequestNoticesTest, ADeadlineAtMidnightIsTheEndOfTheDayBefore) {
  v1::Request request = NoiseIn(v1::Request::STATE_DISPATCHED);
  request.set_member("alliances/a/members/m");
  *request.mutable_due_time() = api::ToProto(absl::FromCivil(absl::CivilDay(2027, 1, 1), kZone));
  EXPECT_THAT(Told(request), Contains("alliances/a/members/m#liaisons ! "
                                      "本单位收到一件噪声诉求，请于 12月31日 24:00 前办结"));
}

}  // namespace
}  // namespace jinhuan::meeting
