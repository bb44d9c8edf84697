#pragma once

#include <gtest/gtest.h>

#include <string>

#include "absl/time/clock.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/migrations.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/testing/test_database.h"

namespace jinhuan::meeting {

// A database with the schema of this service, and the stores on it.
class StorageTest : public ::testing::Test {
 protected:
  api::Call CallAt(absl::Time now) const {
    api::Call call;
    call.method = "jinhuan.meeting.v1.MeetingService/Test";
    call.caller.set_name("users/u1");
    call.alliance = "alliances/a";
    call.now = now;
    call.deadline = absl::Now() + absl::Seconds(30);
    return call;
  }
  api::Call Call() const { return CallAt(now_); }

  // Runs `body` in a transaction and returns what it returned.
  template <class Body>
  auto Do(Body body) -> decltype(body(std::declval<db::Connection&>())) {
    decltype(body(std::declval<db::Connection&>())) result = absl::UnknownError("did not run");
    const absl::Status status = db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(30),
                                                  [&](db::Connection& connection) {
                                                    result = body(connection);
                                                    return result.status();
                                                  });
    if (!status.ok()) return status;
    return result;
  }

  void AddMember(const std::string& id, const std::string& display_name,
                 alliance::v1::Member::State state, const std::string& alliance = "a") {
    alliance::v1::Member member;
    member.set_name("alliances/" + alliance + "/members/" + id);
    member.set_display_name(display_name);
    member.set_state(state);
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(member);
    const auto status =
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                          [&](db::Connection& c) { return alliances_.Apply(c, entry); });
    ASSERT_TRUE(status.ok()) << status;
  }

  v1::Meeting Draft(absl::Time start, v1::MeetingBody body = v1::MEETING_BODY_UNSPECIFIED) {
    v1::Meeting meeting;
    meeting.set_title("联席会议");
    meeting.set_body(body);
    *meeting.mutable_start_time() = api::ToProto(start);
    *meeting.mutable_end_time() = api::ToProto(start + absl::Hours(1));
    const auto created =
        Do([&](db::Connection& c) { return meetings_.Create(c, Call(), "a", meeting); });
    EXPECT_TRUE(created.ok()) << created.status();
    return created.value_or(v1::Meeting());
  }

  static MeetingKey KeyOf(const v1::Meeting& meeting) {
    return {"a", meeting.name().substr(meeting.name().rfind('/') + 1)};
  }

  absl::StatusOr<v1::Meeting> Convene(const MeetingKey& key) {
    return Do([&](db::Connection& c) { return meetings_.Convene(c, Call(), key, kStreet, 1, {}); });
  }
  absl::StatusOr<v1::Meeting> Get(const MeetingKey& key, const Viewer& viewer = kStreet) {
    return Do([&](db::Connection& c) { return meetings_.Get(c, key, viewer); });
  }
  absl::StatusOr<v1::Invitation> Answer(const MeetingKey& key, const std::string& member_id,
                                        v1::Answer answer) {
    return Do([&](db::Connection& c) {
      return meetings_.Answer(c, Call(), key, {.sees_drafts = false, .member_id = member_id},
                              answer, "");
    });
  }
  absl::StatusOr<std::vector<v1::Invitation>> Invitations(const MeetingKey& key) {
    return Do([&](db::Connection& c) { return invitations_.List(c, key, "", 1000); });
  }

  inline static const Viewer kStreet = {.sees_drafts = true, .member_id = ""};

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  const absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  RandomIdSource ids_{Clock::System()};
  journal::Journal journal_{database_.pool(), ids_};
  MeetingStore meetings_{journal_, ids_};
  InvitationStore invitations_;
  AllianceStore alliances_;
};

}  // namespace jinhuan::meeting
