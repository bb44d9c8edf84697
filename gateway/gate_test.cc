#include "gateway/gate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "gateway/testing/test_backend.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/time.h"
#include "platform/rpc/caller_token.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

TEST(CallerInTest, IsTheSameUntilTheCallerIsAnother) {
  const auto signer = rpc::CallerTokenSigner::FromSeed(kTestSeed);
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  auth::v1::Caller caller;
  caller.set_name("users/u1");
  const auto sign = [&](absl::Time at) {
    return CallerIn({{"traceparent", "x"}, {rpc::kCallerMetadata, signer->Sign(caller, "a", at)}},
                    at);
  };
  const std::string before = sign(now);
  EXPECT_NE(before, "");
  EXPECT_EQ(sign(now + absl::Seconds(40)), before);
  caller.add_grants()->set_role(auth::v1::ROLE_INTERNAL);
  EXPECT_NE(sign(now), before);
  EXPECT_EQ(CallerIn({{"traceparent", "x"}}, now), "");
}

// What a service was told ahead of time changes nothing until the time comes.
TEST(CallerInTest, IsAnotherWhenATermBeginsAndEnds) {
  const auto signer = rpc::CallerTokenSigner::FromSeed(kTestSeed);
  const absl::Time begin = absl::FromUnixSeconds(1'800'000'000);
  const absl::Time end = begin + absl::Hours(1);
  auth::v1::Caller caller;
  caller.set_name("users/u1");
  const auto at = [&](absl::Time now) {
    return CallerIn({{rpc::kCallerMetadata, signer->Sign(caller, "a", now)}}, now);
  };
  const std::string none = at(begin);
  auth::v1::Grant& chair = *caller.add_grants();
  chair.set_role(auth::v1::ROLE_CHAIR);
  *chair.mutable_start_time() = api::ToProto(begin);
  *chair.mutable_expire_time() = api::ToProto(end);
  EXPECT_EQ(at(begin - absl::Seconds(1)), none);
  const std::string during = at(begin);
  EXPECT_NE(during, none);
  EXPECT_EQ(at(end - absl::Seconds(1)), during);
  EXPECT_EQ(at(end), none);
  *chair.mutable_expire_time() = api::ToProto(end + absl::Hours(1));
  EXPECT_EQ(at(end), during);  // a longer term gives no other right
}

class RecogniseTest : public testing::Test {
 protected:
  Visitor Recognise(const std::map<std::string, std::string, std::less<>>& headers,
                    std::string_view peer) {
    return gate_.Recognise(
        [&](std::string_view name) {
          const auto found = headers.find(name);
          return found == headers.end() ? std::string_view() : std::string_view(found->second);
        },
        peer);
  }
  // What a service learns of a visitor who calls a public method.
  CallMetadata Told(const Visitor& visitor, Passage& passage) {
    CallMetadata told;
    gate_.Identify(visitor, passage, [&](const absl::StatusOr<CallMetadata>& metadata) {
      status_ = metadata.status();
      if (metadata.ok()) told = *metadata;
    });
    return told;
  }

  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  RandomIdSource ids_{clock_};
  const absl::StatusOr<rpc::CallerTokenSigner> signer_ =
      rpc::CallerTokenSigner::FromSeed(kTestSeed);
  Sessions sessions_{[](const auto&, std::function<void(Sessions::Answer)> done) {
                       done(Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED));
                     },
                     *signer_,
                     clock_,
                     {}};
  http::RateLimit by_address_{3, 60, clock_};
  http::RateLimit by_caller_{2, 60, clock_};
  http::RateLimit sign_ins_{1, 1, clock_};
  http::RateLimit reads_{3, 3, clock_};
  http::RateLimit writes_{2, 10 / 60.0, clock_};
  rpc::Admission admission_{8, 8};
  http::PlaceLimit streams_{4};
  http::PlaceLimit own_streams_{2, 3};
  http::PlaceLimit awaited_{2, 3};
  const Gate gate_{{clock_,
                    ids_,
                    sessions_,
                    by_address_,
                    by_caller_,
                    sign_ins_,
                    reads_,
                    writes_,
                    admission_,
                    streams_,
                    own_streams_,
                    awaited_,
                    {"10.1.1.1"}}};
  absl::Status status_;
};

