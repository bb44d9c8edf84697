#include "meeting-svc/domain/evaluation.h"

#include <gmock/gmock.h>

#include "alliance-svc/facts/date.h"
#include "meeting-svc/domain/evaluation_sheet.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr char kM1[] = "alliances/a/members/m1";
constexpr char kM2[] = "alliances/a/members/m2";

class EvaluationTest : public ::testing::Test {
 protected:
  static absl::TimeZone Zone() { return absl::FixedTimeZone(8 * 3600); }
  static absl::Time At(int month, int day, int hour = 12) {
    return absl::FromCivil(absl::CivilHour(2026, month, day, hour), Zone());
  }
  static EvaluationQuestion Year(v1::EvaluationGroup group = v1::EVALUATION_GROUP_UNIT) {
    EvaluationQuestion question;
    question.alliance = "alliances/a";
    question.first = absl::CivilDay(2026, 1, 1);
    question.last = absl::CivilDay(2026, 12, 31);
    question.group = group;
    return question;
  }
  // As of 1 July, noon.
  const Moment moment_{At(7, 1), Zone()};

  static v1::Request RequestAt(absl::Time received, v1::Request::State state,
                               const std::string& member = kM1) {
    v1::Request request;
    *request.mutable_create_time() = api::ToProto(received);
    *request.mutable_due_time() = api::ToProto(received + absl::Hours(24 * 5));
    request.set_state(state);
    request.set_member(member);
    request.set_category(v1::REQUEST_CATEGORY_NOISE);
    request.set_type(v1::REQUEST_TYPE_ORDINARY);
    return request;
  }
  static v1::Request Resolved(absl::Time received, absl::Duration after,
                              const std::string& member = kM1) {
    v1::Request request = RequestAt(received, v1::Request::STATE_RESOLVED, member);
    *request.mutable_resolve_time() = api::ToProto(received + after);
    return request;
  }
  static v1::Project ProjectDue(absl::CivilDay due, v1::Project::State state) {
    v1::Project project;
    project.set_lead_member(kM1);
    *project.mutable_due_date() = alliance::ToDate(due);
    project.set_state(state);
    return project;
  }

  // What a measure comes to: numerator, denominator.
  static std::pair<int64_t, int64_t> Of(const Evaluation& evaluation, v1::Measure measure) {
    const v1::Rate rate = evaluation.Total()[measure - 1];
    EXPECT_EQ(rate.measure(), measure);
    return {rate.numerator(), rate.denominator()};
  }
};

TEST_F(EvaluationTest, ARequestCountsByHowItStands) {
  Evaluation e(Year());
  v1::Request received = RequestAt(At(6, 30), v1::Request::STATE_RECEIVED, "");
  received.clear_due_time();
  Count(received, moment_, e);
  Count(RequestAt(At(6, 30), v1::Request::STATE_DISPATCHED), moment_, e);  // its time runs
  Count(RequestAt(At(6, 1), v1::Request::STATE_IN_PROGRESS), moment_, e);  // past its time
  Count(Resolved(At(6, 1), absl::Hours(24)), moment_, e);                  // in time
  v1::Request at_last = Resolved(At(6, 1), absl::Hours(24 * 5));           // its time is over
  at_last.set_rating(3);
  Count(at_last, moment_, e);
  v1::Request good = Resolved(At(6, 1), absl::Hours(24 * 5) - absl::Nanoseconds(1));
  good.set_state(v1::Request::STATE_ARCHIVED);
  good.set_rating(4);
  Count(good, moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_RESPONSE), Pair(4, 5));
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_RESOLUTION), Pair(3, 6));
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_ON_TIME), Pair(2, 4));
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_SATISFACTION), Pair(1, 2));
}

TEST_F(EvaluationTest, AMergedRequestCountsWhereItGoesOnAndOnlyItsRatingByItself) {
  Evaluation e(Year());
  Count(Resolved(At(6, 1), absl::Hours(24)), moment_, e);
  v1::Request merged = RequestAt(At(6, 1), v1::Request::STATE_MERGED);  // its time would be over
  Count(merged, moment_, e);
  merged.set_rating(5);
  Count(merged, moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_RESPONSE), Pair(1, 1));
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_RESOLUTION), Pair(1, 1));
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_ON_TIME), Pair(1, 1));
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_SATISFACTION), Pair(1, 1));
}

