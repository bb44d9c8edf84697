// What the tests of handovers and of inboxes start from, in the words of the tests.
#pragma once

#include <string>

#include "meeting-svc/rpc/handover_keeper.h"
#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {

// m1 chairs until the clock has run for ten days, then m2, then m3.
class HandoverTest : public ServiceTest {
 protected:
  static constexpr char kHandover[] = "alliances/a/handovers/second";

  HandoverTest() {
    AddTerm("first", -100, 10, "m1");
    AddTerm("second", 10, 100, "m2");
    AddTerm("third", 100, 200, "m3");
  }

  void AddTerm(const std::string& id, int from_day, int to_day, const std::string& unit) {
    alliance::v1::ChairTerm term;
    term.set_name("alliances/a/chairTerms/" + id);
    *term.mutable_start_time() = api::ToProto(clock_.Now() + from_day * absl::Hours(24));
    *term.mutable_end_time() = api::ToProto(clock_.Now() + to_day * absl::Hours(24));
    term.set_member(Unit(unit));
    term.set_member_display_name(unit);
    Follow(term);
  }
  v1::Handover Get(const auth::v1::Caller& caller = Street(), const std::string& name = kHandover) {
    return Do(&Handovers::GetHandover, caller, Named{name});
  }
  // The state that a handover is in when `caller` has signed, or why it may not.
  std::string Sign(const auth::v1::Caller& caller, const std::string& name = kHandover,
                   const std::string& request_id = "") {
    v1::SignHandoverRequest request = Named{name};
    request.set_request_id(request_id);
    const auto signed_one = Call(&Handovers::SignHandover, caller, request);
    return signed_one.ok() ? v1::Handover::State_Name(signed_one->state())
                           : ReasonOf(signed_one.status());
  }
  // How many handovers the clock escalates.
  int Steps() { return HandoverKeeper::Keep(keeper_, clock_.Now()).value_or(-1); }

  // Tells what the journal has more, as the followers do.
  void Tell() {
    while (journal_.SealOnce().value_or(0) > 0) {
    }
    const auto entries = journal_.ReadFrom(next_, 1000, {}, absl::Now() + absl::Seconds(30));
    ASSERT_TRUE(entries.ok()) << entries.status();
    for (const journal::v1::Entry& entry : *entries) {
      next_ = entry.number() + 1;
      Write([&](db::Connection& c) { return stores_.notices.Apply(c, entry); });
    }
  }
  v1::ListNoticesResponse Inbox(const auth::v1::Caller& caller) {
    return Do(&Notices::ListNotices, caller, {});
  }

  const auth::v1::Caller kOutgoing = Liaison("m1");
  const auth::v1::Caller kIncoming = Liaison("m2");
  const auth::v1::Caller kOther = Liaison("m3");
  const HandoverKeeper::Deps keeper_{database_.pool(), stores_.handovers, ids_, clock_};
  int64_t next_ = 1;  // entry of the journal
};

}  // namespace jinhuan::meeting
