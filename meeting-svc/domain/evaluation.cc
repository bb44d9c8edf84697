#include "meeting-svc/domain/evaluation.h"

#include "alliance-svc/facts/date.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::CivilDay kEpoch(1970, 1, 1);

bool IsOfRequest(v1::Measure measure) {
  return measure >= v1::MEASURE_REQUEST_RESPONSE && measure <= v1::MEASURE_REQUEST_SATISFACTION;
}

bool IsOfProject(v1::Measure measure) {
  return measure >= v1::MEASURE_PROJECT_RESOLUTION && measure <= v1::MEASURE_PROJECT_SATISFACTION;
}

// Whether units have places by it: what others do for a unit is not the unit's merit.
bool IsRanked(int measure) {
  return measure != v1::MEASURE_TOPIC_RESPONSE && measure != v1::MEASURE_NEED_MET &&
         measure != v1::MEASURE_TIME_TO_MATCH;
}

absl::CivilDay FirstOfGroup(absl::CivilDay day, v1::EvaluationGroup group) {
  const int month =
      group == v1::EVALUATION_GROUP_QUARTER ? (day.month() - 1) / 3 * 3 + 1 : day.month();
  return absl::CivilDay(day.year(), month, 1);
}

}  // namespace

std::optional<Evaluation::Key> Evaluation::KeyOf(const Fact& fact) const {
  const auto number = [](bool has, int64_t value) {
    return has ? std::optional<Key>({value, ""}) : std::nullopt;
  };
  switch (question_.group) {
    case v1::EVALUATION_GROUP_REQUEST_CATEGORY:
      return number(IsOfRequest(fact.measure), fact.category);
    case v1::EVALUATION_GROUP_REQUEST_TYPE:
      return number(IsOfRequest(fact.measure), fact.type);
    case v1::EVALUATION_GROUP_PROJECT_ORIGIN:
      return number(IsOfProject(fact.measure), fact.origin);
    case v1::EVALUATION_GROUP_MONTH:
    case v1::EVALUATION_GROUP_QUARTER:
      return number(true, FirstOfGroup(fact.day, question_.group) - kEpoch);
    default:
      if (fact.member.empty()) return std::nullopt;
      return Key(0, fact.member);
  }
}

void Evaluation::Add(const Fact& fact) {
  if (fact.day < question_.first || fact.day > question_.last) return;
  const bool of_requests = question_.category != v1::REQUEST_CATEGORY_UNSPECIFIED ||
                           question_.type != v1::REQUEST_TYPE_UNSPECIFIED;
  if (of_requests && !IsOfRequest(fact.measure)) return;
  if (question_.category != v1::REQUEST_CATEGORY_UNSPECIFIED &&
      fact.category != question_.category) {
    return;
  }
  if (question_.type != v1::REQUEST_TYPE_UNSPECIFIED && fact.type != question_.type) return;
  const auto add = [&](Counts& counts) {
    Count& count = counts[fact.measure];
    count.numerator += fact.numerator;
    ++count.denominator;
  };
  const bool asked = question_.member.empty() || fact.member == question_.member;
  if (asked) add(total_);
  // The places of one unit need all the others.
  if (!asked && question_.group > v1::EVALUATION_GROUP_UNIT) return;
  if (const auto key = KeyOf(fact); key.has_value()) add(groups_[*key]);
}

std::vector<v1::Rate> Evaluation::Total() const {
  std::vector<v1::Rate> rates;
  for (int measure = 1; measure < v1::Measure_ARRAYSIZE; ++measure) {
    v1::Rate& rate = rates.emplace_back();
    rate.set_measure(static_cast<v1::Measure>(measure));
    rate.set_numerator(total_[measure].numerator);
    rate.set_denominator(total_[measure].denominator);
  }
  return rates;
}

v1::EvaluationRow Evaluation::RowOf(const Key& key) const {
  v1::EvaluationRow row;
  switch (question_.group) {
    case v1::EVALUATION_GROUP_REQUEST_CATEGORY:
      row.set_request_category(static_cast<v1::RequestCategory>(key.first));
      break;
    case v1::EVALUATION_GROUP_REQUEST_TYPE:
      row.set_request_type(static_cast<v1::RequestType>(key.first));
      break;
    case v1::EVALUATION_GROUP_PROJECT_ORIGIN:
      row.set_project_origin(static_cast<v1::ProjectOrigin>(key.first));
      break;
    case v1::EVALUATION_GROUP_MONTH:
    case v1::EVALUATION_GROUP_QUARTER:
      *row.mutable_first_day() = alliance::ToDate(kEpoch + key.first);
      break;
    default:
      row.set_member(key.second);
  }
  return row;
}

int Evaluation::RankOf(int measure, const Count& count) const {
  int rank = 1;
  for (const auto& [key, counts] : groups_) {
    const Count& other = counts[measure];
    // As fractions, without dividing.
    if (other.numerator * count.denominator > count.numerator * other.denominator) ++rank;
  }
  return rank;
}

std::vector<v1::EvaluationRow> Evaluation::Rows() const {
  const bool by_unit = question_.group <= v1::EVALUATION_GROUP_UNIT;
  std::vector<v1::EvaluationRow> rows;
  for (const auto& [key, counts] : groups_) {
    if (by_unit && !question_.member.empty() && key.second != question_.member) continue;
    v1::EvaluationRow& row = rows.emplace_back(RowOf(key));
    for (int measure = 1; measure < v1::Measure_ARRAYSIZE; ++measure) {
      const Count& count = counts[measure];
      if (count.denominator == 0) continue;
      v1::Rate& rate = *row.add_rates();
      rate.set_measure(static_cast<v1::Measure>(measure));
      rate.set_numerator(count.numerator);
      rate.set_denominator(count.denominator);
      if (by_unit && IsRanked(measure)) rate.set_rank(RankOf(measure, count));
    }
  }
  return rows;
}

}  // namespace jinhuan::meeting