TEST_F(EvaluationTest, AProjectCountsInThePeriodThatItIsDueIn) {
  Evaluation e(Year());
  const absl::CivilDay due(2026, 6, 10);
  Count(ProjectDue(due, v1::Project::STATE_RUNNING), moment_, e);
  Count(ProjectDue(absl::CivilDay(2026, 7, 1), v1::Project::STATE_RUNNING), moment_, e);
  Count(ProjectDue(absl::CivilDay(2027, 1, 1), v1::Project::STATE_RUNNING), moment_, e);
  v1::Project on_the_day = ProjectDue(due, v1::Project::STATE_ACCEPTED);
  *on_the_day.mutable_submit_time() = api::ToProto(At(6, 10, 23));
  on_the_day.set_rating(5);
  Count(on_the_day, moment_, e);
  v1::Project late = ProjectDue(due, v1::Project::STATE_SUBMITTED);
  *late.mutable_submit_time() = api::ToProto(At(6, 11, 0));
  Count(late, moment_, e);
  v1::Project sent_back = ProjectDue(due, v1::Project::STATE_RUNNING);
  *sent_back.mutable_submit_time() = api::ToProto(At(6, 1));
  Count(sent_back, moment_, e);
  v1::Project stopped = ProjectDue(due, v1::Project::STATE_STOPPED);
  *stopped.mutable_submit_time() = api::ToProto(At(6, 1));
  Count(stopped, moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_PROJECT_RESOLUTION), Pair(1, 5));
  EXPECT_THAT(Of(e, v1::MEASURE_PROJECT_ON_TIME), Pair(1, 4));
  EXPECT_THAT(Of(e, v1::MEASURE_PROJECT_SATISFACTION), Pair(1, 1));
}

TEST_F(EvaluationTest, TopicsMeetingsNoticesResolutionsAndNeeds) {
  Evaluation e(Year());
  for (const auto state : {v1::Topic::STATE_SUBMITTED, v1::Topic::STATE_DEFERRED,
                           v1::Topic::STATE_REJECTED, v1::Topic::STATE_WITHDRAWN}) {
    v1::Topic topic;
    *topic.mutable_create_time() = api::ToProto(At(3, 1));
    topic.set_member(kM1);
    topic.set_state(state);
    Count(topic, moment_, e);
  }
  EXPECT_THAT(Of(e, v1::MEASURE_TOPIC_RESPONSE), Pair(2, 3));

  Count(Invited{kM1, At(3, 1), true, false}, moment_, e);
  Count(Invited{kM2, At(3, 1), true, true}, moment_, e);
  Count(Invited{kM2, At(5, 1), false, true}, moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_MEETING_RESPONSE), Pair(2, 3));
  EXPECT_THAT(Of(e, v1::MEASURE_MEETING_ATTENDANCE), Pair(2, 3));

  v1::SupervisionNotice notice;
  *notice.mutable_issue_time() = api::ToProto(At(6, 20));
  *notice.mutable_answer_due_date() = alliance::ToDate(absl::CivilDay(2026, 7, 1));
  Count(notice, kM1, moment_, e);  // can still be answered
  *notice.mutable_answer_due_date() = alliance::ToDate(absl::CivilDay(2026, 6, 30));
  Count(notice, kM1, moment_, e);
  *notice.mutable_answer_time() = api::ToProto(At(6, 30, 23));
  Count(notice, kM1, moment_, e);
  *notice.mutable_answer_time() = api::ToProto(At(7, 1, 0));
  Count(notice, kM1, moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_SUPERVISION_RESPONSE), Pair(1, 3));

  v1::Resolution resolution;
  Count(resolution, At(3, 1), moment_, e);  // nothing to carry out
  resolution.set_to_carry_out(true);
  resolution.set_state(v1::Resolution::STATE_OPEN);
  Count(resolution, At(3, 1), moment_, e);
  resolution.set_state(v1::Resolution::STATE_CARRIED_OUT);
  Count(resolution, At(3, 1), moment_, e);
  resolution.set_state(v1::Resolution::STATE_STOPPED);
  Count(resolution, At(3, 1), moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_RESOLUTION_CARRIED_OUT), Pair(1, 2));

  Count(NeedFact{kM1, At(2, 1), true, false, std::nullopt}, moment_, e);
  Count(NeedFact{kM1, At(2, 1), true, true, At(2, 2)}, moment_, e);
  Count(NeedFact{kM1, At(2, 1), false, false, At(2, 1, 13)}, moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_NEED_MET), Pair(1, 2));
  EXPECT_THAT(Of(e, v1::MEASURE_TIME_TO_MATCH), Pair(25 * 3600, 2));
}

