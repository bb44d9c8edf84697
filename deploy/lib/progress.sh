# shellcheck shell=bash
# Commands that take long: a script that is told to end ends what it waits for, and
# says meanwhile what it is at. Traps of the caller's for INT, TERM and HUP are lost.

# run_stoppable COMMAND...: with this script ends, by INT, TERM or HUP, COMMAND and all
# that it started. It has a session of its own, and no terminal.
run_stoppable() {
  setsid "$@" </dev/null &
  end_with_this "-$!"
  await_job "$!"
}

# run_told COMMAND...: only COMMAND is told, and may finish first what must not break
# off. It keeps the terminal, where sudo asks.
run_told() {
  env --default-signal=INT,QUIT "$@" <&0 &
  end_with_this "$!"
  await_job "$!"
}

# run_shown WHAT DETAIL COMMAND...: as run_stoppable, with a line that says WHAT, what
# `DETAIL LOG` prints of the output so far, and the seconds: a living one on a terminal,
# elsewhere one each 10 s. The output is shown where COMMAND fails.
run_shown() {
  local what=$1 detail=$2 log job width begun=$SECONDS told=$SECONDS status=0
  shift 2
  log=$(mktemp)
  setsid "$@" >"$log" 2>&1 </dev/null &
  job=$!
  end_with_this "-$job" "$log"
  if [[ -t 1 ]]; then
    # A line that is longer than the terminal would leave its beginnings behind.
    { width=$(stty size <&3 2>/dev/null || printf '24 80'); } 3<&1
    width=$((${width##* } - 1))
  else
    say "$what"
  fi
  while kill -0 "$job" 2>/dev/null; do
    if [[ -t 1 ]]; then
      printf '\r\e[K%.*s' "$width" "$what: $("$detail" "$log")$((SECONDS - begun)) s"
    elif ((SECONDS >= told + 10)); then
      told=$SECONDS
      say "$what: $("$detail" "$log")$((SECONDS - begun)) s"
    fi
    sleep 0.2
  done
  await_job "$job" || status=$?
  [[ ! -t 1 ]] || printf '\r\e[K'
  if ((status == 0)); then
    say "$what: done in $((SECONDS - begun)) s"
  else
    warn "$what: failed after $((SECONDS - begun)) s; it said last:"
    grep -v '^npm http ' "$log" | tail -n 30 >&2
  fi
  rm -f "$log"
  return "$status"
}

# A DETAIL for what says nothing of itself.
nothing_more() { :; }

# end_with_this JOB [LOG]: a signal goes on to JOB, a process or with - a group, and this
# script ends after it. What has a LOG can be begun anew at any point, and npm may take
# long to hear a signal: it is given 2 s.
end_with_this() {
  # shellcheck disable=SC2064 # as it is now
  trap "end_job '$1' '${2-}'; exit 143" INT TERM HUP
}

end_job() {
  local job=$1 log=$2
  trap '' INT TERM HUP
  kill -TERM -- "$job" 2>/dev/null || return 0
  if [[ -n $log ]]; then
    for _ in {1..20}; do
      kill -0 -- "$job" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "$job" 2>/dev/null || true
    rm -f "$log"
  fi
  wait "${job#-}" 2>/dev/null || true
}

await_job() {
  local status=0
  wait "$1" || status=$?
  trap - INT TERM HUP
  return "$status"
}
