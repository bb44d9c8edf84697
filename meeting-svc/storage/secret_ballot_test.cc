// What a secret ballot keeps, and what it keeps to itself.
#include <gmock/gmock.h>

#include <algorithm>
#include <deque>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "meeting-svc/domain/paper.h"
#include "meeting-svc/domain/paper_maker.h"
#include "meeting-svc/storage/ballot_fixture.h"
#include "platform/db/query.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

class SecretBallotTest : public BallotTest {
 protected:
  // A secret ballot in its drawing.
  v1::Ballot Drawing(int units, int present) {
    const auto ballot = Open(InSession(units, present), alliance::v1::ITEM_KIND_PERSONNEL);
    EXPECT_TRUE(ballot.ok()) << ballot.status();
    EXPECT_EQ(ballot->state(), v1::Ballot::STATE_DRAWING);
    return ballot.value_or(v1::Ballot());
  }
  PaperMaker Drawn(const v1::Ballot& ballot, const std::string& member_id) {
    PaperMaker maker(ballot.public_key());
    const auto signature = DrawFor(IdOf(ballot), member_id, maker.Blind());
    EXPECT_TRUE(signature.ok()) << signature.status();
    maker.Finish(signature.value_or(""));
    return maker;
  }

  // The rows of a table, each as text with its bytes in hexadecimal.
  std::vector<std::string> Rows(const std::string& table) {
    const std::string columns = One(fmt::format(
        "SELECT GROUP_CONCAT('IFNULL(HEX(', column_name, '), \"\")' SEPARATOR ', \"|\", ') FROM "
        "information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{}'",
        table))[0];
    return One(fmt::format("SELECT CONCAT({}) FROM {}", columns, table));
  }
  std::vector<std::string> Tables() {
    return One("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()");
  }

 private:
  std::vector<std::string> One(const std::string& sql) {
    static auto& texts = *new std::deque<std::string>;
    static auto& queries = *new std::deque<db::Query>;
    queries.emplace_back(texts.emplace_back(sql).c_str(), "");
    std::vector<std::string> rows;
    auto lease = database_.pool().Acquire(absl::Now() + absl::Seconds(10));
    EXPECT_TRUE(
        (*lease)
            ->Select(queries.back(), {}, [&](const db::Row& row) { rows.push_back(row.Text(0)); })
            .ok());
    return rows;
  }
};

TEST_F(SecretBallotTest, GoesFromDrawingToBoxToOutcome) {
  const v1::Ballot ballot = Drawing(5, 4);
  const BallotId id = IdOf(ballot);
  PaperMaker one = Drawn(ballot, Id(0));
  PaperMaker two = Drawn(ballot, Id(1));
  EXPECT_EQ(ReasonOf(Cast(id, one.Vote(v1::CHOICE_FOR))), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(OpenBox(id).status()), "PAPERS_TOO_FEW");
  EXPECT_EQ(ReasonOf(Close(id).status()), "STATE_WRONG");
  PaperMaker three = Drawn(ballot, Id(2));
  ASSERT_TRUE(OpenBox(id).ok());
  PaperMaker late(ballot.public_key());
  EXPECT_EQ(ReasonOf(DrawFor(id, Id(3), late.Blind()).status()), "STATE_WRONG");

  EXPECT_TRUE(Cast(id, one.Vote(v1::CHOICE_FOR)).ok());
  EXPECT_TRUE(Cast(id, one.Vote(v1::CHOICE_FOR)).ok());  // the same again
  EXPECT_EQ(ReasonOf(Cast(id, one.Vote(v1::CHOICE_AGAINST))), "PAPER_USED");
  EXPECT_TRUE(Cast(id, two.Vote(v1::CHOICE_FOR)).ok());
  EXPECT_TRUE(Cast(id, three.Vote(v1::CHOICE_ABSTAIN)).ok());
  EXPECT_EQ(ReasonOf(Vote(id, Id(3), v1::CHOICE_FOR).status()), "BALLOT_SECRET");

  const auto running = GetBallot(id);
  EXPECT_EQ(running->count().voted_units(), 3);
  EXPECT_EQ(running->count().for_votes(), 0);  // not before it is closed
  const auto papers = [&] {
    return Do([&](db::Connection& c) { return ballots_.Papers(c, id, "", 10); });
  };
  EXPECT_EQ(ReasonOf(papers().status()), "STATE_WRONG");

  const auto closed = Close(id);
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->count().for_votes(), 2);
  EXPECT_EQ(closed->count().abstain_votes(), 1);
  EXPECT_EQ(closed->count().voted_units(), 3);
  EXPECT_EQ(closed->count().drawn_units(), 3);
  EXPECT_EQ(closed->count().present_units(), 4);
  EXPECT_EQ(closed->outcome(), v1::Ballot::OUTCOME_REJECTED);  // two of four are no majority
  EXPECT_EQ(ReasonOf(Cast(id, one.Vote(v1::CHOICE_FOR))), "STATE_WRONG");
  // Everyone counts again, and each finds its own.
  const auto shown = papers();
  ASSERT_EQ(shown->size(), 3u);
  EXPECT_EQ(DigestOf(*shown), closed->papers_digest());
  int found = 0;
  for (const v1::Paper& paper : *shown) {
    EXPECT_TRUE(IsValidPaper(paper, ballot.public_key()));
    if (paper.SerializeAsString() == two.Vote(v1::CHOICE_FOR).SerializeAsString()) ++found;
  }
  EXPECT_EQ(found, 1);
}

