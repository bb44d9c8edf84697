#include "meeting-svc/domain/topic_rules.h"

#include <gtest/gtest.h>

#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

using v1::Topic;

std::string Checked(const v1::SubmitTopicRequest& request) {
  Violations violations;
  CheckSubmission(request, violations);
  return std::string(violations.ToStatus().message());
}
std::string Checked(const v1::ReviewTopicRequest& request) {
  Violations violations;
  CheckReview(request, violations);
  return std::string(violations.ToStatus().message());
}

v1::SubmitTopicRequest Submission() {
  v1::SubmitTopicRequest request;
  request.set_parent("alliances/a");
  request.mutable_topic()->set_title("共享停车");
  request.mutable_topic()->set_body("夜间车位不足");
  return request;
}

v1::ReviewTopicRequest Review(Topic::State decision) {
  v1::ReviewTopicRequest request;
  request.set_name("alliances/a/topics/t");
  request.set_decision(decision);
  return request;
}

TEST(CheckSubmissionTest, TakesATopicWithTitleAndBody) {
  EXPECT_EQ(Checked(Submission()), "");
  v1::SubmitTopicRequest request = Submission();
  request.mutable_topic()->clear_body();
  EXPECT_NE(Checked(request), "");
  request = Submission();
  request.mutable_topic()->set_kind(static_cast<alliance::v1::ItemKind>(99));
  EXPECT_NE(Checked(request), "");
}

TEST(CheckSubmissionTest, TakesThreeFilesOfAKnownKindUpToAMebibyte) {
  v1::SubmitTopicRequest request = Submission();
  for (int i = 0; i < 3; ++i) {
    v1::TopicAttachment& file = *request.add_attachments();
    file.set_display_name("方案.pdf");
    file.set_content("%PDF-1.7" + std::string((1 << 20) - 8, 'x'));
  }
  EXPECT_EQ(Checked(request), "");
  request.mutable_attachments(1)->mutable_content()->push_back('x');
  EXPECT_NE(Checked(request), "");
  request.mutable_attachments(1)->set_content("MZ\x90");
  EXPECT_NE(Checked(request), "");
  request.mutable_attachments(1)->set_content("%PDF-");
  request.mutable_attachments(1)->clear_display_name();
  EXPECT_NE(Checked(request), "");
  request.mutable_attachments(1)->set_display_name("x");
  request.add_attachments()->CopyFrom(request.attachments(0));
  EXPECT_NE(Checked(request), "");
}

TEST(CheckSubmissionTest, APictureIsKeptWithoutWhereItWasTaken) {
  const auto chunk = [](const char* name, std::string content) {
    return std::string(3, '\0') + static_cast<char>(content.size()) + name + content + "crc!";
  };
  const std::string begin = std::string("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", "1234567890123");
  const std::string end = chunk("IDAT", "pixels") + chunk("IEND", "");
  v1::SubmitTopicRequest request = Submission();
  v1::TopicAttachment& file = *request.add_attachments();
  file.set_display_name("现场.png");
  file.set_content(begin + chunk("eXIf", "GPS 31.2304") + end);
  Violations none;
  const auto kept = CheckSubmission(request, none);
  EXPECT_TRUE(none.empty());
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].content(), begin + end);
  file.set_content(begin);
  Violations broken;
  CheckSubmission(request, broken);
  EXPECT_EQ(ReasonOf(broken.ToStatus()), "PICTURE_BROKEN");
}

TEST(MediaTypeTest, GoesByTheFirstBytes) {
  EXPECT_EQ(MediaTypeOf("%PDF-1.4"), "application/pdf");
  EXPECT_EQ(MediaTypeOf("\x89PNG\r\n\x1a\nrest"), "image/png");
  EXPECT_EQ(MediaTypeOf("\xff\xd8\xff\xe0"), "image/jpeg");
  EXPECT_EQ(MediaTypeOf("PK\x03\x04"), "application/zip");
  for (const char* other : {"", "PK\x05\x06", "<html>", "%PD", "GIF89a"}) {
    EXPECT_EQ(MediaTypeOf(other), "") << other;
  }
}

