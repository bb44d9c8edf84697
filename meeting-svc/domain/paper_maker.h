#pragma once

// What a voter's program does (RFC 9474, 4.1, 4.2 and 4.4), for tests: the portal has its
// own. Written with the bare numbers of OpenSSL.

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <string>

#include "jinhuan/meeting/v1/ballot.pb.h"

namespace jinhuan::meeting {

// One voter's paper, from blinding to vote.
class PaperMaker {
 public:
  explicit PaperMaker(const std::string& public_key) {
    const auto* der = reinterpret_cast<const unsigned char*>(public_key.data());
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        d2i_PUBKEY(nullptr, &der, static_cast<int64_t>(public_key.size())), EVP_PKEY_free);
    BIGNUM* n = nullptr;
    EVP_PKEY_get_bn_param(key.get(), "n", &n);
    n_.reset(n);
    for (std::string& secret : keys_) secret = Random(32);
    std::string seals;
    for (const std::string& secret : keys_) {
      paper_.add_seals(Sha256(secret));
      seals += Sha256(secret);
    }
    paper_.set_token(Sha256(seals));
    paper_.set_prefix(Random(32));
  }

  // The message to have signed.
  std::string Blind() {
    const Number message = FromBytes(Encoded(paper_.prefix() + paper_.token()));
    const Number random(BN_new());
    BN_rand_range(random.get(), n_.get());
    BN_mod_inverse(inverse_.get(), random.get(), n_.get(), context_.get());
    const Number exponent(BN_new());
    BN_set_word(exponent.get(), 65537);
    const Number blinded(BN_new());
    BN_mod_exp(blinded.get(), random.get(), exponent.get(), n_.get(), context_.get());
    BN_mod_mul(blinded.get(), blinded.get(), message.get(), n_.get(), context_.get());
    return ToBytes(blinded);
  }

  void Finish(const std::string& blind_signature) {
    const Number signature = FromBytes(blind_signature);
    BN_mod_mul(signature.get(), signature.get(), inverse_.get(), n_.get(), context_.get());
    paper_.set_signature(ToBytes(signature));
  }

  // The paper with a vote on it.
  v1::Paper Vote(v1::Choice choice) const {
    v1::Paper paper = paper_;
    paper.set_choice(choice);
    paper.set_key(keys_.at(choice - v1::CHOICE_FOR));
    return paper;
  }

 private:
  struct FreeNumber {
    void operator()(BIGNUM* number) const { BN_free(number); }
  };
  using Number = std::unique_ptr<BIGNUM, FreeNumber>;

  static std::string Random(size_t bytes) {
    std::string text(bytes, '\0');
    RAND_bytes(reinterpret_cast<unsigned char*>(text.data()), static_cast<int>(bytes));
    return text;
  }
  static std::string Hash(const EVP_MD* kind, const std::string& text) {
    std::string digest(static_cast<size_t>(EVP_MD_get_size(kind)), '\0');
    EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
               kind, nullptr);
    return digest;
  }
  static std::string Sha256(const std::string& text) { return Hash(EVP_sha256(), text); }
  static Number FromBytes(const std::string& bytes) {
    return Number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                            static_cast<int>(bytes.size()), nullptr));
  }
  std::string ToBytes(const Number& number) const {
    std::string bytes(static_cast<size_t>(BN_num_bytes(n_.get())), '\0');
    BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    return bytes;
  }
  // EMSA-PSS-ENCODE (RFC 8017, 9.1.1) with SHA-384 and a salt of 48 bytes, for a modulus
  // whose length is a multiple of 8.
  std::string Encoded(const std::string& message) const {
    const size_t length = static_cast<size_t>(BN_num_bytes(n_.get()));
    const std::string salt = Random(48);
    const std::string digest =
        Hash(EVP_sha384(), std::string(8, '\0') + Hash(EVP_sha384(), message) + salt);
    std::string block(length - salt.size() - digest.size() - 2, '\0');
    block += '\1';
    block += salt;
    std::string mask;
    for (char i = 0; mask.size() < block.size(); ++i) {
      mask += Hash(EVP_sha384(), digest + std::string(3, '\0') + i);
    }
    for (size_t i = 0; i < block.size(); ++i) block[i] = static_cast<char>(block[i] ^ mask[i]);
    block[0] = static_cast<char>(block[0] & 0x7F);
    return block + digest + '\xBC';
  }

  std::array<std::string, 3> keys_;
  v1::Paper paper_;
  Number n_;
  Number inverse_{BN_new()};
  std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context_{BN_CTX_new(), BN_CTX_free};
};

}  // namespace jinhuan::meeting
