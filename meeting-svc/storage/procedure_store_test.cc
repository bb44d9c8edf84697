#include "meeting-svc/storage/procedure_store.h"

#include <gmock/gmock.h>

#include "meeting-svc/storage/ballot_fixture.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

class ProcedureStoreTest : public BallotTest {
 protected:
  absl::StatusOr<v1::Procedure> Start(const std::string& from, const std::string& topic = "") {
    v1::Procedure sent;
    sent.set_topic(topic);
    sent.set_title("共享停车");
    sent.set_template_("alliances/a/procedureTemplates/" + from);
    return Do([&](db::Connection& c) { return procedures_.Start(c, Call(), "alliances/a", sent); });
  }
  absl::StatusOr<v1::Procedure> Move(const std::string& name, int step,
                                     const std::string& ballot = "") {
    v1::AdvanceProcedureRequest request;
    request.set_name(name);
    request.set_step(step);
    request.set_record("通过");
    request.set_ballot(ballot);
    return Do([&](db::Connection& c) { return procedures_.MoveOn(c, Call(), request); });
  }
  absl::StatusOr<v1::ProcedureTemplate> Put(const v1::ProcedureTemplate& sent) {
    return Do([&](db::Connection& c) { return procedures_.PutTemplate(c, Call(), sent); });
  }
  std::vector<v1::ProcedureTemplate> Templates() {
    return *Do([&](db::Connection& c) { return procedures_.Templates(c, "alliances/a"); });
  }

  TopicStore topics_{journal_, ids_};
  ProcedureStore procedures_{journal_, ids_, meetings_, ballots_, topics_};
};

TEST_F(ProcedureStoreTest, ABallotThatCarriedEndsAPlainOne) {
  const auto procedure = Start("plain");
  ASSERT_TRUE(procedure.ok()) << procedure.status();
  const std::string name = procedure->name();
  const MeetingKey key = InSession(4, 4);
  const BallotId lost = IdOf(*Open(key, alliance::v1::ITEM_KIND_ORDINARY));
  ASSERT_TRUE(Close(lost).ok());
  const BallotId won = IdOf(*Open(key, alliance::v1::ITEM_KIND_ORDINARY));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Vote(won, Id(i), v1::CHOICE_FOR).ok());
  ASSERT_TRUE(Close(won).ok());

  EXPECT_EQ(ReasonOf(Move(name, 0).status()), "STAGE_UNMET");
  EXPECT_EQ(ReasonOf(Move(name, 0, lost.name()).status()), "STAGE_UNMET");
  EXPECT_EQ(ReasonOf(Move(name, 0, "alliances/b/meetings/m/ballots/b").status()),
            "RESOURCE_NOT_FOUND");
  const auto done = Move(name, 0, won.name());
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->state(), v1::Procedure::STATE_COMPLETED);
  EXPECT_EQ(done->steps(0).meeting(), key.name());
  EXPECT_EQ(ReasonOf(Move(name, 1).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Move("alliances/a/procedures/none", 0).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(ProcedureStoreTest, AStoppedOneGoesNoFurtherAndListsFollowTheState) {
  const std::string one = Start("four-two")->name();
  const std::string two = Start("consultation")->name();
  EXPECT_EQ(ReasonOf(Start("none").status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Start("plain", "alliances/a/topics/none").status()), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(
      Do([&](db::Connection& c) { return procedures_.Stop(c, Call(), one, "未通过"); }).ok());
  EXPECT_EQ(ReasonOf(Move(one, 0).status()), "STATE_WRONG");
  const auto list = [&](v1::Procedure::State state, const std::string& before, int limit) {
    std::vector<std::string> names;
    const auto page = Do([&](db::Connection& c) {
      return procedures_.List(c, "alliances/a", state, before, limit);
    });
    for (const v1::Procedure& procedure : *page) names.push_back(procedure.name());
    return names;
  };
  EXPECT_EQ(list(v1::Procedure::STATE_UNSPECIFIED, "~", 10), (std::vector{two, one}));
  EXPECT_EQ(list(v1::Procedure::STATE_UNSPECIFIED, api::LastId(two), 10), std::vector{one});
  EXPECT_EQ(list(v1::Procedure::STATE_STOPPED, "~", 10), std::vector{one});
}

TEST_F(ProcedureStoreTest, TheStreetChangesTemplatesAndWhatRunsKeepsItsStages) {
  const std::string running = Start("plain")->name();
  ASSERT_EQ(Templates().size(), 3u);
  v1::ProcedureTemplate plain = Templates()[2];
  *plain.add_stages() = plain.stages(0);
  const auto changed = Put(plain);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(Templates().size(), 3u);
  EXPECT_EQ(Templates()[2].stages_size(), 2);
  plain.set_etag("7");
  EXPECT_EQ(ReasonOf(Put(plain).status()), "ETAG_STALE");
  plain.set_etag(changed->etag());
  EXPECT_TRUE(Put(plain).ok());
  plain.set_etag("");
  plain.set_name("alliances/a/procedureTemplates/own");
  EXPECT_TRUE(Put(plain).ok());
  EXPECT_EQ(Templates().size(), 4u);
  EXPECT_EQ(Do([&](db::Connection& c) { return procedures_.Get(c, running); })->steps_size(), 1);
  EXPECT_EQ(Start("own")->steps_size(), 2);
}

TEST_F(ProcedureStoreTest, EveryQueryUsesItsIndex) {
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(Start(i % 2 == 0 ? "plain" : "four-two").ok());
  Run("UPDATE procedure_run SET state = 2 WHERE state = 1 LIMIT 30");
  for (int i = 0; i < 30; ++i) {
    v1::ProcedureTemplate one = Templates()[0];
    one.set_name(fmt::format("alliances/a/procedureTemplates/t{}", i));
    one.clear_etag();
    ASSERT_TRUE(Put(one).ok());
  }
  testing::ExpectQueriesUseTheirIndex(database_);
}

}  // namespace
}  // namespace jinhuan::meeting