TEST(CheckReviewTest, AsksForWhatTheDecisionNeeds) {
  EXPECT_EQ(Checked(Review(Topic::STATE_ACCEPTED)), "");
  for (const auto state : {Topic::STATE_UNSPECIFIED, Topic::STATE_SUBMITTED, Topic::STATE_WITHDRAWN,
                           Topic::STATE_MERGED, Topic::STATE_DEFERRED, Topic::STATE_REJECTED}) {
    EXPECT_NE(Checked(Review(state)), "") << state;
  }
  v1::ReviewTopicRequest rejected = Review(Topic::STATE_REJECTED);
  rejected.set_reason("不属于联盟职责");
  EXPECT_EQ(Checked(rejected), "");
  rejected.set_meeting("alliances/a/meetings/m");
  EXPECT_NE(Checked(rejected), "");
  v1::ReviewTopicRequest merged = Review(Topic::STATE_MERGED);
  merged.set_merge_into("alliances/a/topics/u");
  EXPECT_EQ(Checked(merged), "");
  merged.set_merge_into(merged.name());
  EXPECT_NE(Checked(merged), "");
  v1::ReviewTopicRequest accepted = Review(Topic::STATE_ACCEPTED);
  accepted.set_merge_into("alliances/a/topics/u");
  EXPECT_NE(Checked(accepted), "");
}

TEST(CollectionEndTest, IsSoManyCivilDaysBefore) {
  absl::TimeZone shanghai;
  ASSERT_TRUE(absl::LoadTimeZone("Asia/Shanghai", &shanghai));
  const auto at = [&](int month, int day) {
    return absl::FromCivil(absl::CivilSecond(2027, month, day, 14, 30, 0), shanghai);
  };
  EXPECT_EQ(CollectionEnd(at(3, 3), 7, shanghai), at(2, 24));
  EXPECT_EQ(CollectionEnd(at(3, 3), 0, shanghai), at(3, 3));
}

TEST(TopicsDealtWithTest, AreThoseThatTheMeetingCameToVotedOnOrResolved) {
  v1::Meeting meeting;
  for (const char* id : {"taken", "voted", "resolved", "cancelled", "left"}) {
    v1::AgendaItem& item = *meeting.add_agenda_items();
    item.set_id(id);
    item.set_topic(std::string("alliances/a/topics/") + id);
  }
  v1::AgendaItem& plain = *meeting.add_agenda_items();
  plain.set_id("plain");
  meeting.add_taken_items("taken");
  meeting.add_taken_items("plain");
  std::vector<v1::Ballot> ballots(2);
  ballots[0].set_agenda_item("voted");
  ballots[0].set_state(v1::Ballot::STATE_CLOSED);
  ballots[1].set_agenda_item("cancelled");
  ballots[1].set_state(v1::Ballot::STATE_CANCELLED);
  std::vector<v1::Resolution> resolutions(1);
  resolutions[0].set_agenda_item("resolved");
  EXPECT_EQ(TopicsDealtWith(meeting, ballots, resolutions),
            (std::vector<std::string>{"alliances/a/topics/resolved", "alliances/a/topics/taken",
                                      "alliances/a/topics/voted"}));
}

TEST(MovedTest, KeepsEveryStep) {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  Topic topic = Moved({}, Topic::STATE_SUBMITTED, "", "", now);
  topic = Moved(topic, Topic::STATE_DEFERRED, "待调研", "alliances/a/meetings/m", now);
  EXPECT_EQ(topic.state(), Topic::STATE_DEFERRED);
  ASSERT_EQ(topic.steps_size(), 2);
  EXPECT_EQ(topic.steps(1).reason(), "待调研");
  EXPECT_EQ(topic.steps(1).meeting(), "alliances/a/meetings/m");
  EXPECT_EQ(api::FromProto(topic.steps(1).time()), now);
}

}  // namespace
}  // namespace jinhuan::meeting
