#include "alliance-svc/storage/member_row.h"

#include "alliance-svc/domain/member_life.h"
#include "alliance-svc/domain/phone.h"
#include "alliance-svc/storage/names.h"

namespace jinhuan::alliance {

v1::Member MemberFromRow(const db::Row& row) {
  v1::Member member;
  row.Parse(6, member);
  member.set_name(MemberName(row.Text(0), row.Text(1)));
  member.set_etag(row.Text(2));
  member.set_state(static_cast<v1::Member::State>(row.Int(3)));
  member.set_liaison_phone(MaskPhone(row.Text(4)));
  member.set_deputy_liaison_phone(MaskPhone(row.Text(5)));
  *member.mutable_history() = HistoryOf(member);
  return member;
}

std::string MemberBody(v1::Member member) {
  member.clear_name();
  member.clear_etag();
  member.clear_state();
  member.clear_liaison_phone();
  member.clear_deputy_liaison_phone();
  member.clear_application_receipt();
  return member.SerializeAsString();
}

v1::Member Shown(v1::Member member) {
  member.set_liaison_phone(MaskPhone(member.liaison_phone()));
  member.set_deputy_liaison_phone(MaskPhone(member.deputy_liaison_phone()));
  member.clear_history();
  member.clear_application_receipt();
  return member;
}

v1::Member ShownAsNew(v1::Member member) {
  v1::Member shown = Shown(std::move(member));
  shown.set_etag("1");
  return shown;
}

}  // namespace jinhuan::alliance
