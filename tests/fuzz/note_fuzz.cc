// Signed notes, checkpoints and keys, as witnesses and verifiers read them.
#include "platform/journal/tree/checkpoint.h"
#include "platform/journal/tree/note.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  namespace tree = journal::tree;
  if (const auto note = tree::ParseNote(input); note.ok()) {
    Require(tree::Format(*note) == input);
    for (const tree::Signature& signature : note->signatures) tree::CosignatureTime(signature);
  }
  if (const auto checkpoint = tree::ParseCheckpoint(input); checkpoint.ok()) {
    Require(tree::Format(*checkpoint) == input);
  }
  if (const auto key = tree::PublicKey::Parse(input); key.ok()) Require(key->text() == input);
  if (const auto signature = tree::ParseSignature(input); signature.ok()) {
    Require(tree::Format(*signature) == std::string(input) + "\n");
  }
  (void)tree::ParseWitnessKeys(input);
}

}  // namespace jinhuan::fuzz
