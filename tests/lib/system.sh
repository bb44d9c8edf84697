# shellcheck shell=bash
# The tests of the whole suite, written for node's own test runner. Each file
# starts a suite of its own on free ports, in a temporary folder.

SYSTEM_SECONDS=2400 # the limit of one part

test_functional() { run_node_tests; }
test_clients() { run_node_tests; }
test_browser() { run_node_tests; }

run_node_tests() {
  prepare_node_tests
  local report=$ARTIFACTS/$part/report.tap good bad files
  export JINHUAN_ARTIFACTS=$ARTIFACTS/$part JINHUAN_BUILD=$BUILD NODE_NO_WARNINGS=1
  node_tests "$report" "$ROOT/tests/$part/"*.test.mjs || true
  good=$(sed -n 's/^# pass //p' "$report")
  bad=$(sed -n 's/^# fail //p;s/^# cancelled //p' "$report" | awk '{n += $1} END {print n + 0}')
  # No closing lines: the runner itself was ended.
  [[ -n $good ]] || good=$(grep -c '^ *ok ' "$report") bad=1
  mapfile -t files < <(sed -n "s/^ *location: '\(.*\.test\.mjs\):[0-9:]*'$/\1/p" "$report" | sort -u)
  settle "$good" "$bad" "$(sed -n 's/^ *not ok [0-9]* - //p' "$report")" \
    node_tests "${report%.tap}.again.tap" "${files[@]}"
}

# node_tests REPORT FILE...: whether they pass; without a file they don't.
node_tests() {
  local report=$1
  shift
  (($# > 0)) || return
  bounded "$SYSTEM_SECONDS" node --test \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$report" "$@" | sed -u '/^ℹ /d'
}

# What the tests import: npm packages, and the API as generated code.
prepare_node_tests() {
  npm_install "$ROOT/tests"
  local stamp=$ROOT/tests/gen/.sources sources
  sources=$(hash_of "$ROOT/protos/jinhuan" "$ROOT/tests/buf.gen.yaml" "$ROOT/tests/clients/conformance/proto")
  [[ -e $stamp && $(<"$stamp") == "$sources" ]] && return
  (cd "$ROOT/tests" && "$ROOT/protos/node_modules/.bin/buf" generate ../protos --template buf.gen.yaml \
    --path ../protos/jinhuan --path ../protos/node_modules/google-proto-files/google/rpc/error_details.proto)
  generate_conformance
  printf '%s\n' "$sources" >"$stamp"
}

# The same of tests/clients/conformance/proto, and its descriptors for buf curl.
generate_conformance() {
  local protos=$ROOT/protos folder=$ROOT/tests/clients/conformance/proto
  protoc -I"$folder" -I"$protos" -I"$protos/node_modules/google-proto-files" \
    --plugin="$ROOT/tests/node_modules/.bin/protoc-gen-es" \
    --es_out="$ROOT/tests/gen" --es_opt=target=js,import_extension=js \
    --include_imports --descriptor_set_out="$ROOT/tests/gen/conformance.binpb" \
    "$folder"/jinhuan/conformance/v1/*.proto google/rpc/{status,error_details}.proto
}
