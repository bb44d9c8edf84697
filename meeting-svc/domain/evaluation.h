#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/evaluation.pb.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "jinhuan/meeting/v1/resolution.pb.h"
#include "jinhuan/meeting/v1/topic.pb.h"

namespace jinhuan::meeting {

// What an evaluation is asked for; report_service.proto says it.
struct EvaluationQuestion {
  std::string alliance;
  absl::CivilDay first;
  absl::CivilDay last;  // inclusive
  v1::EvaluationGroup group = v1::EVALUATION_GROUP_UNIT;
  std::string member = {};  // a unit's name; empty: every unit
  v1::RequestCategory category = v1::REQUEST_CATEGORY_UNSPECIFIED;
  v1::RequestType type = v1::REQUEST_TYPE_UNSPECIFIED;
};

// As of when, and in which zone days are meant.
struct Moment {
  absl::Time now;
  absl::TimeZone zone;
};

// One thing that a measure counts.
struct Fact {
  v1::Measure measure = v1::MEASURE_UNSPECIFIED;
  std::string member = {};  // whose it is, a name; empty: nobody's
  absl::CivilDay day;       // by which it belongs to a period
  int64_t numerator = 0;
  v1::RequestCategory category = v1::REQUEST_CATEGORY_UNSPECIFIED;  // of a request
  v1::RequestType type = v1::REQUEST_TYPE_UNSPECIFIED;              // of a request
  v1::ProjectOrigin origin = v1::PROJECT_ORIGIN_UNSPECIFIED;        // of a project
};

// Counts facts, in all and by group. Not thread-safe.
class Evaluation {
 public:
  explicit Evaluation(EvaluationQuestion question) : question_(std::move(question)) {}

  // Counts a fact if it is asked for; any may be added.
  void Add(const Fact& fact);

  // Every measure, in order.
  std::vector<v1::Rate> Total() const;

  // The groups with their places, without what units are called.
  std::vector<v1::EvaluationRow> Rows() const;

 private:
  struct Count {
    int64_t numerator = 0;
    int64_t denominator = 0;
  };
  using Counts = std::array<Count, v1::Measure_ARRAYSIZE>;
  // A number (a day since 1970, or an enum's) or a unit's name.
  using Key = std::pair<int64_t, std::string>;

  std::optional<Key> KeyOf(const Fact& fact) const;
  v1::EvaluationRow RowOf(const Key& key) const;
  int RankOf(int measure, const Count& count) const;

  const EvaluationQuestion question_;
  Counts total_ = {};
  std::map<Key, Counts> groups_;
};

// The invitation of a unit to a meeting that was held.
struct Invited {
  std::string member;
  absl::Time start;  // of the meeting
  bool answered = false;
  bool came = false;
};

// What is known of a need that a unit published.
struct NeedFact {
  std::string member;
  absl::Time publish;
  bool withdrawn = false;
  bool met = false;                 // a match of it was completed
  std::optional<absl::Time> agree;  // when the first match of it was agreed
};

// Add to `evaluation` what each measure counts of a thing, as evaluation.proto defines it.
void Count(const v1::Request& request, const Moment& moment, Evaluation& evaluation);
void Count(const v1::Project& project, const Moment& moment, Evaluation& evaluation);
void Count(const v1::Topic& topic, const Moment& moment, Evaluation& evaluation);
void Count(const Invited& invited, const Moment& moment, Evaluation& evaluation);
void Count(const NeedFact& need, const Moment& moment, Evaluation& evaluation);
// `lead` is the unit that leads the project the notice is on.
void Count(const v1::SupervisionNotice& notice, const std::string& lead, const Moment& moment,
           Evaluation& evaluation);
// `start` is when the meeting began that decided it.
void Count(const v1::Resolution& resolution, absl::Time start, const Moment& moment,
           Evaluation& evaluation);

}  // namespace jinhuan::meeting
