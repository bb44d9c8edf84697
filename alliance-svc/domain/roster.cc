#include "alliance-svc/domain/roster.h"

#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "alliance-svc/domain/member_rules.h"
#include "alliance-svc/domain/roster_header.h"
#include "alliance-svc/domain/roster_texts.h"
#include "google/rpc/error_details.pb.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr int kMaxToldRows = 200;

using FieldViolation = google::rpc::BadRequest::FieldViolation;

// What a status says, as a violation at `field`.
FieldViolation AsViolation(const absl::Status& status, const std::string& field) {
  google::rpc::LocalizedMessage localized;
  localized.ParseFromString(std::string(
      status.GetPayload("type.googleapis.com/google.rpc.LocalizedMessage").value_or(absl::Cord())));
  FieldViolation violation;
  violation.set_field(field);
  violation.set_description(std::string(status.message()));
  violation.set_reason(ReasonOf(status));
  *violation.mutable_localized_message() = localized;
  return violation;
}

google::rpc::BadRequest Details(const Violations& violations) {
  google::rpc::BadRequest details;
  const auto payload =
      violations.ToStatus().GetPayload("type.googleapis.com/google.rpc.BadRequest");
  details.ParseFromString(std::string(payload.value_or(absl::Cord())));
  return details;
}

// Goes through the rows of one roster.
class Planner {
 public:
  Planner(const table::Table& table, const RosterHeader& header,
          const std::vector<MemberWithPhones>& living, const RosterOptions& options)
      : table_(table), header_(header), living_(living), options_(options) {
    for (size_t i = 0; i < living.size(); ++i) {
      const std::string name = Folded(living[i].member.display_name());
      if (living[i].self_filed && living[i].member.state() == v1::Member::STATE_APPLIED) {
        applied_.insert(name);
      } else {
        by_name_[name].push_back(i);
      }
    }
  }

  RosterPlan Run() {
    v1::ImportMembersResponse& answer = plan_.answer;
    for (const std::string& label : header_.unknown()) answer.add_unknown_columns(label);
    for (size_t i = 1; i < table_.rows.size(); ++i) TakeRow(table_.rows[i]);
    answer.set_row_count(static_cast<int32_t>(std::max<size_t>(table_.rows.size(), 1) - 1));
    return std::move(plan_);
  }

 private:
  void TakeRow(const table::Row& row) {
    v1::ImportRow wrong;
    AddProblems(row, wrong);
    RosterChange change;
    const MemberWithPhones* stored = FindStored(row, wrong);
    if (stored == nullptr) {
      BeginLife(v1::Member::STATE_ACTIVE, options_.cause, change.after);
    } else {
      change.before = &stored->member;
      change.after = stored->member;
    }
    Fill(row, stored, change.after, wrong);
    if (applied_.contains(Folded(change.after.display_name()))) AddApplied(row, change.after);
    if (wrong.violations_size() > 0) return AddWrong(row, change.after, std::move(wrong));
    Count(std::move(change));
  }

  // What the reader of the file found wrong with cells that are read.
  void AddProblems(const table::Row& row, v1::ImportRow& wrong) {
    for (; problem_ < table_.problems.size() && table_.problems[problem_].row <= row.number;
         ++problem_) {
      const table::Problem& problem = table_.problems[problem_];
      const RosterColumn* column = header_.At(static_cast<size_t>(problem.column));
      if (problem.row != row.number || column == nullptr) continue;
      *wrong.add_violations() = AsViolation(ToStatus(problem), header_.LabelOf(column->field));
    }
  }

  // The member that the row is about; nullptr for a new one, or when that is wrong.
  const MemberWithPhones* FindStored(const table::Row& row, v1::ImportRow& wrong) {
    const std::string title = NameIn(row);
    if (title.empty()) return nullptr;
    const std::string label = header_.LabelOf("display_name");
    const auto [first, is_first] = rows_.try_emplace(Folded(title), row.number);
    if (!is_first) {
      const absl::Status duplicate =
          Error(v1::ERROR_REASON_MEMBER_DUPLICATE,
                {{"display_name", title}, {"row", std::to_string(first->second)}});
      *wrong.add_violations() = AsViolation(duplicate, label);
      return nullptr;
    }
    const auto found = by_name_.find(Folded(title));
    if (found == by_name_.end()) return nullptr;
    if (options_.existing == v1::IMPORT_EXISTING_UPDATE && found->second.size() == 1) {
      return &living_[found->second.front()];
    }
    *wrong.add_violations() =
        AsViolation(Error(error::v1::COMMON_REASON_ALREADY_EXISTS, {{"name", title}}), label);
    return nullptr;
  }

