// A journal's bundle, as jinhuan-verify gets it from whoever exports it. Its notes are
// signed here, so that what stands behind the signature is reached.
#include "platform/journal/verify/bundle_file.h"
#include "platform/journal/verify/verifier.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {
namespace {

namespace tree = journal::tree;

const tree::PrivateKey& Key() {
  static const auto key =
      tree::PrivateKey::FromSeed(tree::KeyType::kLog, "journal.example", std::string(64, '5'));
  return *key;
}

void Sign(journal::v1::Checkpoint& checkpoint) {
  auto note = tree::ParseNote(checkpoint.note());
  if (!note.ok()) return;
  note->signatures = {Key().Sign(note->text)};
  checkpoint.set_note(tree::Format(*note));
}

}  // namespace

void Check(std::string_view input) {
  auto bundle = journal::verify::ParseBundle(std::string(input));
  if (!bundle.ok()) return;
  if (bundle->has_checkpoint()) Sign(*bundle->mutable_checkpoint());
  if (bundle->has_later_checkpoint()) Sign(*bundle->mutable_later_checkpoint());
  journal::verify::Verifier verifier({.log = Key().public_key()});
  verifier.Add("bundle", *bundle);
  verifier.Finish();
}

}  // namespace jinhuan::fuzz