TEST_F(EvaluationTest, TheEndsOfAPeriodAreDaysOfTheAlliance) {
  EvaluationQuestion june = Year();
  june.first = absl::CivilDay(2026, 6, 1);
  june.last = absl::CivilDay(2026, 6, 30);
  Evaluation e(june);
  const absl::Time begin = At(6, 1, 0);
  const absl::Time end = At(7, 1, 0);
  for (const absl::Time time :
       {begin - absl::Microseconds(1), begin, end - absl::Microseconds(1), end}) {
    Count(RequestAt(time, v1::Request::STATE_RECEIVED), moment_, e);
  }
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_RESOLUTION), Pair(0, 2));
}

TEST_F(EvaluationTest, PlacesCompareFractionsAndEqualsShareThem) {
  const auto add = [&](Evaluation& e) {
    Count(Resolved(At(6, 1), absl::Hours(1), kM1), moment_, e);
    Count(Resolved(At(6, 1), absl::Hours(1), kM2), moment_, e);
    Count(Resolved(At(6, 1), absl::Hours(1), kM2), moment_, e);
    Count(RequestAt(At(6, 1), v1::Request::STATE_RECEIVED, "alliances/a/members/m3"), moment_, e);
    Count(Invited{"alliances/a/members/m3", At(3, 1), true, true}, moment_, e);
  };
  Evaluation all(Year());
  add(all);
  std::vector<std::pair<std::string, int>> places;
  for (const v1::EvaluationRow& row : all.Rows()) {
    for (const v1::Rate& rate : row.rates()) {
      if (rate.measure() == v1::MEASURE_REQUEST_RESOLUTION) {
        places.emplace_back(row.member().substr(row.member().rfind('/') + 1), rate.rank());
      }
    }
  }
  EXPECT_THAT(places, ElementsAre(Pair("m1", 1), Pair("m2", 1), Pair("m3", 3)));

  // One unit alone: its own figures, and its place among all.
  EvaluationQuestion question = Year();
  question.member = "alliances/a/members/m3";
  Evaluation one(question);
  add(one);
  ASSERT_EQ(one.Rows().size(), 1u);
  const v1::EvaluationRow row = one.Rows()[0];
  EXPECT_EQ(row.member(), question.member);
  ASSERT_EQ(row.rates_size(), 5);
  EXPECT_EQ(row.rates(1).measure(), v1::MEASURE_REQUEST_RESOLUTION);
  EXPECT_EQ(row.rates(1).rank(), 3);
  EXPECT_THAT(Of(one, v1::MEASURE_REQUEST_RESOLUTION), Pair(0, 1));
}

