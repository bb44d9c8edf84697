# shellcheck shell=bash
# Counting. Every gtest case, every node test and every lint check counts as one.

passed=0
failed=0
failures=() # their names, told again at the end: what went before is long

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
  ((${#failures[@]} == 0)) || { printf 'FAILED %s\n' "${failures[@]}" && say ''; }
  say "$passed passed, $failed failed"
  ((failed == 0 && passed > 0)) || exit 1
  exit 0
}
