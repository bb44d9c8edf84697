#include "platform/journal/verify/verifier.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/journal/tree/erasures.h"
#include "platform/journal/tree/merkle.h"

namespace jinhuan::journal::verify {
namespace {

std::vector<tree::Hash> PathOf(const google::protobuf::RepeatedPtrField<std::string>& path) {
  return {path.begin(), path.end()};
}

Text About(const std::string& file, const std::string& en, const std::string& zh) {
  return {fmt::format("{}: {}", file, en), fmt::format("{}：{}", file, zh)};
}

Text AboutEntry(const std::string& file, int64_t number, const char* en, const char* zh) {
  return About(file, fmt::format("entry {} {}", number, en), fmt::format("第 {} 条{}", number, zh));
}

}  // namespace

std::optional<tree::Checkpoint> Verifier::Signed(const std::string& file, const std::string& note) {
  findings_.Passed(Check::kSignature);
  const auto parsed = tree::ParseNote(note);
  const auto checkpoint = parsed.ok() ? tree::ParseCheckpoint(parsed->text) : parsed.status();
  if (!checkpoint.ok()) {
    findings_.Failed(Check::kSignature,
                     About(file, "its checkpoint can't be read", "检查点无法识别"));
    return std::nullopt;
  }
  int made = 0;
  bool good = true;
  for (const tree::Signature& signature : parsed->signatures) {
    if (!trust_.log.Made(signature)) continue;
    ++made;
    good = good && trust_.log.Verify(parsed->text, signature);
  }
  if (made != 1 || !good || checkpoint->origin != trust_.log.name()) {
    findings_.Failed(Check::kSignature,
                     About(file,
                           fmt::format("its checkpoint of size {} is not signed by {}",
                                       checkpoint->size, trust_.log.name()),
                           fmt::format("规模为 {} 的检查点不是 {} 签名的", checkpoint->size,
                                       trust_.log.name())));
    return std::nullopt;
  }
  return *checkpoint;
}

void Verifier::CheckWitnesses(const std::string& file, const std::string& note) {
  if (trust_.witnesses.empty()) return;
  findings_.Passed(Check::kWitnesses);
  const auto parsed = tree::ParseNote(note);
  size_t cosigned = 0;
  for (const tree::PublicKey& witness : trust_.witnesses) {
    bool good = false;
    for (const tree::Signature& line : parsed->signatures) {
      if (!witness.Made(line)) continue;
      good = witness.Verify(parsed->text, line);
      if (good) continue;
      findings_.Failed(Check::kWitnesses,
                       About(file, fmt::format("{} did not sign this", witness.name()),
                             fmt::format("{} 的签名无效", witness.name())));
    }
    cosigned += good ? 1 : 0;
  }
  if (cosigned < trust_.witnesses_needed) {
    findings_.Failed(
        Check::kWitnesses,
        About(file,
              fmt::format("{} of {} witnesses cosigned the checkpoint, {} are needed", cosigned,
                          trust_.witnesses.size(), trust_.witnesses_needed),
              fmt::format("{} 个见证方中有 {} 个联署，至少需要 {} 个", trust_.witnesses.size(),
                          cosigned, trust_.witnesses_needed)));
  }
}

bool Verifier::IsOfSameExport(const std::string& file, const tree::Checkpoint& checkpoint) {
  if (!checkpoint_.has_value()) checkpoint_ = checkpoint;
  if (*checkpoint_ == checkpoint) return true;
  if (checkpoint.size == checkpoint_->size) {
    findings_.Failed(Check::kConsistency,
                     About(file, "is of another tree than the bundles before, of the same size",
                           "与前面文件规模相同，树却不同"));
    return true;
  }
  // The journal grew between two exports: that is no fault of any entry.
  findings_.Failed(
      Check::kCoverage,
      About(file,
            fmt::format("is of tree size {}, those before it of {}: export it again with treeSize "
                        "{}",
                        checkpoint.size, checkpoint_->size, checkpoint_->size),
            fmt::format("所属树规模为 {}，前面文件为 {}：请以 treeSize {} 重新导出",
                        checkpoint.size, checkpoint_->size, checkpoint_->size)));
  return false;
}

void Verifier::CheckConsistency(const std::string& file, const v1::Bundle& bundle) {
  if (!trust_.held.has_value() || !bundle.has_consistency()) return;
  findings_.Passed(Check::kConsistency);
  const auto held = Signed("--held", *trust_.held);
  if (!held.has_value()) return;
  const v1::ConsistencyProof& proof = bundle.consistency();
  const tree::Hasher hasher(checkpoint_->algorithm);
  if (held->algorithm != checkpoint_->algorithm || proof.from_size() != held->size ||
      proof.to_size() != checkpoint_->size ||
      !tree::VerifyConsistency(hasher, held->size, checkpoint_->size, PathOf(proof.path()),
                               held->root, checkpoint_->root)) {
    findings_.Failed(
        Check::kConsistency,
        About(file,
              fmt::format("the journal of {} entries does not continue the {} held: its past was "
                          "changed",
                          checkpoint_->size, held->size),
              fmt::format("规模 {} 的日志不是已持有的规模 {} 的延续：历史被改动", checkpoint_->size,
                          held->size)));
    return;
  }
  consistent_ = true;
}

bool Verifier::NothingIsHeld() {
  if (findings_.failed(Check::kSignature)) return false;  // perhaps that of the one held
  const auto held = Signed("--held", *trust_.held);
  return held.has_value() && held->size == 0 && held->algorithm == checkpoint_->algorithm &&
         held->root == tree::Hasher(held->algorithm).Empty();
}

std::optional<tree::Checkpoint> Verifier::Later(const std::string& file, const v1::Bundle& bundle) {
  if (!bundle.has_later_checkpoint() && !bundle.has_later_consistency()) return checkpoint_;
  const auto later = Signed(file, bundle.later_checkpoint().note());
  if (!later.has_value()) return std::nullopt;
  const auto note = tree::ParseNote(bundle.later_checkpoint().note());
  const v1::ConsistencyProof& proof = bundle.later_consistency();
  if (later->size != bundle.later_checkpoint().tree_size() || note->signatures.size() != 1 ||
      bundle.later_checkpoint().verifier_key() != trust_.log.text() ||
      later->algorithm != checkpoint_->algorithm || proof.from_size() != checkpoint_->size ||
      proof.to_size() != later->size ||
      !tree::VerifyConsistency(tree::Hasher(later->algorithm), checkpoint_->size, later->size,
                               PathOf(proof.path()), checkpoint_->root, later->root)) {
    findings_.Failed(Check::kErasures,
                     About(file, "its later checkpoint does not continue the first",
                           "后一检查点不是前一检查点的延续"));
    return std::nullopt;
  }
  return later;
}

std::optional<tree::Hash> Verifier::LeafOf(const std::string& file, const v1::BundleEntry& entry,
                                           const tree::Hasher& hasher, v1::Entry& record) {
  if (!record.ParseFromString(entry.record()) || record.id() != entry.id() ||
      record.alliance() != entry.alliance() || record.resource() != entry.resource()) {
    findings_.Failed(
        Check::kEntries,
        AboutEntry(file, entry.number(), "is not what its record says", "与其记录内容不符"));
    return std::nullopt;
  }
  if (entry.erasure().empty()) {
    if (entry.salt().size() == tree::kSaltBytes) return hasher.Leaf(entry.salt(), entry.record());
    findings_.Failed(Check::kEntries, AboutEntry(file, entry.number(), "has no salt", "缺少盐值"));
    return std::nullopt;
  }
  if (entry.salt().empty() && record.leaf_hash().size() == tree::kHashBytes) {
    return record.leaf_hash();
  }
  findings_.Failed(Check::kEntries, AboutEntry(file, entry.number(), "is erased, but not wholly",
                                               "标记为已清除但不完整"));
  return std::nullopt;
}

void Verifier::CheckErasures(const std::string& file, const v1::Bundle& bundle) {
  erased_.clear();
  const auto tree = Later(file, bundle);
  if (!tree.has_value()) return;
  const tree::Hasher hasher(tree->algorithm);
  for (const v1::BundleEntry& entry : bundle.erasures()) {
    findings_.Passed(Check::kErasures);
    v1::Entry record;
    const auto leaf = LeafOf(file, entry, hasher, record);
    v1::Erasure erasure;
    if (!leaf.has_value() || entry.number() < 1 || !entry.erasure().empty() ||
        record.resource() != kErasures || !record.after().UnpackTo(&erasure) ||
        !tree::VerifyInclusion(hasher, entry.number() - 1, tree->size, *leaf, PathOf(entry.path()),
                               tree->root)) {
      findings_.Failed(Check::kErasures,
                       AboutEntry(file, entry.number(), "is no erasure that is in the tree",
                                  "不是树中的清除记录"));
      continue;
    }
    bool needed = false;
    for (const v1::Entry& erased : erasure.entries()) {
      erased_.emplace(record.id(), erased.SerializeAsString());
    }
    for (const v1::BundleEntry& other : bundle.entries()) {
      needed = needed || other.erasure() == record.id();
    }
    if (!needed) {
      findings_.Failed(Check::kErasures,
                       AboutEntry(file, entry.number(), "is told without need", "与本文件无关"));
    }
  }
}

void Verifier::CheckErased(const std::string& file, const v1::BundleEntry& entry,
                           const v1::Entry& record) {
  findings_.Passed(Check::kErasures);
  v1::Entry named = record;
  named.set_number(entry.number());
  v1::Entry plain = named;
  plain.clear_number();
  if (plain.SerializeAsString() != entry.record() || !record.erased() ||
      !erased_.contains({entry.erasure(), named.SerializeAsString()})) {
    findings_.Failed(Check::kErasures,
                     AboutEntry(file, entry.number(), "was erased, but no entry says so",
                                "已清除，但没有相应的清除记录"));
  }
}

void Verifier::CheckEntry(const std::string& file, const v1::BundleEntry& entry) {
  findings_.Passed(Check::kEntries);
  if (entry.number() < 1 || entry.number() > checkpoint_->size) {
    findings_.Failed(
        Check::kEntries,
        AboutEntry(file, entry.number(), "is none of the checkpoint's", "不在检查点范围内"));
    return;
  }
  if (next_ != 0 && entry.number() != next_) {
    findings_.Failed(Check::kEntries,
                     AboutEntry(file, entry.number(), "is out of order: one is missing or added",
                                "编号不连续：有缺失或多余"));
  }
  if (first_ == 0) first_ = entry.number();
  next_ = entry.number() + 1;
  const tree::Hasher hasher(checkpoint_->algorithm);
  v1::Entry record;
  const auto leaf = LeafOf(file, entry, hasher, record);
  if (!leaf.has_value()) return;
  if (!entry.erasure().empty()) CheckErased(file, entry, record);
  findings_.Passed(Check::kInclusion);
  if (!tree::VerifyInclusion(hasher, entry.number() - 1, checkpoint_->size, *leaf,
                             PathOf(entry.path()), checkpoint_->root)) {
    findings_.Failed(Check::kInclusion,
                     AboutEntry(file, entry.number(), "is not what was sealed: it was changed",
                                "与封存时不同：已被改动"));
  }
}

void Verifier::Add(const std::string& file, const v1::Bundle& bundle) {
  findings_.Passed(Check::kForm);
  const auto checkpoint = Signed(file, bundle.checkpoint().note());
  if (!checkpoint.has_value()) return;
  CheckWitnesses(file, bundle.checkpoint().note());
  if (!IsOfSameExport(file, *checkpoint)) return;
  if (bundle.checkpoint().tree_size() != checkpoint->size ||
      bundle.checkpoint().verifier_key() != trust_.log.text()) {
    findings_.Failed(Check::kForm,
                     About(file, "contradicts its own checkpoint", "与自身检查点不符"));
  }
  CheckConsistency(file, bundle);
  CheckErasures(file, bundle);
  for (const v1::BundleEntry& entry : bundle.entries()) CheckEntry(file, entry);
}

void Verifier::Finish() {
  if (!checkpoint_.has_value()) return;
  if (trust_.held.has_value() && !consistent_ && !findings_.failed(Check::kConsistency)) {
    if (NothingIsHeld()) {
      findings_.Passed(Check::kConsistency);
    } else {
      findings_.Failed(Check::kConsistency, {"no bundle leads from the checkpoint held to this one",
                                             "文件中没有从已持有检查点出发的证明"});
    }
  }
  if (trust_.part || findings_.failed(Check::kCoverage)) return;
  findings_.Passed(Check::kCoverage);
  if (first_ > 1 || (checkpoint_->size > 0 && next_ != checkpoint_->size + 1)) {
    findings_.Failed(Check::kCoverage,
                     {fmt::format("the bundles hold entries {} to {} of {}", first_,
                                  std::max<int64_t>(0, next_ - 1), checkpoint_->size),
                      fmt::format("文件包含第 {} 至 {} 条，日志共 {} 条", first_,
                                  std::max<int64_t>(0, next_ - 1), checkpoint_->size)});
  }
}

}  // namespace jinhuan::journal::verify
