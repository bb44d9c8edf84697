// What the tests of this room start from: the services as they are called, in this process, on a
// database of their own, with three units and a charter in force.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "absl/functional/function_ref.h"
#include "absl/time/clock.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "meeting-svc/domain/topic_rules.h"
#include "meeting-svc/rpc/ballot_service.h"
#include "meeting-svc/rpc/desks.h"
#include "meeting-svc/rpc/handover_service.h"
#include "meeting-svc/rpc/meeting_service.h"
#include "meeting-svc/rpc/notice_service.h"
#include "meeting-svc/rpc/project_service.h"
#include "meeting-svc/rpc/report_service.h"
#include "meeting-svc/rpc/request_service.h"
#include "meeting-svc/rpc/topic_service.h"
#include "meeting-svc/storage/migrations.h"
#include "meeting-svc/storage/stores.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/testing/on_threads.h"
#include "platform/testing/test_database.h"

namespace jinhuan::meeting {

// The services, as a test names their methods: Do(&Meetings::OpenMeeting, …).
using Ballots = v1::BallotService::Stub;
using Handovers = v1::HandoverService::Stub;
using Meetings = v1::MeetingService::Stub;
using Notices = v1::NoticeService::Stub;
using Projects = v1::ProjectService::Stub;
using Reports = v1::ReportService::Stub;
using Requests = v1::RequestService::Stub;
using Topics = v1::TopicService::Stub;

using testing::OnThreads;

inline constexpr char kAlliance[] = "alliances/a";

inline std::string Unit(std::string_view id) { return fmt::format("{}/members/{}", kAlliance, id); }

// `caller` with one role more; `unit` is the id of its member.
inline auth::v1::Caller With(auth::v1::Caller caller, auth::v1::Role role,
                             const std::string& unit = "",
                             const std::string& alliance = kAlliance) {
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance(alliance);
  if (!unit.empty()) grant.set_member(alliance + "/members/" + unit);
  return caller;
}
inline auth::v1::Caller Person(const std::string& name, auth::v1::Role role,
                               const std::string& unit = "",
                               const std::string& alliance = kAlliance) {
  auth::v1::Caller caller;
  caller.set_name("users/" + name);
  return With(caller, role, unit, alliance);
}
inline auth::v1::Caller Street() { return Person("street", auth::v1::ROLE_STREET_ADMIN); }
inline auth::v1::Caller Chair(const std::string& unit) {
  return Person("chair", auth::v1::ROLE_CHAIR, unit);
}
inline auth::v1::Caller Liaison(const std::string& unit) {
  return Person("liaison-" + unit, auth::v1::ROLE_LIAISON, unit);
}
inline auth::v1::Caller Staff(const std::string& unit) {
  return Person("staff-" + unit, auth::v1::ROLE_STAFF, unit);
}

// A request that says no more than whom it is about, or under whom.
struct Named {
  template <class Request>
  operator Request() const {  // NOLINT(google-explicit-constructor)
    Request request;
    request.set_name(name);
    return request;
  }
  std::string name;
};
struct Under {
  template <class Request>
  operator Request() const {  // NOLINT(google-explicit-constructor)
    Request request;
    request.set_parent(parent);
    return request;
  }
  std::string parent;
};

// It is Monday, 2 November 2026, nine o'clock in Shanghai, and stays so until a test moves it.
class ServiceTest : public ::testing::Test {
 protected:
  static constexpr int kCharterVersion = 7;

  ServiceTest() {
    spdlog::set_level(spdlog::level::warn);  // not a line for each call
    for (const char* id : {"m1", "m2", "m3"}) Follow(Member(id));
    Follow(Charter());
  }