TEST_F(RecogniseTest, ServicesLearnWhereTheClientIsAndWhatItIs) {
  Method method;
  method.open = true;
  Passage passage;
  passage.method = &method;
  CallMetadata told =
      Told(Recognise({{"x-forwarded-for", "192.0.2.7"}, {"user-agent", "浏览器\n1"}}, "10.1.1.1"),
           passage);
  EXPECT_THAT(told, testing::Contains(testing::Pair("jinhuan-client-address", "192.0.2.7")));
  EXPECT_THAT(told, testing::Contains(testing::Pair("jinhuan-client-agent", "??????????1")));
  told = Told(Recognise({{"x-forwarded-for", "192.0.2.7"}}, "10.1.1.2"), passage);
  EXPECT_THAT(told, testing::Contains(testing::Pair("jinhuan-client-address", "10.1.1.2")));
  told = Told(Recognise({{"x-forwarded-for", "nonsense"}}, "10.1.1.1"), passage);
  EXPECT_THAT(told, testing::Not(testing::Contains(testing::Key("jinhuan-client-address"))));
  EXPECT_EQ(Recognise({{"user-agent", std::string(500, 'x')}}, "").user_agent.size(), 200u);
}

// gRPC ends the process that sends it anything but printable ASCII.
TEST_F(RecogniseTest, WhatIsNoMetadataIsNotTold) {
  Method method;
  method.open = true;
  Passage passage;
  passage.method = &method;
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const auto told = [&](const std::string& state, const std::string& address) {
    return Told(
        Recognise({{"traceparent", trace}, {"tracestate", state}, {"x-forwarded-for", address}},
                  "10.1.1.1"),
        passage);
  };
  EXPECT_THAT(told("a=1", "10.0.0.1"), testing::Contains(testing::Pair("tracestate", "a=1")));
  const CallMetadata bad = told("a=\xFF", std::string("10.0.0.1\0\x89", 10));
  EXPECT_THAT(bad, testing::Contains(testing::Pair("traceparent", trace)));
  EXPECT_THAT(bad, testing::Not(testing::Contains(testing::Key("tracestate"))));
  EXPECT_THAT(bad, testing::Not(testing::Contains(testing::Key("jinhuan-client-address"))));
}

TEST_F(RecogniseTest, ACallerAndAnAddressCallSoOften) {
  Method method;
  const auto call = [&](const char* address, const char* credential) {
    Visitor visitor = Recognise({}, address);
    visitor.credential = credential;
    Passage passage;
    return ReasonOf(gate_.Open(method, "grpc", visitor, passage));
  };
  EXPECT_EQ(call("10.0.0.1", "first"), "");
  EXPECT_EQ(call("10.0.0.1", "first"), "");
  EXPECT_EQ(call("10.0.0.1", "first"), "RATE_LIMITED");
  EXPECT_EQ(call("10.0.0.2", "first"), "RATE_LIMITED");  // wherever it comes from
  EXPECT_EQ(call("10.0.0.2", "second"), "");
  EXPECT_EQ(call("10.0.0.1", ""), "RATE_LIMITED");
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(call("10.0.0.1", "first"), "");
  EXPECT_EQ(call("10.0.0.1", "second"), "RATE_LIMITED");
}

TEST_F(RecogniseTest, StreamsOfASubscribersIpv6CountTogether) {
  Method method;
  method.kind = Kind::kServerStream;
  std::vector<std::unique_ptr<Passage>> open;
  const auto reason = [&](const std::string& address) {
    clock_.Advance(absl::Hours(1));  // of calls there are enough
    Visitor visitor = Recognise({}, address);
    open.push_back(std::make_unique<Passage>());
    return ReasonOf(gate_.Open(method, "grpc", visitor, *open.back()));
  };
  for (int i = 1; i <= 4; ++i) EXPECT_EQ(reason(fmt::format("2001:db8::{}", i)), "");
  EXPECT_EQ(reason("2001:db8::5"), "OVERLOADED");
  EXPECT_EQ(reason("2001:db8:0:1::1"), "");
  open.erase(open.begin());
  EXPECT_EQ(reason("2001:db8::5"), "");
}

