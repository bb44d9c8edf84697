#include "meeting-svc/storage/ballot_key_store.h"

#include <sodium.h>

#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kKeep(
    "INSERT INTO ballot_key (alliance_id, meeting_id, ballot_id, sealed) VALUES (?, ?, ?, ?)", "");
const db::Query kGet(
    "SELECT sealed FROM ballot_key WHERE alliance_id = ? AND meeting_id = ? AND ballot_id = ?",
    "PRIMARY");
const db::Query kDestroy(
    "DELETE FROM ballot_key WHERE alliance_id = ? AND meeting_id = ? AND ballot_id = ?", "PRIMARY");

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

absl::Status BallotKeyStore::Keep(db::Connection& connection, const BallotId& ballot,
                                  const BallotKey& key) const {
  const std::string der = key.PrivateDer();
  std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  std::string box(der.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(Bytes(box), Bytes(der), der.size(), Bytes(nonce), Bytes(secret_));
  const std::string sealed = nonce.append(box);
  return connection
      .Execute(kKeep, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id, sealed})
      .status();
}

absl::StatusOr<BallotKey> BallotKeyStore::Get(db::Connection& connection,
                                              const BallotId& ballot) const {
  std::string sealed;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id},
                                 [&](const db::Row& row) { sealed = row.Text(0); })
                         .status());
  constexpr size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() <= kOverhead) return absl::InternalError("the ballot's key is not there");
  std::string der(sealed.size() - kOverhead, '\0');
  const unsigned char* box = Bytes(sealed) + crypto_secretbox_NONCEBYTES;
  if (crypto_secretbox_open_easy(Bytes(der), box, sealed.size() - crypto_secretbox_NONCEBYTES,
                                 Bytes(sealed), Bytes(secret_)) != 0) {
    return absl::InternalError("the ballot's key was sealed with another secret");
  }
  return BallotKey::FromDer(der);
}

absl::Status BallotKeyStore::Destroy(db::Connection& connection, const BallotId& ballot) const {
  return connection.Execute(kDestroy, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id})
      .status();
}

}  // namespace jinhuan::meeting
