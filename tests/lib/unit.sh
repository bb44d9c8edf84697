# shellcheck shell=bash
# The unit tests: every *_test program of the build, with one private MariaDB.

UNIT_SECONDS=300 # the limit of one program

test_unit() {
  local scratch programs
  # Short, because a unix socket's path is.
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/jinhuan-unit.XXXXXX")
  # shellcheck disable=SC2064 # as it is now
  trap "stop 60 database; rm -rf '$scratch'" EXIT
  LOGS=$scratch RUN=$scratch DATABASE=$scratch/database SOCKET=$scratch/database.sock
  create_database_files --auth-root-authentication-method=normal
  start_database
  export JINHUAN_TEST_DB_SOCKET=$SOCKET

  mapfile -t programs < <(find "$BUILD/bin" -maxdepth 1 -name '*_test' | sort)
  ((${#programs[@]} > 0)) || { count 0 1 && result unit 'no test program was built' FAILED; }
  local program
  for program in "${programs[@]}"; do run_gtest "$program"; done

  stop 60 database
  rm -rf "$scratch"
  trap - EXIT
}

# Counts by the report that the program writes at its end; without one it died,
# which is one failure.
run_gtest() {
  local name=${1##*/} begun=$EPOCHREALTIME report total bad word=ok names
  report=$ARTIFACTS/unit/$name.xml
  gtest "$1" "$name" || word=FAILED
  if [[ -s $report ]]; then
    total=$(suites_attribute tests "$report")
    bad=$(($(suites_attribute failures "$report") + $(suites_attribute errors "$report")))
    total=$((total - $(suites_attribute disabled "$report")))
  else
    total=1 bad=1
  fi
  [[ $word == ok ]] || ((bad > 0)) || bad=1 total=$((total + 1)) # died after its tests
  ((bad == 0)) || word=FAILED
  result "$name" "$((total - bad)) of $total, $(seconds_since "$begun") s" "$word"
  [[ $word == ok ]] || tail -n 60 "$ARTIFACTS/unit/$name.log" | sed 's/^/         /'
  names=$(sed -n 's/^\[  FAILED  \] \([^ ,]*\.[^ ,]*\).*/\1/p' "$ARTIFACTS/unit/$name.log" | sort -u)
  local filter=${names:-*}
  settle $((total - bad)) "$bad" "${names:-$name}" gtest "$1" "$name.again" --gtest_filter="${filter//$'\n'/:}"
}

# gtest PROGRAM NAME OPTION...: leaves NAME.xml and NAME.log.
gtest() {
  local program=$1 name=$2
  shift 2
  bounded "$UNIT_SECONDS" "$program" --gtest_output="xml:$ARTIFACTS/unit/$name.xml" --gtest_brief=1 \
    "$@" >"$ARTIFACTS/unit/$name.log" 2>&1
}

suites_attribute() { sed -n "/<testsuites /{s/.* $1=\"\([0-9]*\)\".*/\1/p;q}" "$2"; }
