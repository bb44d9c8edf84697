#include "meeting-svc/domain/paper.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "meeting-svc/domain/blind_signature.h"
#include "meeting-svc/domain/paper_maker.h"
#include "meeting-svc/domain/rfc9474_vector.h"

namespace jinhuan::meeting {
namespace {

std::string Hex(const char* text) { return absl::HexStringToBytes(text); }

const BallotKey& Key() {
  static const BallotKey key = *BallotKey::Generate();
  return key;
}

v1::Paper Voted(v1::Choice choice) {
  PaperMaker maker(Key().PublicDer());
  maker.Finish(Key().BlindSign(maker.Blind()).value_or(""));
  return maker.Vote(choice);
}

TEST(BlindSignatureTest, SignsAndVerifiesTheVectorOfTheRfc) {
  const auto key = BallotKey::FromDer(Hex(rfc9474::kPrivateKey));
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->BlindSign(Hex(rfc9474::kBlindedMessage)).value_or(""),
            Hex(rfc9474::kBlindSignature));
  std::string message = Hex(rfc9474::kPreparedMessage);
  EXPECT_TRUE(IsSignedBy(key->PublicDer(), message, Hex(rfc9474::kSignature)));
  message[0] ^= 1;
  EXPECT_FALSE(IsSignedBy(key->PublicDer(), message, Hex(rfc9474::kSignature)));
}

TEST(BlindSignatureTest, AKeyComesBackFromItsBytes) {
  const auto again = BallotKey::FromDer(Key().PrivateDer());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->PublicDer(), Key().PublicDer());
  EXPECT_FALSE(BallotKey::FromDer("no key").ok());
  EXPECT_FALSE(IsSignedBy("no key", "message", std::string(256, 'x')));
}

TEST(BlindSignatureTest, TakesOnlyNumbersBelowTheModulus) {
  EXPECT_TRUE(absl::IsInvalidArgument(Key().BlindSign(std::string(256, '\xFF')).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Key().BlindSign(std::string(255, '\1')).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Key().BlindSign("").status()));
}

TEST(PaperTest, AVoteWithEachChoiceIsValid) {
  for (const auto choice : {v1::CHOICE_FOR, v1::CHOICE_AGAINST, v1::CHOICE_ABSTAIN}) {
    EXPECT_TRUE(IsValidPaper(Voted(choice), Key().PublicDer())) << choice;
  }
}

TEST(PaperTest, NobodyElseChangesAVoteOrMakesAPaper) {
  const v1::Paper good = Voted(v1::CHOICE_FOR);
  const auto refused = [&](auto change) {
    v1::Paper paper = good;
    change(paper);
    return !IsValidPaper(paper, Key().PublicDer());
  };
  EXPECT_TRUE(refused([](v1::Paper& p) { p.set_choice(v1::CHOICE_AGAINST); }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.set_choice(v1::CHOICE_UNSPECIFIED); }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.set_choice(static_cast<v1::Choice>(4)); }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.mutable_key()->at(0) ^= 1; }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.mutable_token()->at(0) ^= 1; }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.mutable_prefix()->at(0) ^= 1; }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.mutable_signature()->at(9) ^= 1; }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.mutable_seals(2)->at(0) ^= 1; }));
  EXPECT_TRUE(refused([](v1::Paper& p) { p.mutable_seals()->RemoveLast(); }));
  // To vote otherwise, seals of one's own are not enough: the signature is on the token.
  PaperMaker own(Key().PublicDer());
  EXPECT_TRUE(refused([&](v1::Paper& p) {
    const std::string signature = p.signature();
    p = own.Vote(v1::CHOICE_AGAINST);
    p.set_signature(signature);
  }));
  EXPECT_FALSE(IsValidPaper(good, BallotKey::Generate()->PublicDer()));
}

TEST(PaperTest, WhatIsSignedHasNothingInCommonWithThePaper) {
  PaperMaker maker(Key().PublicDer());
  const std::string first = maker.Blind();
  const std::string second = maker.Blind();  // the same paper, blinded anew
  EXPECT_NE(first, second);
  maker.Finish(*Key().BlindSign(second));
  EXPECT_NE(maker.Vote(v1::CHOICE_FOR).signature(), *Key().BlindSign(second));
}

TEST(PaperTest, TheDigestTellsOfEveryChange) {
  v1::Paper one;
  one.set_token("a");
  one.set_choice(v1::CHOICE_FOR);
  v1::Paper two = one;
  two.set_choice(v1::CHOICE_AGAINST);
  EXPECT_NE(DigestOf({one}), DigestOf({two}));
  EXPECT_NE(DigestOf({one}), DigestOf({one, two}));
  EXPECT_EQ(DigestOf({one, two}), DigestOf({one, two}));
}

}  // namespace
}  // namespace jinhuan::meeting
