# shellcheck shell=bash
# Sourced by the scripts of deploy/ and tests/: where things are, how to say something.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# The build tree; JINHUAN_BUILD names another one.
BUILD=${JINHUAN_BUILD:-$ROOT/build/release}

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
  warn "${0##*/}: $*"
  exit 1
}

# The seconds since $1, a value of $EPOCHREALTIME, with one decimal.
seconds_since() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 100000))
  printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# One hash over the names and contents of the files under the given paths, but
# for generated ones.
hash_of() {
  find "$@" -path '*/gen' -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}
