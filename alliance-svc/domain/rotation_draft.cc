#include "alliance-svc/domain/rotation_draft.h"

#include <algorithm>

namespace jinhuan::alliance::rotation {
namespace {

std::vector<int> ChairsOf(const Ground& ground) {
  std::vector<int> chairs(ground.terms(), -1);
  for (const Block& block : ground.blocks()) {
    for (int i = 0; i < block.rows(); ++i) chairs[block.terms[i]] = block.units[block.columns[i]];
  }
  return chairs;
}

}  // namespace

Ground::Ground(const Pool& pool, const std::vector<Block>& blocks)
    : pool_(&pool),
      blocks_(&blocks),
      window_(static_cast<int>(pool.sectors_before().size()) + 1),
      block_(pool.terms(), -1),
      row_(pool.terms(), -1) {
  for (int b = 0; b < static_cast<int>(blocks.size()); ++b) {
    const Block& block = blocks[b];
    for (int i = 0; i < block.rows(); ++i) {
      block_[block.terms[i]] = b;
      row_[block.terms[i]] = i;
    }
    std::vector<int>& column = column_.emplace_back(pool.units(), -1);
    for (int j = 0; j < block.width(); ++j) column[block.units[j]] = j;
    std::vector<int>& size = size_.emplace_back(pool.sectors(), 0);
    for (const int unit : block.units) ++size[pool.sector(unit)];
  }
}

bool Ground::Tight(int term, int unit) const {
  const int j = column_[block_[term]][unit];
  return j >= 0 && (*blocks_)[block_[term]].Tight(row_[term], j);
}

bool Ground::Must(int term, int unit) const {
  return (*blocks_)[block_[term]].must[column_[block_[term]][unit]] != 0;
}

Draft::Draft(const Ground& ground, const std::vector<int>& chairs)
    : ground_(&ground), sector_(ground.pool().sectors_before()) {
  for (const Block& block : ground.blocks()) term_of_.emplace_back(block.width(), -1);
  for (int t = 0; t < ground.terms(); ++t) {
    chairs_.push_back(ground.pool().frozen(t));
    sector_.push_back(ground.SectorOf(chairs_.back()));
  }
  for (int t = 0; t < ground.terms(); ++t) {
    if (chairs_[t] >= 0 && ground.pool().PrefersNot(chairs_[t], t)) ++cost_.second;
    if (Violates(t)) ++cost_.first;
  }
  for (int t = 0; t < ground.terms(); ++t) {
    if (ground.block(t) >= 0) Set(t, chairs[t]);
  }
}

Draft::Draft(const Ground& ground) : Draft(ground, ChairsOf(ground)) {}

bool Draft::Violates(int term) const {
  const int at = term + ground_->window() - 1;
  const int sector = sector_[at];
  if (sector == ground_->sectors()) return false;
  for (int before = at - ground_->window() + 1; before < at; ++before) {
    if (sector_[before] == sector) return true;
  }
  return false;
}

// The violations that the chair of a term has a part in.
int Draft::ViolationsAfter(int term) const {
  int violations = 0;
  for (int t = term; t < std::min(term + ground_->window(), ground_->terms()); ++t) {
    violations += Violates(t) ? 1 : 0;
  }
  return violations;
}

void Draft::Set(int term, int unit) {
  const int b = ground_->block(term);
  const int old = chairs_[term];
  cost_.first -= ViolationsAfter(term);
  if (old >= 0) {
    if (ground_->pool().PrefersNot(old, term)) --cost_.second;
    int& term_of = term_of_[b][ground_->column(b, old)];
    if (term_of == term) term_of = -1;
  }
  chairs_[term] = unit;
  sector_[term + ground_->window() - 1] = ground_->SectorOf(unit);
  if (unit >= 0) {
    if (ground_->pool().PrefersNot(unit, term)) ++cost_.second;
    term_of_[b][ground_->column(b, unit)] = term;
  }
  cost_.first += ViolationsAfter(term);
}

bool Draft::Exchange(int term, int unit, const std::vector<int>& only) {
  const int chair = chairs_[term];
  const int b = ground_->block(term);
  const int other = term_of_[b][ground_->column(b, unit)];
  if (!ground_->Tight(term, unit)) return false;
  if (other < 0 ? ground_->Must(term, chair) : !ground_->Tight(other, chair)) return false;
  if (only[term] >= 0 && only[term] != unit) return false;
  if (other >= 0 && only[other] >= 0) return false;
  Set(term, unit);
  if (other >= 0) Set(other, chair);
  return true;
}

bool Draft::ImproveTerm(int term, const std::vector<int>& only) {
  const Block& block = ground_->blocks()[ground_->block(term)];
  const int chair = chairs_[term];
  const SoftCost before = cost_;
  for (const int unit : block.units) {
    if (unit == chair || !Exchange(term, unit, only)) continue;
    if (cost_ < before) return true;
    Exchange(term, chair, only);
  }
  return false;
}

void Draft::Improve(const std::vector<int>& only) {
  bool again = true;
  while (again) {
    again = false;
    for (int t = 0; t < ground_->terms(); ++t) {
      // Only a term with a part in the cost can be exchanged for the better.
      if (ground_->block(t) < 0 || only[t] >= 0) continue;
      if (ViolationsAfter(t) == 0 && !ground_->pool().PrefersNot(chairs_[t], t)) continue;
      while (ImproveTerm(t, only)) again = true;
    }
  }
}

}  // namespace jinhuan::alliance::rotation
