// What the measures of an evaluation count: the definitions of evaluation.proto as code.
#include "meeting-svc/domain/evaluation.h"
#include "meeting-svc/domain/project_rules.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

constexpr int kSatisfied = 4;  // of 5

// Adds facts that have all but the measure and the numerator in common.
class Adder {
 public:
  Adder(Fact common, Evaluation& evaluation) : fact_(std::move(common)), evaluation_(evaluation) {}

  void operator()(v1::Measure measure, int64_t numerator) {
    fact_.measure = measure;
    fact_.numerator = numerator;
    evaluation_.Add(fact_);
  }

 private:
  Fact fact_;
  Evaluation& evaluation_;
};

absl::CivilDay DayOf(const google::protobuf::Timestamp& time, const Moment& moment) {
  return absl::ToCivilDay(api::FromProto(time), moment.zone);
}

}  // namespace

void Count(const v1::Request& request, const Moment& moment, Evaluation& evaluation) {
  Fact common;
  common.member = request.member();
  common.day = DayOf(request.create_time(), moment);
  common.category = request.category();
  common.type = request.type();
  Adder add(std::move(common), evaluation);
  if (request.rating() > 0) {
    add(v1::MEASURE_REQUEST_SATISFACTION, request.rating() >= kSatisfied);
  }
  // The request that it goes on in counts, once.
  if (request.state() == v1::Request::STATE_MERGED) return;
  const bool resolved = request.has_resolve_time();
  if (!request.member().empty()) {
    add(v1::MEASURE_REQUEST_RESPONSE, request.state() >= v1::Request::STATE_IN_PROGRESS);
  }
  add(v1::MEASURE_REQUEST_RESOLUTION, resolved);
  if (request.has_due_time()) {
    const absl::Time due = api::FromProto(request.due_time());
    if (resolved || moment.now >= due) {
      add(v1::MEASURE_REQUEST_ON_TIME, resolved && api::FromProto(request.resolve_time()) < due);
    }
  }
}

void Count(const v1::Project& project, const Moment& moment, Evaluation& evaluation) {
  if (project.state() == v1::Project::STATE_STOPPED) return;
  Fact common;
  common.member = project.lead_member();
  common.day = DayOf(project.due_date());
  common.origin =
      project.resolution().empty() ? v1::PROJECT_ORIGIN_OWN : v1::PROJECT_ORIGIN_RESOLUTION;
  const absl::CivilDay due = common.day;
  Adder add(std::move(common), evaluation);
  add(v1::MEASURE_PROJECT_RESOLUTION, project.state() == v1::Project::STATE_ACCEPTED);
  // One that was sent back is not reported any more.
  const bool reported = project.state() != v1::Project::STATE_RUNNING;
  if (reported || absl::ToCivilDay(moment.now, moment.zone) > due) {
    add(v1::MEASURE_PROJECT_ON_TIME, reported && DayOf(project.submit_time(), moment) <= due);
  }
  if (project.rating() > 0) {
    add(v1::MEASURE_PROJECT_SATISFACTION, project.rating() >= kSatisfied);
  }
}

void Count(const v1::Topic& topic, const Moment& moment, Evaluation& evaluation) {
  if (topic.state() == v1::Topic::STATE_WITHDRAWN) return;
  Fact common;
  common.member = topic.member();
  common.day = DayOf(topic.create_time(), moment);
  Adder(std::move(common), evaluation)(v1::MEASURE_TOPIC_RESPONSE,
                                       topic.state() != v1::Topic::STATE_SUBMITTED);
}

void Count(const Invited& invited, const Moment& moment, Evaluation& evaluation) {
  Fact common;
  common.member = invited.member;
  common.day = absl::ToCivilDay(invited.start, moment.zone);
  Adder add(std::move(common), evaluation);
  add(v1::MEASURE_MEETING_RESPONSE, invited.answered);
  add(v1::MEASURE_MEETING_ATTENDANCE, invited.came);
}

void Count(const NeedFact& need, const Moment& moment, Evaluation& evaluation) {
  Fact common;
  common.member = need.member;
  common.day = absl::ToCivilDay(need.publish, moment.zone);
  Adder add(std::move(common), evaluation);
  if (need.met || !need.withdrawn) add(v1::MEASURE_NEED_MET, need.met);
  if (need.agree.has_value()) {
    add(v1::MEASURE_TIME_TO_MATCH, absl::ToInt64Seconds(*need.agree - need.publish));
  }
}

void Count(const v1::SupervisionNotice& notice, const std::string& lead, const Moment& moment,
           Evaluation& evaluation) {
  const absl::CivilDay due = DayOf(notice.answer_due_date());
  const bool answered = notice.has_answer_time();
  if (!answered && absl::ToCivilDay(moment.now, moment.zone) <= due) return;
  Fact common;
  common.member = lead;
  common.day = DayOf(notice.issue_time(), moment);
  Adder(std::move(common), evaluation)(v1::MEASURE_SUPERVISION_RESPONSE,
                                       answered && DayOf(notice.answer_time(), moment) <= due);
}

void Count(const v1::Resolution& resolution, absl::Time start, const Moment& moment,
           Evaluation& evaluation) {
  if (!resolution.to_carry_out() || resolution.state() == v1::Resolution::STATE_STOPPED) return;
  Fact common;
  common.member = resolution.lead_member();
  common.day = absl::ToCivilDay(start, moment.zone);
  Adder(std::move(common), evaluation)(v1::MEASURE_RESOLUTION_CARRIED_OUT,
                                       resolution.state() == v1::Resolution::STATE_CARRIED_OUT);
}

}  // namespace jinhuan::meeting
