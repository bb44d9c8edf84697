// Ballots: who opens them, who votes for which unit, and papers that nobody signed.
#include <deque>

#include "meeting-svc/domain/paper_maker.h"
#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;

const auth::v1::Caller kNobody;

class BallotServiceTest : public ServiceTest {
 protected:
  static v1::OpenBallotRequest BallotOf(const v1::Meeting& meeting, alliance::v1::ItemKind kind) {
    v1::OpenBallotRequest request = Under{meeting.name()};
    request.mutable_ballot()->set_question("是否通过");
    request.mutable_ballot()->set_kind(kind);
    return request;
  }
  // Tries to vote for a unit, by itself the caller's, and says why it is refused.
  std::string Vote(const auth::v1::Caller& caller, const std::string& ballot,
                   const std::string& member = "") {
    v1::CastVoteRequest request = Named{ballot};
    request.set_choice(v1::CHOICE_FOR);
    request.set_member(member);
    return Refusal(&Ballots::CastVote, caller, request);
  }
  // A paper that a liaison draws, not yet voted with.
  PaperMaker Draw(const auth::v1::Caller& caller, const v1::Ballot& ballot) {
    PaperMaker maker(ballot.public_key());
    v1::DrawPaperRequest draw = Named{ballot.name()};
    draw.set_blinded_message(maker.Blind());
    draw.set_request_id("draw");
    maker.Finish(Do(&Ballots::DrawPaper, caller, draw).blind_signature());
    return maker;
  }
  std::string Cast(const auth::v1::Caller& caller, const std::string& ballot,
                   const v1::Paper& paper) {
    v1::CastPaperRequest cast = Named{ballot};
    *cast.mutable_paper() = paper;
    return Refusal(&Ballots::CastPaper, caller, cast);
  }
  // How many rows remember who called what.
  int64_t Remembered() {
    int64_t count = 0;
    for (const char* table : {"request", "journal_unsealed", "journal_entry"}) {
      static auto& queries = *new std::deque<db::Query>;
      static auto& texts = *new std::deque<std::string>;
      const db::Query& query = queries.emplace_back(
          texts.emplace_back(fmt::format("SELECT 1 FROM {}", table)).c_str(), "");
      Write([&](db::Connection& c) -> absl::Status {
        JH_ASSIGN_OR_RETURN(const int64_t rows, c.Select(query, {}, [](const db::Row&) {}));
        count += rows;
        return absl::OkStatus();
      });
    }
    return count;
  }
};

TEST_F(BallotServiceTest, TheChairOpensAndLiaisonsVoteForTheirUnits) {
  const v1::Meeting meeting = Opened({"m1", "m2", "m3"});
  const auto request = BallotOf(meeting, alliance::v1::ITEM_KIND_ORDINARY);
  EXPECT_EQ(Refusal(&Ballots::OpenBallot, Liaison("m1"), request), "ROLE_REQUIRED");
  const std::string ballot = Do(&Ballots::OpenBallot, Chair("m1"), request).name();
  EXPECT_EQ(Vote(Liaison("m2"), ballot), "");
  EXPECT_EQ(Vote(Liaison("m2"), ballot, Unit("m3")), "NOT_PRESENT");
  EXPECT_EQ(Vote(Liaison("m2"), ballot, "alliances/b/members/x"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Vote(Staff("m3"), ballot), "ROLE_REQUIRED");
  EXPECT_EQ(Vote(kNobody, ballot), "SIGN_IN_REQUIRED");

  v1::ListElectorsRequest list = Under{ballot};
  list.set_page_size(2);
  auto page = Do(&Ballots::ListElectors, Liaison("m1"), list);
  ASSERT_THAT(page.electors(), SizeIs(2));
  EXPECT_EQ(page.electors(1).choice(), v1::CHOICE_FOR);
  list.set_page_token(page.next_page_token());
  page = Do(&Ballots::ListElectors, Liaison("m1"), list);
  EXPECT_THAT(page.electors(), SizeIs(1));
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(BallotServiceTest, PapersAreDrawnSignedInAndCastByNobody) {
  const v1::Meeting meeting = Opened({"m1", "m2", "m3"});
  const v1::Ballot ballot =
      Do(&Ballots::OpenBallot, Street(), BallotOf(meeting, alliance::v1::ITEM_KIND_PERSONNEL));
  PaperMaker first = Draw(Liaison("m1"), ballot);
  PaperMaker second = Draw(Liaison("m2"), ballot);
  Draw(Liaison("m3"), ballot);
  EXPECT_EQ(Vote(Liaison("m1"), ballot.name()), "BALLOT_SECRET");
  EXPECT_EQ(Refusal(&Ballots::OpenBox, Street(), Named{ballot.name()}), "");

  EXPECT_EQ(Cast(kNobody, ballot.name(), first.Vote(v1::CHOICE_FOR)), "");
  // Who calls signed in by mistake is not remembered: neither as a request nor in the journal.
  v1::Paper paper = second.Vote(v1::CHOICE_AGAINST);
  const int64_t before = Remembered();
  EXPECT_GT(before, 0);
  EXPECT_EQ(Cast(Liaison("m2"), ballot.name(), paper), "");
  EXPECT_EQ(Remembered(), before);
  paper.set_choice(v1::CHOICE_FOR);
  EXPECT_EQ(Cast(kNobody, ballot.name(), paper), "PAPER_INVALID");
  EXPECT_EQ(Cast(kNobody, meeting.name() + "/ballots/none", paper), "RESOURCE_NOT_FOUND");

  EXPECT_EQ(Refusal(&Ballots::CloseBallot, Street(), Named{ballot.name()}), "");
  v1::ListPapersRequest list = Under{ballot.name()};
  list.set_page_size(1);
  auto page = Do(&Ballots::ListPapers, Liaison("m3"), list);
  ASSERT_THAT(page.papers(), SizeIs(1));
  const std::string token = page.papers(0).token();
  list.set_page_token(page.next_page_token());
  page = Do(&Ballots::ListPapers, Liaison("m3"), list);
  ASSERT_THAT(page.papers(), SizeIs(1));
  EXPECT_LT(token, page.papers(0).token());
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(BallotServiceTest, AProxyIsGrantedForOnesOwnUnit) {
  const v1::Meeting meeting = Opened({"m1"});
  v1::GrantProxyRequest request = Under{meeting.name()};
  request.set_holder(Unit("m1"));
  EXPECT_EQ(Refusal(&Ballots::GrantProxy, Liaison("m2"), request), "");
  request.set_member(Unit("m3"));
  EXPECT_EQ(Refusal(&Ballots::GrantProxy, Liaison("m2"), request), "RESOURCE_NOT_FOUND");
  request.set_member("");
  request.set_holder(Unit("m2"));
  EXPECT_EQ(Refusal(&Ballots::GrantProxy, Liaison("m2"), request), "FIELD_INVALID");
  const Named proxy = {meeting.name() + "/proxies/m2"};
  EXPECT_EQ(Refusal(&Ballots::RevokeProxy, Liaison("m3"), proxy), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refusal(&Ballots::RevokeProxy, Liaison("m2"), proxy), "");
}

}  // namespace
}  // namespace jinhuan::meeting