  std::string NameIn(const table::Row& row) const {
    for (size_t i = 0; i < row.cells.size(); ++i) {
      if (header_.At(i) != nullptr && header_.At(i)->field == "display_name") return row.cells[i];
    }
    return "";
  }

  // Puts the cells into the member and checks it.
  void Fill(const table::Row& row, const MemberWithPhones* stored, v1::Member& member,
            v1::ImportRow& wrong) const {
    Violations violations;
    std::set<std::string_view> given;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const RosterColumn* column = header_.At(i);
      if (column == nullptr || row.cells[i].empty()) continue;
      given.insert(column->field);
      column->read(row.cells[i], options_.day, header_.LabelOf(column->field), member, violations);
    }
    // One half of a place is none.
    const bool placed = stored != nullptr && stored->member.has_location();
    for (const char* half : {"location.longitude", "location.latitude"}) {
      const bool either =
          given.contains("location.longitude") || given.contains("location.latitude");
      violations.Require(header_.LabelOf(half), placed || !either || given.contains(half));
    }
    if (stored != nullptr) KeepPhones(*stored, member);
    NormaliseMember(member);
    CheckMember(member, stored == nullptr ? v1::Member() : stored->member, violations,
                [this](std::string_view field) { return header_.LabelOf(field); });
    Merge(Details(violations), wrong);
  }

  // A number that is the stored one is no change.
  static void KeepPhones(const MemberWithPhones& stored, v1::Member& member) {
    if (member.liaison_phone() == stored.liaison_phone) {
      member.set_liaison_phone(stored.member.liaison_phone());
    }
    if (member.deputy_liaison_phone() == stored.deputy_liaison_phone) {
      member.set_deputy_liaison_phone(stored.member.deputy_liaison_phone());
    }
  }

  // A column that could not be read is not told to be empty as well.
  static void Merge(const google::rpc::BadRequest& details, v1::ImportRow& wrong) {
    std::set<std::string> told;
    for (const FieldViolation& violation : wrong.violations()) told.insert(violation.field());
    for (const FieldViolation& violation : details.field_violations()) {
      if (told.insert(violation.field()).second) *wrong.add_violations() = violation;
    }
  }

  void AddWrong(const table::Row& row, const v1::Member& member, v1::ImportRow wrong) {
    plan_.answer.set_wrong_count(plan_.answer.wrong_count() + 1);
    if (plan_.answer.wrong_rows_size() == kMaxToldRows) return;
    wrong.set_row(row.number);
    wrong.set_display_name(member.display_name());
    *plan_.answer.add_wrong_rows() = std::move(wrong);
  }

  void AddApplied(const table::Row& row, const v1::Member& member) {
    if (plan_.answer.applied_rows_size() == kMaxToldRows) return;
    v1::ImportRow& applied = *plan_.answer.add_applied_rows();
    applied.set_row(row.number);
    applied.set_display_name(member.display_name());
  }

  void Count(RosterChange change) {
    v1::ImportMembersResponse& answer = plan_.answer;
    if (change.before == nullptr) {
      answer.set_created_count(answer.created_count() + 1);
    } else if (change.before->SerializeAsString() == change.after.SerializeAsString()) {
      answer.set_unchanged_count(answer.unchanged_count() + 1);
      return;
    } else {
      answer.set_updated_count(answer.updated_count() + 1);
    }
    plan_.changes.push_back(std::move(change));
  }

  const table::Table& table_;
  const RosterHeader& header_;
  const std::vector<MemberWithPhones>& living_;
  const RosterOptions& options_;
  absl::flat_hash_map<std::string, std::vector<size_t>> by_name_;  // of living_
  absl::flat_hash_set<std::string> applied_;    // names of those that filed themselves
  absl::flat_hash_map<std::string, int> rows_;  // in which a name stood first
  size_t problem_ = 0;                          // the next one of the table
  RosterPlan plan_;
};

}  // namespace

table::Limits RosterLimits() {
  table::Limits limits;
  limits.max_bytes = size_t{3} << 20;
  limits.max_rows = 5'001;
  return limits;
}

absl::StatusOr<RosterPlan> PlanRoster(const table::Table& table,
                                      const std::vector<MemberWithPhones>& living,
                                      const RosterOptions& options) {
  JH_ASSIGN_OR_RETURN(const RosterHeader header, RosterHeader::Read(table));
  return Planner(table, header, living, options).Run();
}

}  // namespace jinhuan::alliance
