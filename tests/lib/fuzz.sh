# shellcheck shell=bash
# Fuzzing in the short form: each parser's corpus, then a few seconds of mutations. The
# long form is tests/fuzz/run.

FUZZ_SECONDS=2 # of one target

test_fuzz() {
  local folder=$ROOT/tests/fuzz source target
  check 'the targets compile' 900 env JINHUAN_BUILD="$BUILD" "$folder/build"
  for source in "$folder"/*_fuzz.cc; do
    target=$(basename "$source" _fuzz.cc)
    check "$target" 60 "$folder/target" "$target" "$FUZZ_SECONDS"
  done
}
