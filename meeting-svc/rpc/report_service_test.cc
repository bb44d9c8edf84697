// How units are evaluated: what is counted for whom, and who may read it.
#include "alliance-svc/facts/date.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

const auth::v1::Caller kLiaison = Liaison("m1");

// It is 10 June 2026, noon in Shanghai. Of everything that a measure counts there is one thing
// of m1 and one of m2, and a third that belongs to 2025.
class ReportServiceTest : public ServiceTest {
 protected:
  ReportServiceTest() {
    Follow(Member("m3", alliance::v1::Member::STATE_WITHDRAWN));
    SetTime(absl::CivilHour(2025, 12, 31, 12));
    Record("m1");
    SetTime(absl::CivilHour(2026, 3, 2, 12));
    Record("m1");
    Record("m2");
    HoldMeeting();
    SetTime(absl::CivilHour(2026, 6, 10, 12));
  }

  // A request, a topic, a project with a supervision notice, and a need that was met, of a unit.
  void Record(const std::string& unit) {
    const google::protobuf::Timestamp now = api::ToProto(clock_.Now());
    Write([&](db::Connection& c) -> absl::Status {
      v1::Request request;
      request.set_name(stores_.requests.NewName("alliances/a"));
      request.set_category(v1::REQUEST_CATEGORY_PARKING);
      request.set_type(v1::REQUEST_TYPE_SIMPLE);
      request.set_member(Unit(unit));
      request.set_state(v1::Request::STATE_RATED);
      request.set_rating(5);
      *request.mutable_create_time() = now;
      *request.mutable_resolve_time() = now;
      *request.mutable_due_time() = api::ToProto(clock_.Now() + absl::Hours(1));
      JH_RETURN_IF_ERROR(stores_.requests.Create(c, StreetCall(), request).status());

      v1::Topic topic;
      topic.set_title("议题");
      topic.set_member(Unit(unit));
      JH_RETURN_IF_ERROR(stores_.topics.Create(c, StreetCall(), "a", topic).status());

      v1::Project project;
      project.set_title("项目");
      project.set_lead_member(Unit(unit));
      *project.mutable_due_date() = alliance::ToDate(absl::ToCivilDay(clock_.Now(), zone_));
      JH_ASSIGN_OR_RETURN(const v1::Project kept,
                          stores_.projects.Create(c, StreetCall(), project));

      v1::SupervisionNotice notice;
      notice.set_demand("请说明进展");
      *notice.mutable_issue_time() = now;
      *notice.mutable_answer_due_date() = project.due_date();
      JH_RETURN_IF_ERROR(stores_.progress.Issue(c, StreetCall(), kept.name(), notice).status());
      return RecordNeed(c, unit);
    });
  }

  absl::Status RecordNeed(db::Connection& connection, const std::string& unit) {
    resource::v1::Need need;
    need.set_name("alliances/a/needs/" + ids_.NewId());
    need.set_member(Unit(unit));
    *need.mutable_create_time() = api::ToProto(clock_.Now());
    resource::v1::Match match;
    match.set_need(need.name());
    match.set_state(resource::v1::Match::STATE_COMPLETED);
    *match.mutable_agree_time() = api::ToProto(clock_.Now() + absl::Hours(2));
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(need);
    JH_RETURN_IF_ERROR(stores_.needs.Apply(connection, entry));
    entry.mutable_after()->PackFrom(match);
    JH_RETURN_IF_ERROR(stores_.needs.Apply(connection, entry));
    // Only the first agreement counts, and a change of the need changes nothing of it.
    *match.mutable_agree_time() = api::ToProto(clock_.Now() + absl::Hours(9));
    entry.mutable_after()->PackFrom(match);
    JH_RETURN_IF_ERROR(stores_.needs.Apply(connection, entry));
    entry.mutable_after()->PackFrom(need);
    return stores_.needs.Apply(connection, entry);
  }