TEST_F(SecretBallotTest, AUnitDrawsOnePaperHoweverOftenItAsks) {
  const v1::Ballot ballot = Drawing(4, 3);
  const BallotId id = IdOf(ballot);
  PaperMaker maker(ballot.public_key());
  const std::string blinded = maker.Blind();
  const auto first = DrawFor(id, Id(0), blinded);
  EXPECT_EQ(DrawFor(id, Id(0), blinded).value_or(""), first.value_or("none"));
  EXPECT_EQ(ReasonOf(DrawFor(id, Id(0), maker.Blind()).status()), "PAPER_DRAWN");
  EXPECT_EQ(ReasonOf(DrawFor(id, Id(3), maker.Blind()).status()), "NOT_PRESENT");
  EXPECT_EQ(ReasonOf(DrawFor(id, Id(1), "short").status()), "FIELD_INVALID");
  EXPECT_EQ(GetBallot(id)->count().drawn_units(), 1);
}

TEST_F(SecretBallotTest, EveryUnitHasOneVoteWhateverItsTier) {
  const auto ballot = Open(InSession(4, 4, 2), alliance::v1::ITEM_KIND_PERSONNEL);
  ASSERT_TRUE(ballot.ok());
  EXPECT_EQ(ballot->count().entitled_votes(), 4);
}

TEST_F(SecretBallotTest, TheKeyIsSealedAndGoneOnceTheBoxIsOpen) {
  const v1::Ballot ballot = Drawing(4, 4);
  ASSERT_EQ(Rows("ballot_key").size(), 1u);
  BallotStore other(journal_, ids_, meetings_, std::string(32, 'x'));
  PaperMaker maker(ballot.public_key());
  EXPECT_FALSE(Do([&](db::Connection& c) {
                 return other.Draw(c, CallOf({Id(0)}), IdOf(ballot), Id(0), maker.Blind());
               }).ok());
  for (int i = 0; i < 3; ++i) Drawn(ballot, Id(i));
  ASSERT_TRUE(OpenBox(IdOf(ballot)).ok());
  EXPECT_TRUE(Rows("ballot_key").empty());
}

TEST_F(SecretBallotTest, AHundredCastThreeTimesEachAtOnceAndCountOnce) {
  constexpr int kUnits = 100;
  const v1::Ballot ballot = Drawing(kUnits, kUnits);
  const BallotId id = IdOf(ballot);
  std::vector<v1::Paper> papers(kUnits);
  std::vector<std::thread> threads;
  for (int t = 0; t < kUnits; ++t) {
    threads.emplace_back([&, t] {
      PaperMaker maker(ballot.public_key());
      const std::string blinded = maker.Blind();
      for (int again = 0; again < 3; ++again) {
        absl::StatusOr<std::string> signature;
        do signature = DrawFor(id, Id(t), blinded);
        while (absl::IsResourceExhausted(signature.status()));
        maker.Finish(signature.value_or(""));
      }
      papers[t] = maker.Vote(static_cast<v1::Choice>(1 + t % 3));
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(OpenBox(id).ok());
  threads.clear();
  for (int t = 0; t < kUnits; ++t) {
    threads.emplace_back([&, t] {
      for (int again = 0; again < 3; ++again) {
        absl::Status status;
        do status = Cast(id, papers[t]);
        while (absl::IsResourceExhausted(status));
        EXPECT_TRUE(status.ok()) << status;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto closed = Close(id);
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->count().for_votes(), 34);
  EXPECT_EQ(closed->count().against_votes(), 33);
  EXPECT_EQ(closed->count().abstain_votes(), 33);
  EXPECT_EQ(closed->count().drawn_units(), kUnits);
}

TEST_F(SecretBallotTest, NoRowOfAnyTableHasBothAUnitAndItsPaper) {
  const v1::Ballot ballot = Drawing(6, 6);
  const BallotId id = IdOf(ballot);
  std::vector<v1::Paper> papers;
  for (int i = 0; i < 6; ++i) {
    papers.push_back(Drawn(ballot, Id(i)).Vote(static_cast<v1::Choice>(1 + i % 3)));
  }
  ASSERT_TRUE(OpenBox(id).ok());
  const std::vector<std::string> before = Rows("ballot_elector");
  for (int i : {3, 0, 5, 1, 4, 2}) ASSERT_TRUE(Cast(id, papers[i]).ok());
  // Who watches the roll while votes come in sees nothing move, nor does the journal.
  EXPECT_EQ(Rows("ballot_elector"), before);
  ASSERT_TRUE(Close(id).ok());
  while (journal_.SealOnce().value_or(0) > 0) {
  }
  const auto hex = [](const std::string& text) {
    return absl::AsciiStrToUpper(absl::BytesToHexString(text));
  };
  size_t looked_at = 0;
  size_t papers_seen = 0;
  for (const std::string& table : Tables()) {
    for (const std::string& row : Rows(table)) {
      ++looked_at;
      for (const v1::Paper& paper : papers) {
        const bool tells = row.find(hex(paper.token())) != std::string::npos ||
                           row.find(hex(paper.prefix())) != std::string::npos ||
                           row.find(hex(paper.key())) != std::string::npos ||
                           row.find(hex(paper.signature())) != std::string::npos;
        if (!tells) continue;
        ++papers_seen;
        EXPECT_EQ(table, "ballot_paper");
        for (int i = 0; i < 6; ++i) {
          EXPECT_EQ(row.find(hex(Id(i))), std::string::npos) << table << ": " << row;
          EXPECT_EQ(row.find(hex("users/")), std::string::npos) << table << ": " << row;
        }
      }
    }
  }
  EXPECT_GT(looked_at, 30u);
  EXPECT_EQ(papers_seen, 6u);
  // The box lies in the order of the tokens, whatever order the votes came in.
  const std::vector<std::string> box = Rows("ballot_paper");
  EXPECT_TRUE(std::is_sorted(box.begin(), box.end()));
}

}  // namespace
}  // namespace jinhuan::meeting
