# shellcheck shell=bash
# Checks that read the tree without running the suite, and the portal's own tests.

test_lint() {
  local buf=$ROOT/protos/node_modules/.bin/buf portal=$ROOT/gateway/portal
  check 'protos: buf lint' 120 env -C "$ROOT/protos" "$buf" lint --path jinhuan
  check 'protos: buf format' 120 env -C "$ROOT/protos" "$buf" format --diff --exit-code --path jinhuan
  check 'C++: clang-format' 120 "$ROOT/tests/lint/clang-format"
  check 'C++: layers' 60 "$ROOT/tests/lint/layers"
  check 'C++: banned calls' 60 "$ROOT/tests/lint/banned-calls"
  check 'scripts: shellcheck' 120 "$ROOT/tests/lint/shell"
  check 'tree: no machine path' 60 "$ROOT/tests/lint/machine-paths"
  check 'docs: links' 60 node "$ROOT/tests/lint/links.mjs"
  check 'docs: methods of systems' 60 node "$ROOT/tests/lint/systems.mjs"
  check 'portal: Biome' 300 npm --prefix "$portal" run --silent lint
  check 'C++: clang-tidy' 2400 env JINHUAN_BUILD="$BUILD" "$ROOT/tests/lint/clang-tidy"
  test_portal "$portal"
}

# The portal's unit tests, counted one by one from the report they leave.
test_portal() {
  local report=$ARTIFACTS/lint/portal.json begun=$EPOCHREALTIME good=0 bad=1 word=ok
  bounded 600 npm --prefix "$1" test --silent -- --reporter=default --reporter=json \
    --outputFile.json="$report" >"$ARTIFACTS/lint/portal.log" 2>&1 || word=FAILED
  if [[ -s $report ]]; then
    good=$(jq .numPassedTests "$report")
    bad=$(jq '.numFailedTests + ([.testResults[] | select(.status == "failed" and (.assertionResults | length) == 0)] | length)' "$report")
  fi
  [[ $word == ok ]] || ((bad > 0)) || bad=1
  count "$good" "$bad"
  result 'portal: unit tests' "$good of $((good + bad)), $(seconds_since "$begun") s" "$word"
  [[ $word == ok ]] && return
  name_failures <<<'portal: unit tests'
  tail -n 60 "$ARTIFACTS/lint/portal.log" | sed 's/^/         /'
}