TEST_F(RecogniseTest, WithoutSigningInOneAddressCallsSoOften) {
  Method method;
  method.open = true;
  const auto call = [&](const char* address, const char* credential = "") {
    Visitor visitor = Recognise({}, address);
    visitor.credential = credential;
    Passage passage;
    passage.method = &method;
    Told(visitor, passage);
    const std::string reason = ReasonOf(status_);
    Told(visitor, passage);  // as a stream does: counted once
    return reason;
  };
  EXPECT_EQ(call("10.0.0.1"), "");
  EXPECT_EQ(call("10.0.0.1", "a-credential-that-is-not-good"), "");
  EXPECT_EQ(call("10.0.0.1"), "RATE_LIMITED");
  EXPECT_EQ(call("10.0.0.1", "a-credential-that-is-not-good"), "RATE_LIMITED");
  EXPECT_EQ(call("10.0.0.2"), "");
  method.safe = true;  // reads have a bucket of their own
  for (int i = 0; i < 3; ++i) EXPECT_EQ(call("10.0.0.1"), "");
  EXPECT_EQ(call("10.0.0.1"), "RATE_LIMITED");
  method.safe = false;
  clock_.Advance(absl::Minutes(6));
  EXPECT_EQ(call("10.0.0.1"), "");
  method.signs_in = true;  // Open counts those
  EXPECT_EQ(call("10.0.0.1"), "");
}

TEST_F(RecogniseTest, OfWhoBringsAProofAServiceLearnsNothing) {
  Method method;
  method.open = true;
  method.self_proving = true;
  Visitor visitor =
      Recognise({{"user-agent", "browser"}, {"traceparent", "00-1-2-01"}}, "10.0.0.9");
  visitor.credential = "a-session";
  Passage passage;
  passage.method = &method;
  for (int i = 0; i < 9; ++i) {  // nor is it counted against the address
    const CallMetadata told = Told(visitor, passage);
    EXPECT_TRUE(status_.ok()) << status_;
    EXPECT_THAT(told, testing::ElementsAre(testing::Key(rpc::kRequestMetadata)));
  }
}

TEST_F(RecogniseTest, AUnaryCallIsAdmittedWhenItsMessageHasCome) {
  Method method;
  const auto open = [&](const char* address, Passage& passage) {
    return ReasonOf(
        gate_.Open(method, "grpc", Recognise({}, address), passage, Gate::Message::kAwaited));
  };
  Passage first, second, third, fourth;
  EXPECT_EQ(open("192.0.2.1", first), "");
  EXPECT_EQ(open("192.0.2.1", second), "");
  EXPECT_EQ(open("192.0.2.1", third), "OVERLOADED");
  EXPECT_EQ(open("192.0.2.2", third), "");
  EXPECT_EQ(open("192.0.2.3", fourth), "OVERLOADED");
  EXPECT_FALSE(first.ticket.has_value());
  EXPECT_TRUE(gate_.Admit(first).ok());
  EXPECT_TRUE(first.ticket.has_value());
  EXPECT_EQ(open("192.0.2.3", fourth), "");  // it awaits nothing any more
}

TEST_F(RecogniseTest, StreamsOfTheGatewaysOwnHaveTheirOwnPlaces) {
  Method method;
  method.kind = Kind::kServerStream;
  method.own = true;
  const auto open = [&](const char* address, const char* credential, Passage& passage) {
    Visitor visitor = Recognise({}, address);
    visitor.credential = credential;
    return ReasonOf(gate_.Open(method, "grpc", visitor, passage));
  };
  Passage first, second, third, fourth;
  EXPECT_EQ(open("192.0.2.1", "", first), "");
  EXPECT_EQ(open("192.0.2.1", "one", second), "");
  EXPECT_EQ(open("192.0.2.1", "two", third), "OVERLOADED");
  EXPECT_EQ(open("192.0.2.2", "", third), "");
  EXPECT_EQ(open("192.0.2.3", "", fourth), "OVERLOADED");
  EXPECT_FALSE(first.ticket.has_value());
}

}  // namespace
}  // namespace jinhuan::gateway
