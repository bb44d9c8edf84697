# shellcheck shell=bash
# Counting. Every gtest case, every node test and every lint check counts as one.

passed=0
failed=0
failures=() # their names, told again at the end: what went before is long
unstable=() # the names of what failed at first and passed alone

MOST_AGAIN=10 # tests of a run that get a second try; more say that something is broken

# count PASSED FAILED
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
}

# Takes the names of what failed, a line each.
name_failures() {
  local name
  while IFS= read -r name; do failures+=("${part-}: $name"); done
}

# settle GOOD BAD NAMES AGAIN...: counts what a run came to. The lines of NAMES say what failed;
# with --again the command AGAIN runs that once more by itself, and where all of it passes
# then it counts as passed and is named at the end.
settle() {
  local good=$1 bad=$2 names=$3 name
  shift 3
  if [[ -n $again ]] && ((bad > 0 && bad + ${#unstable[@]} <= MOST_AGAIN)) && "$@"; then
    count $((good + bad)) 0
    while IFS= read -r name; do unstable+=("$part: $name"); done <<<"$names"
  else
    count "$good" "$bad"
    ((bad == 0)) || name_failures <<<"$names"
  fi
}

# A line of progress: result TITLE DETAIL WORD
result() { printf '  %-6s %-44s %s\n' "$3" "$1" "$2"; }

# bounded SECONDS COMMAND...: ends the command, and what it started, when the time
# is over and when this script is ended.
bounded() {
  local limit=$1
  shift
  setpriv --pdeathsig TERM timeout --kill-after=10 "$limit" "$@" </dev/null
}

# check TITLE SECONDS COMMAND...: one check, which COMMAND decides within SECONDS.
# Its output is kept, and shown when it fails.
check() {
  local title=$1 limit=$2 begun=$EPOCHREALTIME log
  shift 2
  log=$ARTIFACTS/$part/${title//[^[:alnum:]]/-}.log
  if bounded "$limit" "$@" >"$log" 2>&1; then
    count 1 0
    result "$title" "$(seconds_since "$begun") s" ok
  else
    count 0 1
    result "$title" "$(seconds_since "$begun") s" FAILED
    name_failures <<<"$title"
    tail -n 40 "$log" | sed 's/^/         /'
  fi
}

finish() {
  say ''
  ((${#unstable[@]} == 0)) || { printf 'UNSTABLE %s\n' "${unstable[@]}" && say ''; }
  ((${#failures[@]} == 0)) || { printf 'FAILED %s\n' "${failures[@]}" && say ''; }
  say "$passed passed, $failed failed"
  ((failed == 0 && passed > 0)) || exit 1
  exit 0
}