TEST_F(EvaluationTest, GroupsByTypeAndByPeriod) {
  const auto rows = [&](v1::EvaluationGroup group) {
    Evaluation e(Year(group));
    v1::Request simple = Resolved(At(2, 1), absl::Hours(1));
    simple.set_type(v1::REQUEST_TYPE_SIMPLE);
    simple.set_category(v1::REQUEST_CATEGORY_UNSPECIFIED);
    Count(simple, moment_, e);
    Count(Resolved(At(6, 1), absl::Hours(1)), moment_, e);
    v1::Project project = ProjectDue(absl::CivilDay(2026, 4, 30), v1::Project::STATE_RUNNING);
    Count(project, moment_, e);
    project.set_resolution("alliances/a/resolutions/r");
    Count(project, moment_, e);
    std::vector<std::pair<int, int>> keys;  // what the row says it is, how many measures
    for (const v1::EvaluationRow& row : e.Rows()) {
      const int key = row.has_first_day()        ? row.first_day().month()
                      : row.has_request_type()   ? static_cast<int>(row.request_type())
                      : row.has_project_origin() ? static_cast<int>(row.project_origin())
                                                 : static_cast<int>(row.request_category());
      keys.emplace_back(key, row.rates_size());
      for (const v1::Rate& rate : row.rates()) EXPECT_EQ(rate.rank(), 0);
    }
    return keys;
  };
  EXPECT_THAT(rows(v1::EVALUATION_GROUP_REQUEST_TYPE), ElementsAre(Pair(1, 3), Pair(2, 3)));
  EXPECT_THAT(rows(v1::EVALUATION_GROUP_REQUEST_CATEGORY),
              ElementsAre(Pair(0, 3), Pair(v1::REQUEST_CATEGORY_NOISE, 3)));
  EXPECT_THAT(rows(v1::EVALUATION_GROUP_PROJECT_ORIGIN),
              ElementsAre(Pair(v1::PROJECT_ORIGIN_RESOLUTION, 2), Pair(v1::PROJECT_ORIGIN_OWN, 2)));
  EXPECT_THAT(rows(v1::EVALUATION_GROUP_MONTH), ElementsAre(Pair(2, 3), Pair(4, 2), Pair(6, 3)));
  EXPECT_THAT(rows(v1::EVALUATION_GROUP_QUARTER), ElementsAre(Pair(1, 3), Pair(4, 5)));
}

TEST_F(EvaluationTest, AFilterOfRequestsLeavesNothingElse) {
  EvaluationQuestion question = Year();
  question.category = v1::REQUEST_CATEGORY_NOISE;
  question.type = v1::REQUEST_TYPE_SIMPLE;
  Evaluation e(question);
  Count(RequestAt(At(6, 1), v1::Request::STATE_RECEIVED), moment_, e);
  Count(Invited{kM1, At(3, 1), true, true}, moment_, e);
  EXPECT_THAT(e.Rows(), IsEmpty());
  v1::Request simple = RequestAt(At(6, 1), v1::Request::STATE_RECEIVED);
  simple.set_type(v1::REQUEST_TYPE_SIMPLE);
  Count(simple, moment_, e);
  EXPECT_THAT(Of(e, v1::MEASURE_REQUEST_RESOLUTION), Pair(0, 1));
}

TEST_F(EvaluationTest, TheWorkbookSaysBothCountsAndWhatTheyComeTo) {
  v1::GetEvaluationResponse evaluation;
  v1::Rate& total = *evaluation.add_total();
  total.set_measure(v1::MEASURE_REQUEST_RESOLUTION);
  total.set_numerator(2);
  total.set_denominator(3);
  v1::Rate& none = *evaluation.add_total();
  none.set_measure(v1::MEASURE_PROJECT_ON_TIME);
  v1::EvaluationRow& row = *evaluation.add_rows();
  row.set_member(kM1);
  row.set_member_display_name("=单位");
  v1::Rate& time = *row.add_rates();
  time.set_measure(v1::MEASURE_TIME_TO_MATCH);
  time.set_numerator(5400);
  time.set_denominator(1);
  const table::Sheet sheet = EvaluationSheet(evaluation, v1::EVALUATION_GROUP_UNIT);
  EXPECT_THAT(sheet.rows,
              ElementsAre(ElementsAre("合计", "诉求解决率", "2", "3", "66.67", "%", ""),
                          ElementsAre("合计", "项目按时率", "0", "0", "", "%", ""),
                          ElementsAre("=单位", "平均对接时长", "5400", "1", "1.50", "小时", "")));
  for (int measure = 1; measure < v1::Measure_ARRAYSIZE; ++measure) {
    EXPECT_NE(MeasureText(static_cast<v1::Measure>(measure)), "") << measure;
  }
}

}  // namespace
}  // namespace jinhuan::meeting
