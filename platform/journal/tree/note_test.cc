#include "platform/journal/tree/note.h"

#include <absl/strings/escaping.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/journal/tree/base64.h"
#include "platform/journal/tree/checkpoint.h"

namespace jinhuan::journal::tree {
namespace {

using ::testing::SizeIs;

constexpr char kSeed[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

// The signed note of Go's golang.org/x/mod/sumdb/note.
TEST(NoteTest, VerifiesAPublishedNote) {
  const std::string text =
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n";
  const std::string note =
      text +
      "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp"
      "RZb6KE6RyyBwJnAM=\n";
  const auto key =
      PublicKey::Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  ASSERT_TRUE(key.ok()) << key.status();
  const auto parsed = ParseNote(note);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->text, text);
  ASSERT_THAT(parsed->signatures, SizeIs(1));
  EXPECT_TRUE(key->Verify(parsed->text, parsed->signatures[0]));
  EXPECT_FALSE(key->Verify(parsed->text + "x", parsed->signatures[0]));
  EXPECT_EQ(Format(*parsed), note);
  EXPECT_EQ(key->text(), "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

// And signs as its private key does.
TEST(NoteTest, SignsAsThePublishedKeyDoes) {
  const auto seed = FromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  ASSERT_TRUE(seed.has_value());
  const auto key =
      PrivateKey::FromSeed(KeyType::kLog, "PeterNeumann", absl::BytesToHexString(seed->substr(1)));
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(
      Format(key->Sign("If you think cryptography is the answer to your problem,\n"
                       "then you don't know what your problem is.\n")),
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
      "otpRZb6KE6RyyBwJnAM=\n");
}

// The example of c2sp.org/tlog-cosignature: id, time and length of a published line.
TEST(NoteTest, ReadsAPublishedCosignature) {
  const auto line = ParseSignature(
      "— witness.example.com/w1 "
      "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/"
      "zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==");
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(absl::BytesToHexString(line->key_id), "8d66cf3f");
  EXPECT_EQ(CosignatureTime(*line), 1679315147);
}

TEST(NoteTest, AWitnessSignsTimeAndText) {
  const auto witness = *PrivateKey::FromSeed(KeyType::kWitness, "witness.example/w", kSeed);
  const auto log = *PrivateKey::FromSeed(KeyType::kLog, "witness.example/w", kSeed);
  EXPECT_NE(witness.public_key().id(), log.public_key().id());
  const Signature signature = witness.Sign("a\n", 1'800'000'000);
  EXPECT_TRUE(witness.public_key().Verify("a\n", signature));
  EXPECT_FALSE(witness.public_key().Verify("b\n", signature));
  EXPECT_FALSE(log.public_key().Verify("a\n", signature));
  // The signed bytes, so that both sides can't be wrong together.
  EXPECT_EQ(log.Sign("cosignature/v1\ntime 1800000000\na\n").bytes, signature.bytes.substr(8));
  Signature later = signature;
  later.bytes[7] ^= 1;
  EXPECT_FALSE(witness.public_key().Verify("a\n", later));
}

TEST(NoteTest, TakesNothingElse) {
  const auto key = *PrivateKey::FromSeed(KeyType::kLog, "log.example/1", kSeed);
  Note note{.text = "text\n", .signatures = {}};
  note.signatures.push_back(key.Sign(note.text));
  const std::string good = Format(note);
  ASSERT_TRUE(ParseNote(good).ok());
  for (const std::string& bad : std::vector<std::string>{
           "", "\n", note.text, "text\n\n", good.substr(0, good.size() - 1), good + "x\n",
           good + "— a b\n", "text" + good.substr(4 + 2), "text\n\n— log.example/1 AAAA\n",
           "text\n\n— a+b " + good.substr(good.rfind(' ') + 1)}) {
    EXPECT_FALSE(ParseNote(bad).ok()) << bad;
  }
  const std::string text = key.public_key().text();
  EXPECT_EQ(PublicKey::Parse(text)->text(), text);
  for (const std::string& bad : {text.substr(1), text + "=", std::string("a+00000000+AA=="),
                                 std::string("++"), std::string("x"), "other" + text}) {
    EXPECT_FALSE(PublicKey::Parse(bad).ok()) << bad;
  }
  EXPECT_FALSE(PrivateKey::FromSeed(KeyType::kLog, "a b", kSeed).ok());
  EXPECT_FALSE(PrivateKey::FromSeed(KeyType::kLog, "a", "00").ok());
  EXPECT_FALSE(ParseWitnessKeys(text).ok());
  const auto witness = *PrivateKey::FromSeed(KeyType::kWitness, "w", kSeed);
  const auto keys = ParseWitnessKeys("# ours\r\n\n" + witness.public_key().text() + "\r\n");
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_THAT(*keys, SizeIs(1));
  const auto renamed = *PrivateKey::FromSeed(KeyType::kWitness, "v", kSeed);
  for (const PublicKey& twice : {witness.public_key(), renamed.public_key()}) {
    EXPECT_FALSE(ParseWitnessKeys(witness.public_key().text() + "\n" + twice.text()).ok());
  }
}

TEST(CheckpointTest, IsReadAsItIsWritten) {
  const Checkpoint checkpoint{"jinhuan.test.v1/1", 12, Hash(32, 'r'), Algorithm::kSha256};
  const std::string text = Format(checkpoint);
  EXPECT_EQ(text, "jinhuan.test.v1/1\n12\n" + ToBase64(Hash(32, 'r')) + "\nhash sha256\n");
  ASSERT_TRUE(ParseCheckpoint(text).ok());
  EXPECT_EQ(*ParseCheckpoint(text), checkpoint);
  const std::string root = ToBase64(Hash(32, 'r'));
  for (const std::string& bad : std::vector<std::string>{
           "", text + "more\n", text.substr(1 + text.find('\n')),
           "o\n012\n" + root + "\nhash sm3\n", "o\n-1\n" + root + "\nhash sm3\n",
           "o\n9999999999999999999\n" + root + "\nhash sm3\n", "o\n1\nAAAA\nhash sm3\n",
           "o\n1\n" + root + "\nhash md5\n", "o\n1\n" + root + "\n",
           "\n1\n" + root + "\nhash sm3\n"}) {
    EXPECT_FALSE(ParseCheckpoint(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace jinhuan::journal::tree
