#include "alliance-svc/storage/swap_store.h"

#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define COLUMNS "alliance_id, swap_id, version, state, expire_at, member_id, other_member_id, body"
const db::Query kGet("SELECT " COLUMNS " FROM swap WHERE alliance_id = ? AND swap_id = ?",
                     "PRIMARY");
// An alliance has a few swaps a year, so the filters are looked at along the way. An
// open one (1, 2) past its time is EXPIRED (6).
const db::Query kList("SELECT " COLUMNS
                      " FROM swap FORCE INDEX (PRIMARY) WHERE alliance_id = ? AND swap_id < ? "
                      "AND (? = 0 OR IF(state IN (1, 2) AND expire_at <= ?, 6, state) = ?) "
                      "AND (? = '' OR member_id = ? OR other_member_id = ?) "
                      "ORDER BY swap_id DESC LIMIT ?",
                      "PRIMARY");
const db::Query kReadOpen("SELECT " COLUMNS
                          " FROM swap FORCE INDEX (swap_by_state) "
                          "WHERE alliance_id = ? AND state IN (1, 2) ORDER BY swap_id",
                          "swap_by_state");
const db::Query kInsert("INSERT INTO swap (" COLUMNS ") VALUES (?, ?, 1, ?, ?, ?, ?, ?)", "");
const db::Query kUpdate(
    "UPDATE swap FORCE INDEX (PRIMARY) SET version = version + 1, state = ?, body = ? "
    "WHERE alliance_id = ? AND swap_id = ? AND version = ?",
    "PRIMARY");
#undef COLUMNS
static_assert(v1::TermSwap::STATE_PROPOSED == 1 && v1::TermSwap::STATE_ACCEPTED == 2 &&
              v1::TermSwap::STATE_EXPIRED == 6);

std::string Body(v1::TermSwap swap) {
  swap.clear_name();
  swap.clear_state();
  swap.clear_expire_time();
  swap.clear_member();
  swap.clear_other_member();
  swap.clear_member_display_name();
  swap.clear_other_member_display_name();
  swap.clear_etag();
  return swap.SerializeAsString();
}

v1::TermSwap FromRow(const db::Row& row) {
  v1::TermSwap swap;
  row.Parse(7, swap);
  swap.set_name(SwapName(row.Text(0), row.Text(1)));
  swap.set_etag(row.Text(2));
  swap.set_state(static_cast<v1::TermSwap::State>(row.Int(3)));
  *swap.mutable_expire_time() = api::ToProto(row.Time(4));
  swap.set_member(MemberName(row.Text(0), row.Text(5)));
  swap.set_other_member(MemberName(row.Text(0), row.Text(6)));
  return swap;
}

v1::TermSwap AsOf(v1::TermSwap swap, absl::Time now) {
  const bool open =
      swap.state() == v1::TermSwap::STATE_PROPOSED || swap.state() == v1::TermSwap::STATE_ACCEPTED;
  if (open && api::FromProto(swap.expire_time()) <= now) {
    swap.set_state(v1::TermSwap::STATE_EXPIRED);
  }
  return swap;
}

}  // namespace

absl::StatusOr<v1::TermSwap> SwapStore::Get(db::Connection& connection, const std::string& name,
                                            absl::Time now) const {
  v1::TermSwap swap;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kGet, {AllianceIdOf(name), LastSegment(name)},
                        [&](const db::Row& row) { swap = AsOf(FromRow(row), now); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return swap;
}

absl::StatusOr<std::vector<v1::TermSwap>> SwapStore::List(db::Connection& connection,
                                                          const v1::ListSwapsRequest& request,
                                                          const api::Page& page,
                                                          absl::Time now) const {
  const std::string before = page.first() ? "~" : page.after[0];  // sorts after every id
  const std::string member = request.member().empty() ? "" : LastSegment(request.member());
  std::vector<v1::TermSwap> swaps;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList,
                  {AllianceIdOf(request.parent()), before, request.state(), now, request.state(),
                   member, member, member, page.limit()},
                  [&](const db::Row& row) { swaps.push_back(AsOf(FromRow(row), now)); })
          .status());
  return swaps;
}

absl::StatusOr<std::vector<v1::TermSwap>> SwapStore::ReadOpen(db::Connection& connection,
                                                              const std::string& alliance) const {
  std::vector<v1::TermSwap> swaps;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReadOpen, {AllianceIdOf(alliance)},
                                 [&](const db::Row& row) { swaps.push_back(FromRow(row)); })
                         .status());
  return swaps;
}

absl::Status SwapStore::Insert(db::Connection& connection, const v1::TermSwap& swap) const {
  return connection
      .Execute(kInsert, {AllianceIdOf(swap.name()), LastSegment(swap.name()), swap.state(),
                         api::FromProto(swap.expire_time()), LastSegment(swap.member()),
                         LastSegment(swap.other_member()), Body(swap)})
      .status();
}

absl::Status SwapStore::Update(db::Connection& connection, const v1::TermSwap& swap) const {
  return connection.ExecuteExactly(
      1, kUpdate,
      {swap.state(), Body(swap), AllianceIdOf(swap.name()), LastSegment(swap.name()),
       int64_t{std::stoll(swap.etag())} - 1});
}

}  // namespace jinhuan::alliance
