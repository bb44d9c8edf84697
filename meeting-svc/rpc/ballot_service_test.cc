#include "meeting-svc/rpc/ballot_service.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <deque>

#include "meeting-svc/domain/paper_maker.h"
#include "meeting-svc/storage/ballot_fixture.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

using Stub = v1::BallotService::Stub;

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

auth::v1::Caller CallerOf(auth::v1::Role role, const std::string& unit) {
  auth::v1::Caller caller;
  caller.set_name("users/" + unit);
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance("alliances/a");
  if (!unit.empty()) grant.set_member("alliances/a/members/" + unit);
  return caller;
}
auth::v1::Caller Liaison(const std::string& unit) { return CallerOf(auth::v1::ROLE_LIAISON, unit); }

// The service as it is called, in this process.
class BallotServiceTest : public BallotTest {
 protected:
  BallotServiceTest() {
    server_ = grpc::ServerBuilder().RegisterService(&service_).BuildAndStart();
    stub_ = v1::BallotService::NewStub(server_->InProcessChannel({}));
  }

  // Calls `method` as `caller`; without a caller as nobody.
  template <class Request, class Response>
  absl::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const auth::v1::Caller& caller, const Request& request, Response* response) {
    grpc::ClientContext context;
    if (!caller.name().empty()) {
      context.AddMetadata(rpc::kCallerMetadata,
                          signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now()));
    }
    return rpc::FromGrpc((*stub_.*method)(&context, request, response));
  }
  std::string OpenAs(const auth::v1::Caller& caller, const MeetingKey& key,
                     alliance::v1::ItemKind kind, v1::Ballot* ballot) {
    v1::OpenBallotRequest request;
    request.set_parent(key.name());
    request.mutable_ballot()->set_question("是否通过");
    request.mutable_ballot()->set_kind(kind);
    return ReasonOf(Call(&Stub::OpenBallot, caller, request, ballot));
  }
  std::string VoteAs(const auth::v1::Caller& caller, const v1::Ballot& ballot,
                     const std::string& member = "") {
    v1::CastVoteRequest request;
    request.set_name(ballot.name());
    request.set_choice(v1::CHOICE_FOR);
    request.set_member(member);
    v1::Elector elector;
    return ReasonOf(Call(&Stub::CastVote, caller, request, &elector));
  }

  FakeClock clock_{now_};
  const absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  absl::StatusOr<std::unique_ptr<rpc::CallerTokenVerifier>> verifier_ =
      rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 64};
  rpc::Metrics metrics_;
  BallotService service_{
      {clock_, ids_, **verifier_, admission_, metrics_}, database_.pool(), ballots_, proxies_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(BallotServiceTest, TheChairOpensAndLiaisonsVoteForTheirUnits) {
  const MeetingKey key = InSession(3, 3);
  v1::Ballot ballot;
  EXPECT_EQ(OpenAs(Liaison(Id(0)), key, alliance::v1::ITEM_KIND_ORDINARY, &ballot),
            "ROLE_REQUIRED");
  ASSERT_EQ(
      OpenAs(CallerOf(auth::v1::ROLE_CHAIR, Id(0)), key, alliance::v1::ITEM_KIND_ORDINARY, &ballot),
      "");
  EXPECT_EQ(VoteAs(Liaison(Id(1)), ballot), "");
  EXPECT_EQ(VoteAs(Liaison(Id(1)), ballot, "alliances/a/members/" + Id(2)), "NOT_PRESENT");
  EXPECT_EQ(VoteAs(Liaison(Id(1)), ballot, "alliances/b/members/x"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(VoteAs(CallerOf(auth::v1::ROLE_STAFF, Id(2)), ballot), "ROLE_REQUIRED");
  EXPECT_EQ(VoteAs({}, ballot), "SIGN_IN_REQUIRED");

  v1::ListElectorsRequest request;
  request.set_parent(ballot.name());
  request.set_page_size(2);
  v1::ListElectorsResponse page;
  ASSERT_TRUE(Call(&Stub::ListElectors, Liaison(Id(0)), request, &page).ok());
  ASSERT_EQ(page.electors_size(), 2);
  EXPECT_EQ(page.electors(1).choice(), v1::CHOICE_FOR);
  request.set_page_token(page.next_page_token());
  ASSERT_TRUE(Call(&Stub::ListElectors, Liaison(Id(0)), request, &page).ok());
  EXPECT_EQ(page.electors_size(), 1);
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(BallotServiceTest, PapersAreDrawnSignedInAndCastByNobody) {
  const MeetingKey key = InSession(3, 3);
  v1::Ballot ballot;
  const auto street = CallerOf(auth::v1::ROLE_STREET_ADMIN, "");
  auto named_street = street;
  named_street.set_name("users/street");
  ASSERT_EQ(OpenAs(named_street, key, alliance::v1::ITEM_KIND_PERSONNEL, &ballot), "");
  std::vector<PaperMaker> makers;
  for (int i = 0; i < 3; ++i) {
    PaperMaker& maker = makers.emplace_back(ballot.public_key());
    v1::DrawPaperRequest draw;
    draw.set_name(ballot.name());
    draw.set_blinded_message(maker.Blind());
    draw.set_request_id("draw");
    v1::DrawPaperResponse drawn;
    ASSERT_TRUE(Call(&Stub::DrawPaper, Liaison(Id(i)), draw, &drawn).ok());
    maker.Finish(drawn.blind_signature());
  }
  EXPECT_EQ(VoteAs(Liaison(Id(0)), ballot), "BALLOT_SECRET");
  v1::OpenBoxRequest box;
  box.set_name(ballot.name());
  ASSERT_TRUE(Call(&Stub::OpenBox, named_street, box, &ballot).ok());

  v1::CastPaperRequest cast;
  cast.set_name(ballot.name());
  v1::CastPaperResponse done;
  *cast.mutable_paper() = makers[0].Vote(v1::CHOICE_FOR);
  EXPECT_TRUE(Call(&Stub::CastPaper, {}, cast, &done).ok());
  // Who calls signed in by mistake is not remembered: neither as a request nor in the journal.
  *cast.mutable_paper() = makers[1].Vote(v1::CHOICE_AGAINST);
  const auto rows = [&] {
    int64_t count = 0;
    for (const char* table : {"request", "journal_unsealed", "journal_entry"}) {
      count += *Do([&](db::Connection& c) -> absl::StatusOr<int64_t> {
        static auto& queries = *new std::deque<db::Query>;
        static auto& texts = *new std::deque<std::string>;
        queries.emplace_back(texts.emplace_back(fmt::format("SELECT 1 FROM {}", table)).c_str(),
                             "");
        return c.Select(queries.back(), {}, [](const db::Row&) {});
      });
    }
    return count;
  };
  const int64_t before = rows();
  EXPECT_TRUE(Call(&Stub::CastPaper, Liaison(Id(1)), cast, &done).ok());
  EXPECT_EQ(rows(), before);
  cast.mutable_paper()->set_choice(v1::CHOICE_FOR);
  EXPECT_EQ(ReasonOf(Call(&Stub::CastPaper, {}, cast, &done)), "PAPER_INVALID");
  cast.set_name(key.name() + "/ballots/none");
  EXPECT_EQ(ReasonOf(Call(&Stub::CastPaper, {}, cast, &done)), "RESOURCE_NOT_FOUND");

  v1::CloseBallotRequest close;
  close.set_name(ballot.name());
  ASSERT_TRUE(Call(&Stub::CloseBallot, named_street, close, &ballot).ok());
  v1::ListPapersRequest list;
  list.set_parent(ballot.name());
  list.set_page_size(1);
  v1::ListPapersResponse papers;
  ASSERT_TRUE(Call(&Stub::ListPapers, Liaison(Id(2)), list, &papers).ok());
  ASSERT_EQ(papers.papers_size(), 1);
  const std::string first = papers.papers(0).token();
  list.set_page_token(papers.next_page_token());
  ASSERT_TRUE(Call(&Stub::ListPapers, Liaison(Id(2)), list, &papers).ok());
  ASSERT_EQ(papers.papers_size(), 1);
  EXPECT_LT(first, papers.papers(0).token());
  EXPECT_EQ(papers.next_page_token(), "");
}

TEST_F(BallotServiceTest, AProxyIsGrantedForOnesOwnUnit) {
  const MeetingKey key = InSession(4, 1);
  v1::GrantProxyRequest request;
  request.set_parent(key.name());
  request.set_holder("alliances/a/members/" + Id(0));
  v1::Proxy proxy;
  ASSERT_TRUE(Call(&Stub::GrantProxy, Liaison(Id(1)), request, &proxy).ok());
  request.set_member("alliances/a/members/" + Id(2));
  EXPECT_EQ(ReasonOf(Call(&Stub::GrantProxy, Liaison(Id(1)), request, &proxy)),
            "RESOURCE_NOT_FOUND");
  request.set_member("");
  request.set_holder("alliances/a/members/" + Id(1));
  EXPECT_EQ(ReasonOf(Call(&Stub::GrantProxy, Liaison(Id(1)), request, &proxy)), "FIELD_INVALID");
  v1::RevokeProxyRequest revoke;
  revoke.set_name(key.name() + "/proxies/" + Id(1));
  EXPECT_EQ(ReasonOf(Call(&Stub::RevokeProxy, Liaison(Id(2)), revoke, &proxy)),
            "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(Call(&Stub::RevokeProxy, Liaison(Id(1)), revoke, &proxy).ok());
}

}  // namespace
}  // namespace jinhuan::meeting