  // A meeting that both units are invited to; m1 answers, m2 comes; each leads a resolution.
  void HoldMeeting() {
    Write([&](db::Connection& c) -> absl::Status {
      v1::Meeting draft;
      draft.set_title("联席会议");
      *draft.mutable_start_time() = api::ToProto(clock_.Now() + absl::Hours(1));
      *draft.mutable_end_time() = api::ToProto(clock_.Now() + absl::Hours(2));
      const Viewer street{.sees_drafts = true, .member_id = ""};
      JH_ASSIGN_OR_RETURN(const v1::Meeting made,
                          stores_.meetings.Create(c, StreetCall(), "a", draft));
      const MeetingKey key{"a", api::LastId(made.name())};
      JH_RETURN_IF_ERROR(stores_.meetings.Convene(c, StreetCall(), key, street, 1, {}).status());
      JH_RETURN_IF_ERROR(stores_.meetings
                             .Answer(c, StreetCall(), key,
                                     {.sees_drafts = false, .member_id = "m1"}, v1::ANSWER_LEAVE,
                                     "")
                             .status());
      v1::Attendance came;
      came.set_name(made.name() + "/attendances/m2");
      came.set_member(Unit("m2"));
      JH_RETURN_IF_ERROR(attendances_.Put(c, key, came));
      v1::Attendance observer;
      observer.set_name(made.name() + "/attendances/m1");
      observer.set_observer(true);
      JH_RETURN_IF_ERROR(attendances_.Put(c, key, observer));
      for (const char* unit : {"m1", "m2"}) {
        v1::Resolution resolution;
        resolution.set_meeting(made.name());
        resolution.set_title("决议");
        resolution.set_to_carry_out(true);
        resolution.set_lead_member(Unit(unit));
        JH_RETURN_IF_ERROR(stores_.resolutions.Record(c, StreetCall(), resolution).status());
      }
      JH_ASSIGN_OR_RETURN(const v1::Meeting before, stores_.meetings.Get(c, key, street));
      v1::Meeting closed = before;
      closed.set_state(v1::Meeting::STATE_CLOSED);
      return stores_.meetings.Put(c, StreetCall(), key, before, closed, false).status();
    });
  }

  static v1::GetEvaluationRequest Year(int year = 2026) {
    v1::GetEvaluationRequest request;
    request.set_parent("alliances/a");
    *request.mutable_start_date() = alliance::ToDate(absl::CivilDay(year, 1, 1));
    *request.mutable_end_date() = alliance::ToDate(absl::CivilDay(year, 12, 31));
    return request;
  }

  v1::GetEvaluationResponse Get(const auth::v1::Caller& caller,
                                const v1::GetEvaluationRequest& request) {
    return Do(&Reports::GetEvaluation, caller, request);
  }
  std::string Refused(const auth::v1::Caller& caller, const v1::GetEvaluationRequest& request) {
    return Refusal(&Reports::GetEvaluation, caller, request);
  }

  // The numerators and denominators, as "n/d".
  static std::vector<std::string> Counts(
      const google::protobuf::RepeatedPtrField<v1::Rate>& rates) {
    std::vector<std::string> counts;
    for (const v1::Rate& rate : rates) {
      counts.push_back(fmt::format("{}/{}", rate.numerator(), rate.denominator()));
    }
    return counts;
  }

  AttendanceStore attendances_;
};

TEST_F(ReportServiceTest, CountsEachKindOfThePeriodOnce) {
  const auto all = Get(Street(), Year());
  EXPECT_THAT(Counts(all.total()),
              ElementsAre("2/2", "2/2", "2/2", "2/2", "0/2", "0/2", "0/0", "0/2", "0/2", "0/2",
                          "1/2", "1/2", "2/2", "14400/2"));
  ASSERT_THAT(all.rows(), SizeIs(2));
  EXPECT_EQ(all.rows(0).member(), Unit("m1"));
  EXPECT_EQ(all.rows(0).member_display_name(), "m1");
  EXPECT_THAT(Counts(all.rows(0).rates()),
              ElementsAre("1/1", "1/1", "1/1", "1/1", "0/1", "0/1", "0/1", "0/1", "0/1", "1/1",
                          "0/1", "1/1", "7200/1"));
  EXPECT_EQ(api::FromProto(all.count_time()), clock_.Now());

  EXPECT_THAT(Counts(Get(Street(), Year(2025)).total()),
              ElementsAre("1/1", "1/1", "1/1", "1/1", "0/1", "0/1", "0/0", "0/1", "0/1", "0/0",
                          "0/0", "0/0", "1/1", "7200/1"));
}

TEST_F(ReportServiceTest, AnswersTheStreetOfAllAndALiaisonOfTheOwnUnit) {
  const auto own = Get(kLiaison, Year());
  ASSERT_THAT(own.rows(), SizeIs(1));
  EXPECT_EQ(own.rows(0).member(), Unit("m1"));
  EXPECT_EQ(own.total(10).measure(), v1::MEASURE_MEETING_RESPONSE);
  EXPECT_EQ(own.total(10).denominator(), 1);
  // Second of two who could come.
  const v1::Rate& came = own.rows(0).rates(10);
  EXPECT_EQ(came.measure(), v1::MEASURE_MEETING_ATTENDANCE);
  EXPECT_EQ(came.rank(), 2);

  v1::GetEvaluationRequest other = Year();
  other.set_member(Unit("m2"));
  EXPECT_EQ(Refused(kLiaison, other), "RESOURCE_NOT_FOUND");
  EXPECT_THAT(Get(Street(), other).rows(), SizeIs(1));
  EXPECT_THAT(Get(Person("system", auth::v1::ROLE_SYSTEM), Year()).rows(), SizeIs(2));
  EXPECT_EQ(Refused(Staff("m1"), Year()), "ROLE_REQUIRED");
  // Who acts for two says for which.
  const auto both = With(kLiaison, auth::v1::ROLE_LIAISON, "m2");
  EXPECT_EQ(Refused(both, Year()), "FIELD_REQUIRED");
  EXPECT_EQ(Refused(both, other), "");

  // The months of a liaison are those of its unit.
  v1::GetEvaluationRequest by_month = Year();
  by_month.set_group(v1::EVALUATION_GROUP_MONTH);
  const auto months = Get(kLiaison, by_month);
  ASSERT_THAT(months.rows(), SizeIs(1));
  EXPECT_EQ(months.rows(0).first_day().month(), 3);
  EXPECT_EQ(months.rows(0).rates(0).denominator(), 1);
}