  // Calls `method` as `caller`; as nobody when it has no name. Thread-safe.
  template <class Service, class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Service::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                                const auth::v1::Caller& caller,
                                const std::type_identity_t<Request>& request) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
    if (!caller.name().empty()) context.AddMetadata(rpc::kCallerMetadata, TokenOf(caller));
    Response response;
    const absl::Status status =
        rpc::FromGrpc((std::get<Service>(stubs_).*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }
  // The answer to a call that must succeed.
  template <class Service, class Request, class Response>
  Response Do(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
              const auth::v1::Caller& caller, const std::type_identity_t<Request>& request) {
    const absl::StatusOr<Response> response = Call(method, caller, request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.value_or(Response());
  }
  // The reason for which a call is refused; empty when it is not.
  template <class Service, class Request, class Response>
  std::string Refusal(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                      const auth::v1::Caller& caller,
                      const std::type_identity_t<Request>& request) {
    return ReasonOf(Call(method, caller, request).status());
  }
  std::string TokenOf(const auth::v1::Caller& caller) const {
    return signer_.Sign(caller, "jinhuan.meeting.v1", clock_.Now());
  }

  // What the journal of alliance-svc or resource-svc says, as the followers keep it; it is told
  // to nobody.
  template <class Fact>
  void Follow(const Fact& fact) {
    journal::v1::Entry entry;
    entry.set_resource(fact.name());
    entry.mutable_after()->PackFrom(fact);
    Write([&](db::Connection& c) -> absl::Status {
      JH_RETURN_IF_ERROR(stores_.alliances.Apply(c, entry));
      JH_RETURN_IF_ERROR(stores_.handovers.Apply(c, entry));
      return stores_.contacts.Apply(c, entry);
    });
  }
  static alliance::v1::Member Member(
      const std::string& id, alliance::v1::Member::State state = alliance::v1::Member::STATE_ACTIVE,
      alliance::v1::Tier tier = alliance::v1::TIER_UNSPECIFIED) {
    alliance::v1::Member member;
    member.set_name(Unit(id));
    member.set_display_name(id);
    member.set_state(state);
    member.set_tier(tier);
    return member;
  }
  static alliance::v1::Charter Charter() {
    alliance::v1::Charter charter;
    charter.set_name(fmt::format("{}/charters/{}", kAlliance, kCharterVersion));
    charter.set_version(kCharterVersion);
    charter.mutable_meeting()->set_max_proxies(1);
    for (const auto kind : {alliance::v1::ITEM_KIND_ORDINARY, alliance::v1::ITEM_KIND_PERSONNEL}) {
      alliance::v1::ItemRule& rule = *charter.mutable_meeting()->add_item_rules();
      rule.set_kind(kind);
      rule.mutable_quorum()->set_numerator(2);
      rule.mutable_quorum()->set_denominator(3);
      rule.mutable_majority()->set_numerator(1);
      rule.mutable_majority()->set_denominator(2);
      rule.set_majority_base(alliance::v1::VOTE_BASE_PRESENT);
      rule.set_secret(kind == alliance::v1::ITEM_KIND_PERSONNEL);
    }
    charter.mutable_clocks()->set_supervision_answer_days(5);
    charter.mutable_clocks()->set_simple_request_days(1);
    charter.mutable_clocks()->set_ordinary_request_days(5);
    charter.mutable_clocks()->set_difficult_request_days(15);
    return charter;
  }

  // What the street writes at this moment, for tests that write through the stores.
  api::Call StreetCall() const {
    api::Call call;
    call.caller = Street();
    call.alliance = kAlliance;
    call.now = clock_.Now();
    call.deadline = absl::Now() + absl::Seconds(30);
    return call;
  }
  // Runs `body` in a transaction, which must succeed.
  void Write(absl::FunctionRef<absl::Status(db::Connection&)> body) {
    const absl::Status status =
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(30), body);
    EXPECT_TRUE(status.ok()) << status;
  }
  void Change(const std::string& sql) {
    Write([&](db::Connection& c) { return c.Run(sql); });
  }

  // Moves the clock to an hour in Shanghai.
  void SetTime(absl::CivilHour hour) {
    clock_.Advance(absl::FromCivil(hour, zone_) - clock_.Now());
  }

  // A meeting of two hours that begins so much later.
  v1::CreateMeetingRequest MeetingIn(absl::Duration from_now) const {
    v1::CreateMeetingRequest request;
    request.set_parent(kAlliance);
    request.mutable_meeting()->set_title("联席会议");
    *request.mutable_meeting()->mutable_start_time() = api::ToProto(clock_.Now() + from_now);
    *request.mutable_meeting()->mutable_end_time() =
        api::ToProto(clock_.Now() + from_now + absl::Hours(2));
    return request;
  }
  v1::Meeting Drafted(absl::Duration from_now = absl::Hours(24)) {
    return Do(&Meetings::CreateMeeting, Street(), MeetingIn(from_now));
  }
  v1::Meeting Convened(absl::Duration from_now = absl::Hours(24)) {
    return Do(&Meetings::ConveneMeeting, Street(), Named{Drafted(from_now).name()});
  }
  // A meeting in session, to which the delegates of `units` came.
  v1::Meeting Opened(std::initializer_list<std::string> units = {}) {
    const std::string name = Convened(absl::Hours(1)).name();
    for (const std::string& id : units) CheckIn(name, id);
    return Do(&Meetings::OpenMeeting, Street(), Named{name});
  }
  // A topic of a unit, or of the street, and what became of it.
  std::string TopicIn(v1::Topic::State state, const std::string& unit = "") {
    v1::Topic topic;
    topic.set_title("共享停车");
    if (!unit.empty()) topic.set_member(Unit(unit));
    Write([&](db::Connection& c) -> absl::Status {
      JH_ASSIGN_OR_RETURN(topic, stores_.topics.Create(c, StreetCall(), "a", topic));
      if (state == v1::Topic::STATE_SUBMITTED) return absl::OkStatus();
      return stores_.topics.Put(c, StreetCall(), topic,
                                Moved(topic, state, "因此", "", clock_.Now()));
    });
    return topic.name();
  }
  // Lets in the delegate of a unit.
  v1::Attendance CheckIn(const std::string& meeting, const std::string& unit) {
    v1::CheckInDelegateRequest request;
    request.set_name(meeting);
    request.set_member(Unit(unit));
    return Do(&Meetings::CheckInDelegate, Street(), request);
  }

  const absl::TimeZone zone_ = absl::FixedTimeZone(8 * 3600);
  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromCivil(absl::CivilHour(2026, 11, 2, 9), zone_)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  Stores stores_{journal_,
                 ids_,
                 clock_,
                 {.ballots = "0123456789abcdef0123456789abcdef", .mail_codes = "secret"}};
  const Desks desks_{database_.pool(), stores_};
  const CheckInKey check_in_key_ = CheckInKey::Random();
  const rpc::CallerTokenSigner signer_ = *rpc::CallerTokenSigner::FromSeed(
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  const std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_.public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 8};
  rpc::Metrics metrics_;
  const rpc::Runtime runtime_{clock_, ids_, *verifier_, admission_, metrics_};
  MeetingService meeting_service_{
      runtime_,
      {database_.pool(), stores_.alliances, stores_.meetings, stores_.ballots, stores_.projects,
       stores_.templates, stores_.topics, desks_.resolutions, desks_.minutes, ids_, check_in_key_}};
  TopicService topic_service_{runtime_, database_.pool(), stores_.topics, stores_.meetings,
                              stores_.alliances};
  BallotService ballot_service_{runtime_, database_.pool(), stores_.ballots, stores_.proxies};
  ProjectService project_service_{runtime_, desks_.projects, desks_.resolutions};
  RequestService request_service_{
      runtime_,
      {database_.pool(), stores_.alliances, stores_.requests, stores_.tables, stores_.topics}};
  NoticeService notice_service_{runtime_, database_.pool(), stores_.notices, stores_.mail, false};
  HandoverService handover_service_{runtime_, database_.pool(), stores_.handovers,
                                    desks_.checklist};
  ReportService report_service_{runtime_, database_.pool(), stores_.alliances, stores_.evaluations};
  const std::unique_ptr<grpc::Server> server_ = grpc::ServerBuilder()
                                                    .RegisterService(&meeting_service_)
                                                    .RegisterService(&topic_service_)
                                                    .RegisterService(&ballot_service_)
                                                    .RegisterService(&project_service_)
                                                    .RegisterService(&request_service_)
                                                    .RegisterService(&notice_service_)
                                                    .RegisterService(&handover_service_)
                                                    .RegisterService(&report_service_)
                                                    .BuildAndStart();
  const std::shared_ptr<grpc::Channel> channel_ = server_->InProcessChannel({});
  std::tuple<Ballots, Handovers, Meetings, Notices, Projects, Reports, Requests, Topics> stubs_{
      channel_, channel_, channel_, channel_, channel_, channel_, channel_, channel_};
};

}  // namespace jinhuan::meeting
