#include "meeting-svc/domain/request_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_rules.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

constexpr int kMaxRules = 200;

int DaysFor(v1::RequestType type, const alliance::v1::WorkingDayClocks& clocks) {
  switch (type) {
    case v1::REQUEST_TYPE_SIMPLE:
      return clocks.simple_request_days();
    case v1::REQUEST_TYPE_DIFFICULT:
      return clocks.difficult_request_days();
    default:
      return clocks.ordinary_request_days();
  }
}

bool IsMember(std::string_view name) { return name.find("/members/") != std::string_view::npos; }

// How much of a request the rule names; -1 where it does not fit.
int Fit(const v1::DispatchRule& rule, v1::RequestCategory category, std::string_view grid) {
  int fit = 0;
  if (rule.category() != v1::REQUEST_CATEGORY_UNSPECIFIED) {
    if (rule.category() != category) return -1;
    fit += 2;
  }
  if (!rule.grid().empty()) {
    if (rule.grid() != grid) return -1;
    fit += 1;
  }
  return fit;
}

}  // namespace

void CheckRequest(const v1::Request& request, Violations& violations) {
  violations.CheckText("request.title", request.title(), 1, 60);
  violations.CheckText("request.description", request.description(), 0, 1000);
  violations.CheckText("request.place", request.place(), 1, 120);
  violations.CheckText("request.grid", request.grid(), 0, 40);
  violations.Check("request.category", v1::RequestCategory_IsValid(request.category()),
                   "a known category", "已有的诉求类别");
  violations.Check("request.type", v1::RequestType_IsValid(request.type()), "a known type",
                   "已有的诉求类型");
  CheckLocation(request.location(), "request.location", violations);
}

void CheckLocation(const google::type::LatLng& location, std::string_view field,
                   Violations& violations) {
  // Written so that NaN is refused.
  const bool on_earth = location.latitude() >= -90 && location.latitude() <= 90 &&
                        location.longitude() >= -180 && location.longitude() <= 180;
  violations.Check(field, on_earth, "a place on earth", "有效的经纬度");
}

void CheckTable(const v1::DispatchTable& table, std::string_view alliance, Violations& violations) {
  violations.Check("dispatch_table.rules", table.rules_size() <= kMaxRules, "at most 200 rules",
                   "不超过 200 条规则");
  for (int i = 0; i < std::min(table.rules_size(), kMaxRules); ++i) {
    const std::string path = fmt::format("dispatch_table.rules[{}]", i);
    const v1::DispatchRule& rule = table.rules(i);
    violations.Check(path + ".category", v1::RequestCategory_IsValid(rule.category()),
                     "a known category", "已有的诉求类别");
    violations.CheckText(path + ".grid", rule.grid(), 0, 40);
    if (!violations.Require(path + ".member", !rule.member().empty())) continue;
    violations.Check(path + ".member",
                     api::ParentOf(rule.member()) == alliance && IsMember(rule.member()),
                     "a member of the alliance", "本联盟的成员单位");
  }
}

std::vector<Photo> CheckPhotos(const google::protobuf::RepeatedPtrField<std::string>& photos,
                               std::string_view field, Violations& violations) {
  std::vector<Photo> clean;
  const bool few = photos.size() <= kMaxPhotos;
  for (int i = 0; few && i < photos.size(); ++i) {
    std::optional<Photo> photo = CleanPhoto(photos[i]);
    if (photo.has_value()) clean.push_back(*std::move(photo));
  }
  if (static_cast<int>(clean.size()) != photos.size()) {
    violations.Add(field, v1::ERROR_REASON_PHOTO_INVALID);
  }
  return clean;
}

v1::Request Reported(const v1::Request& sent) {
  v1::Request request;
  request.set_title(sent.title());
  request.set_description(sent.description());
  request.set_category(sent.category());
  request.set_type(sent.type() == v1::REQUEST_TYPE_UNSPECIFIED ? v1::REQUEST_TYPE_ORDINARY
                                                               : sent.type());
  request.set_place(sent.place());
  if (sent.has_location()) *request.mutable_location() = sent.location();
  request.set_grid(sent.grid());
  return request;
}

std::string MemberFor(const v1::DispatchTable& table, v1::RequestCategory category,
                      std::string_view grid) {
  std::string member;
  int best = -1;
  for (const v1::DispatchRule& rule : table.rules()) {
    const int fit = Fit(rule, category, grid);
    if (fit <= best) continue;
    best = fit;
    member = rule.member();
  }
  return member;
}

absl::Time DueTime(absl::Time received, v1::RequestType type, const alliance::v1::Charter& charter,
                   const alliance::WorkingCalendar& days, absl::TimeZone zone) {
  const absl::CivilDay last =
      days.Add(absl::ToCivilDay(received, zone), DaysFor(type, charter.clocks()));
  return absl::FromCivil(last + 1, zone);
}

v1::Request SeenBy(v1::Request request, const std::string& reporter, const auth::v1::Caller& caller,
                   absl::Time now) {
  const bool own = reporter == caller.name();
  request.set_own(own);
  if (own || IsStreet(caller, api::ParentOf(request.name()))) request.set_reporter(reporter);
  request.set_reporter_count(std::max(1, request.reporter_count()));
  if (request.state() == v1::Request::STATE_MERGED) {
    // Its clock stands; it is kept for when it goes on by itself.
    request.clear_due_time();
    request.clear_overdue_time();
    return request;
  }
  const absl::Time until =
      request.has_resolve_time() ? api::FromProto(request.resolve_time()) : now;
  request.set_overdue(request.has_due_time() && until >= api::FromProto(request.due_time()));
  return request;
}

v1::Request ForJournal(const v1::Request& request, const std::string& reporter) {
  v1::Request kept;
  kept.set_name(request.name());
  kept.set_category(request.category());
  kept.set_type(request.type());
  kept.set_state(request.state());
  kept.set_reporter(reporter);
  kept.set_member(request.member());
  kept.set_member_display_name(request.member_display_name());
  if (request.has_due_time()) *kept.mutable_due_time() = request.due_time();
  if (request.has_overdue_time()) *kept.mutable_overdue_time() = request.overdue_time();
  kept.set_charter_version(request.charter_version());
  kept.set_rating(request.rating());
  *kept.mutable_create_time() = request.create_time();
  if (request.has_resolve_time()) *kept.mutable_resolve_time() = request.resolve_time();
  kept.set_source(request.source());
  kept.set_external_id(request.external_id());
  kept.set_merged_into(request.merged_into());
  kept.set_reporter_count(request.reporter_count());
  kept.set_merged_count(request.merged_count());
  return kept;
}

v1::RequestProgress ForJournal(const v1::RequestProgress& progress) {
  v1::RequestProgress kept;
  kept.set_state(progress.state());
  kept.set_member(progress.member());
  kept.set_member_display_name(progress.member_display_name());
  return kept;
}

}  // namespace jinhuan::meeting