TEST_F(ReportServiceTest, APeriodIsAYearAtMostOfDaysThatThereAreInTheOwnAlliance) {
  v1::GetEvaluationRequest request = Year();
  request.clear_start_date();
  EXPECT_EQ(Refused(Street(), request), "FIELD_REQUIRED");
  request = Year();
  *request.mutable_start_date() = alliance::ToDate(absl::CivilDay(2025, 12, 30));
  EXPECT_EQ(Refused(Street(), request), "FIELD_INVALID");
  *request.mutable_start_date() = alliance::ToDate(absl::CivilDay(2025, 12, 31));
  EXPECT_EQ(Refused(Street(), request), "");
  request.mutable_end_date()->set_day(32);
  EXPECT_EQ(Refused(Street(), request), "FIELD_INVALID");
  request = Year();
  request.set_group(static_cast<v1::EvaluationGroup>(99));
  EXPECT_EQ(Refused(Street(), request), "FIELD_INVALID");
  request = Year();
  request.set_member("alliances/b/members/m1");
  EXPECT_EQ(Refused(Street(), request), "FIELD_INVALID");
  request.set_member("units/1");
  EXPECT_EQ(Refused(Street(), request), "NAME_INVALID");
}

TEST_F(ReportServiceTest, GivesNoPartOfWhatIsTooMuch) {
  const auto count = [&](int most) {
    EvaluationQuestion question;
    question.alliance = kAlliance;
    question.first = absl::CivilDay(2026, 1, 1);
    question.last = absl::CivilDay(2026, 12, 31);
    Evaluation evaluation(question);
    return ReasonOf(
        db::Read(database_.pool(), absl::Now() + absl::Seconds(30), [&](db::Connection& c) {
          return EvaluationStore(most).CountAll(c, question, {clock_.Now(), zone_}, evaluation);
        }));
  };
  EXPECT_EQ(count(1), "EVALUATION_TOO_LARGE");
  EXPECT_EQ(count(2), "");
}

TEST_F(ReportServiceTest, TheWorkbookHasALineForEachMeasure) {
  v1::ExportEvaluationRequest request = Under{kAlliance};
  *request.mutable_start_date() = Year().start_date();
  *request.mutable_end_date() = Year().end_date();
  const auto file = Do(&Reports::ExportEvaluation, Street(), request);
  EXPECT_EQ(file.filename(), "考核评价 2026-01-01 至 2026-12-31.xlsx");
  EXPECT_EQ(file.row_count(), 14 + 2 * 13);
  EXPECT_EQ(file.content().substr(0, 2), "PK");
  EXPECT_FALSE(file.truncated());
  EXPECT_EQ(Refusal(&Reports::ExportEvaluation, Staff("m1"), request), "ROLE_REQUIRED");
}

TEST_F(ReportServiceTest, ASupervisionNoticeCountsForWhoLedWhenItWasIssued) {
  Write([&](db::Connection& c) -> absl::Status {
    v1::Project project;
    project.set_title("项目");
    project.set_lead_member(Unit("m1"));
    *project.mutable_due_date() = alliance::ToDate(absl::ToCivilDay(clock_.Now(), zone_));
    JH_ASSIGN_OR_RETURN(const v1::Project kept, stores_.projects.Create(c, StreetCall(), project));
    v1::SupervisionNotice notice;
    notice.set_lead_member(Unit("m2"));
    *notice.mutable_issue_time() = api::ToProto(clock_.Now());
    *notice.mutable_answer_due_date() =
        alliance::ToDate(absl::ToCivilDay(clock_.Now() - absl::Hours(48), zone_));
    return stores_.progress.Issue(c, StreetCall(), kept.name(), notice).status();
  });
  const auto all = Get(Street(), Year());
  ASSERT_THAT(all.rows(), SizeIs(2));
  const auto supervised = [&](int row) -> int64_t {
    for (const v1::Rate& rate : all.rows(row).rates()) {
      if (rate.measure() == v1::MEASURE_SUPERVISION_RESPONSE) return rate.denominator();
    }
    return 0;
  };
  EXPECT_EQ(supervised(0), 1);
  EXPECT_EQ(supervised(1), 2);
}

}  // namespace
}  // namespace jinhuan::meeting
