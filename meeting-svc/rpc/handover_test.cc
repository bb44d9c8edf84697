// Handovers and the inboxes that tell of them, as they are called.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <thread>

#include "absl/time/clock.h"
#include "meeting-svc/rpc/handover_keeper.h"
#include "meeting-svc/rpc/handover_service.h"
#include "meeting-svc/rpc/notice_service.h"
#include "meeting-svc/storage/migrations.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/testing/test_database.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
constexpr char kHandover[] = "alliances/a/handovers/second";

auth::v1::Caller Person(const std::string& name, auth::v1::Role role, const std::string& unit) {
  auth::v1::Caller caller;
  caller.set_name("users/" + name);
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance("alliances/a");
  if (!unit.empty()) grant.set_member("alliances/a/members/" + unit);
  return caller;
}

const auth::v1::Caller kStreet = Person("street", auth::v1::ROLE_STREET_ADMIN, "");
const auth::v1::Caller kOutgoing = Person("out", auth::v1::ROLE_LIAISON, "m1");
const auth::v1::Caller kIncoming = Person("in", auth::v1::ROLE_LIAISON, "m2");
const auth::v1::Caller kOther = Person("other", auth::v1::ROLE_LIAISON, "m3");
const auth::v1::Caller kStaff = Person("staff", auth::v1::ROLE_STAFF, "m1");

// Three units; m1 chairs until the clock has run for ten days, then m2, then m3.
class HandoverTest : public ::testing::Test {
 protected:
  HandoverTest() {
    for (const char* id : {"m1", "m2", "m3"}) {
      alliance::v1::Member member;
      member.set_name(fmt::format("alliances/a/members/{}", id));
      member.set_display_name(id);
      member.set_state(alliance::v1::Member::STATE_ACTIVE);
      Follow(member.name(), member);
    }
    AddTerm("first", -100, 10, "m1");
    AddTerm("second", 10, 100, "m2");
    AddTerm("third", 100, 200, "m3");
    server_ = grpc::ServerBuilder()
                  .RegisterService(&handover_service_)
                  .RegisterService(&notice_service_)
                  .BuildAndStart();
    handover_stub_ = v1::HandoverService::NewStub(server_->InProcessChannel({}));
    notice_stub_ = v1::NoticeService::NewStub(server_->InProcessChannel({}));
  }

  // What alliance-svc's journal would say.
  template <class Resource>
  void Follow(const std::string& name, const Resource& after) {
    journal::v1::Entry entry;
    entry.set_resource(name);
    entry.mutable_after()->PackFrom(after);
    const auto status =
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                          [&](db::Connection& c) { return alliances_.Apply(c, entry); });
    EXPECT_TRUE(status.ok()) << status;
  }
  void AddTerm(const std::string& id, int from_day, int to_day, const std::string& unit) {
    alliance::v1::ChairTerm term;
    term.set_name("alliances/a/chairTerms/" + id);
    *term.mutable_start_time() = api::ToProto(clock_.Now() + from_day * absl::Hours(24));
    *term.mutable_end_time() = api::ToProto(clock_.Now() + to_day * absl::Hours(24));
    term.set_member("alliances/a/members/" + unit);
    term.set_member_display_name(unit);
    Follow(term.name(), term);
  }

  // Reads what the journal has more, as the followers do.
  void Tell() {
    while (*journal_.SealOnce() > 0) {
    }
    const auto entries =
        journal_.ReadFrom(next_, 1000, {}, absl::Now() + absl::Seconds(10)).value();
    for (const journal::v1::Entry& entry : entries) {
      next_ = entry.number() + 1;
      const auto status =
          db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                            [&](db::Connection& c) { return notices_.Apply(c, entry); });
      EXPECT_TRUE(status.ok()) << status;
    }
  }

  template <class Stub, class Request, class Response>
  absl::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const auth::v1::Caller& caller, const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kCallerMetadata,
                        signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now()));
    return rpc::FromGrpc((stub.*method)(&context, request, response));
  }

  // The handover, or a reason in its name.
  v1::Handover Get(const auth::v1::Caller& caller, const std::string& name = kHandover) {
    v1::GetHandoverRequest request;
    request.set_name(name);
    v1::Handover handover;
    const auto status =
        Call(*handover_stub_, &v1::HandoverService::Stub::GetHandover, caller, request, &handover);
    if (!status.ok()) handover.set_name(ReasonOf(status));
    return handover;
  }
  std::string Sign(const auth::v1::Caller& caller, const std::string& name = kHandover,
                   const std::string& request_id = "") {
    v1::SignHandoverRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    v1::Handover handover;
    const auto status =
        Call(*handover_stub_, &v1::HandoverService::Stub::SignHandover, caller, request, &handover);
    return status.ok() ? v1::Handover::State_Name(handover.state()) : ReasonOf(status);
  }
  v1::ListNoticesResponse Inbox(const auth::v1::Caller& caller, bool unread_only = false,
                                int page_size = 0, const std::string& token = "") {
    v1::ListNoticesRequest request;
    request.set_unread_only(unread_only);
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListNoticesResponse response;
    const auto status =
        Call(*notice_stub_, &v1::NoticeService::Stub::ListNotices, caller, request, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  std::string MarkRead(const auth::v1::Caller& caller, const std::vector<std::string>& names,
                       absl::Time up_to = absl::InfinitePast()) {
    v1::MarkNoticesReadRequest request;
    *request.mutable_names() = {names.begin(), names.end()};
    if (up_to != absl::InfinitePast()) *request.mutable_up_to_time() = api::ToProto(up_to);
    v1::MarkNoticesReadResponse response;
    const auto status =
        Call(*notice_stub_, &v1::NoticeService::Stub::MarkNoticesRead, caller, request, &response);
    return status.ok() ? std::to_string(response.unread_count()) : ReasonOf(status);
  }

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  AllianceStore alliances_;
  MeetingStore meetings_{journal_, ids_};
  NoticeStore notices_{alliances_, clock_};
  HandoverStore handovers_{journal_};
  ResolutionStore resolutions_{journal_, ids_};
  ProjectStore projects_{journal_, ids_, alliances_};
  RequestStore requests_{journal_, ids_};
  HandoverChecklist checklist_{alliances_, meetings_, resolutions_, projects_, requests_};
  absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 8};
  rpc::Metrics metrics_;
  const rpc::Runtime runtime_{clock_, ids_, *verifier_, admission_, metrics_};
  HandoverService handover_service_{runtime_, database_.pool(), handovers_, checklist_};
  NoticeService notice_service_{runtime_, database_.pool(), notices_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::HandoverService::Stub> handover_stub_;
  std::unique_ptr<v1::NoticeService::Stub> notice_stub_;
  int64_t next_ = 1;
};

TEST_F(HandoverTest, BothSidesSign) {
  const v1::Handover open = Get(kStreet);
  EXPECT_EQ(open.state(), v1::Handover::STATE_OPEN);
  EXPECT_EQ(open.outgoing_member(), "alliances/a/members/m1");
  EXPECT_EQ(open.incoming_member_display_name(), "m2");
  const auto contacts =
      std::find_if(open.sections().begin(), open.sections().end(),
                   [](const auto& section) { return section.kind() == v1::HANDOVER_KIND_CONTACT; });
  ASSERT_NE(contacts, open.sections().end());
  EXPECT_EQ(contacts->count(), 3);

  EXPECT_EQ(Sign(kOutgoing, kHandover, "r1"), "STATE_OPEN");
  EXPECT_EQ(Sign(kOutgoing, kHandover, "r1"), "STATE_OPEN");  // the first answer again
  EXPECT_EQ(Sign(kOutgoing), "HANDOVER_SIGNED");
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  const v1::Handover done = Get(kIncoming);
  EXPECT_EQ(done.state(), v1::Handover::STATE_SIGNED);
  EXPECT_EQ(done.outgoing_signature().user(), "users/out");
  EXPECT_EQ(done.incoming_signature().checklist_sha256().size(), 64U);

  // What was signed stays, whatever becomes of the record.
  alliance::v1::Member left;
  left.set_name("alliances/a/members/m3");
  left.set_state(alliance::v1::Member::STATE_WITHDRAWN);
  Follow(left.name(), left);
  EXPECT_EQ(Get(kIncoming).sections_size(), done.sections_size());
  EXPECT_EQ(Get(kIncoming).sections().rbegin()->count(), 3);
}

TEST_F(HandoverTest, EachSideKeepsWhatItSigned) {
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  const v1::HandoverSignature outgoing = Get(kStreet).outgoing_signature();
  alliance::v1::Member left;
  left.set_name("alliances/a/members/m3");
  left.set_state(alliance::v1::Member::STATE_WITHDRAWN);
  Follow(left.name(), left);
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  const v1::Handover done = Get(kStreet);
  EXPECT_EQ(done.outgoing_signature().SerializeAsString(), outgoing.SerializeAsString());
  EXPECT_EQ(done.outgoing_signature().sections().rbegin()->count(), 3);
  EXPECT_EQ(done.incoming_signature().sections().rbegin()->count(), 2);
  EXPECT_NE(done.incoming_signature().checklist_sha256(), outgoing.checklist_sha256());
}

TEST_F(HandoverTest, ASignatureIsOfTheUnitThatGaveIt) {
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  AddTerm("second", 10, 100, "m3");  // swapped
  const v1::Handover swapped = Get(kStreet);
  EXPECT_EQ(swapped.state(), v1::Handover::STATE_OPEN);
  EXPECT_EQ(swapped.incoming_member(), "alliances/a/members/m3");
  EXPECT_EQ(swapped.outgoing_signature().member(), "alliances/a/members/m1");
  EXPECT_FALSE(swapped.has_incoming_signature());
  EXPECT_EQ(Sign(kIncoming), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Sign(kOther), "STATE_SIGNED");
}

TEST_F(HandoverTest, IsThereForTheTwoUnitsAndTheStreetAlone) {
  EXPECT_EQ(Get(kOther).name(), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Get(kStaff).name(), "ROLE_REQUIRED");
  EXPECT_EQ(Sign(kOther), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Sign(kStreet), "ROLE_REQUIRED");
  EXPECT_EQ(Get(kStreet, "alliances/a/handovers/first").name(), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Get(kStreet, "alliances/a/handovers/none").name(), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Get(kStreet, "alliances/a/meetings/m").name(), "NAME_INVALID");
  EXPECT_EQ(Sign(kIncoming, "alliances/a/handovers/third"), "HANDOVER_EARLY");

  const auto names = [&](const auth::v1::Caller& caller) {
    v1::ListHandoversRequest request;
    request.set_parent("alliances/a");
    v1::ListHandoversResponse response;
    EXPECT_TRUE(
        Call(*handover_stub_, &v1::HandoverService::Stub::ListHandovers, caller, request, &response)
            .ok());
    std::vector<std::string> all;
    for (const v1::Handover& one : response.handovers()) all.push_back(one.name());
    return all;
  };
  EXPECT_THAT(names(kStreet), ElementsAre(kHandover));  // the third term is only planned
  EXPECT_THAT(names(kOutgoing), ElementsAre(kHandover));
  EXPECT_THAT(names(kOther), IsEmpty());
}

TEST_F(HandoverTest, WhatIsNotSignedInTimeIsToldOnce) {
  const HandoverKeeper::Deps deps{database_.pool(), handovers_, ids_, clock_};
  EXPECT_EQ(*HandoverKeeper::Keep(deps, clock_.Now()), 0);
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  clock_.Advance(11 * absl::Hours(24));
  EXPECT_EQ(Get(kStreet).state(), v1::Handover::STATE_OVERDUE);
  std::atomic<int> told = 0;
  std::vector<std::thread> keepers;
  for (int i = 0; i < 8; ++i) {
    keepers.emplace_back([&] { told += HandoverKeeper::Keep(deps, clock_.Now()).value_or(100); });
  }
  for (std::thread& keeper : keepers) keeper.join();
  EXPECT_EQ(told, 1);
  Tell();
  EXPECT_EQ(Inbox(kStreet).unread_count(), 1);
  EXPECT_THAT(Inbox(kStreet).notices(0).text(), HasSubstr("交接尚未签署"));
  EXPECT_EQ(Inbox(kIncoming).unread_count(), 2);  // that the other side signed, and this
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");     // late is better than never
  EXPECT_EQ(*HandoverKeeper::Keep(deps, clock_.Now()), 0);
}

TEST_F(HandoverTest, AnInboxIsReadByEachPersonForItself) {
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  Tell();
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  Tell();
  const auth::v1::Caller colleague = Person("in2", auth::v1::ROLE_LIAISON, "m2");
  const v1::ListNoticesResponse inbox = Inbox(kIncoming);
  ASSERT_EQ(inbox.notices_size(), 2);
  EXPECT_EQ(inbox.notices(0).resource(), kHandover);
  EXPECT_THAT(inbox.notices(0).text(), HasSubstr("双方签署"));
  EXPECT_TRUE(inbox.notices(1).action_needed());
  EXPECT_THAT(inbox.notices(1).text_en(), HasSubstr("awaits your signature"));
  EXPECT_THAT(Inbox(kStaff).notices(), IsEmpty());
  EXPECT_EQ(Inbox(kOutgoing).unread_count(), 1);

  EXPECT_EQ(MarkRead(kIncoming, {inbox.notices(1).name()}), "1");
  EXPECT_EQ(MarkRead(kIncoming, {inbox.notices(1).name()}), "1");
  EXPECT_TRUE(Inbox(kIncoming).notices(1).read());
  ASSERT_EQ(Inbox(kIncoming, true).notices_size(), 1);
  EXPECT_EQ(Inbox(kIncoming, true).notices(0).name(), inbox.notices(0).name());
  EXPECT_EQ(Inbox(colleague).unread_count(), 2);
  EXPECT_EQ(MarkRead(colleague, {inbox.notices(0).name()}), "NAME_INVALID");
  EXPECT_EQ(MarkRead(colleague, {}), "FIELD_REQUIRED");
  EXPECT_EQ(MarkRead(colleague, {}, clock_.Now() + absl::Hours(1)), "FIELD_INVALID");
  EXPECT_EQ(MarkRead(colleague, {}, clock_.Now()), "0");
  EXPECT_EQ(MarkRead(colleague, {}, clock_.Now() - absl::Hours(1)), "0");  // never back

  // Page by page.
  const auto first = Inbox(kIncoming, false, 1);
  ASSERT_EQ(first.notices_size(), 1);
  const auto second = Inbox(kIncoming, false, 1, first.next_page_token());
  ASSERT_EQ(second.notices_size(), 1);
  EXPECT_EQ(second.notices(0).name(), inbox.notices(1).name());
  EXPECT_EQ(second.next_page_token(), "");

  // Who ceases to be the unit's liaison has none of its notices.
  EXPECT_THAT(Inbox(Person("in", auth::v1::ROLE_STAFF, "m2")).notices(), IsEmpty());
}

}  // namespace
}  // namespace jinhuan::meeting
