# shellcheck shell=bash
# Starting, watching and stopping the processes of one suite. Wants LOGS and RUN,
# the folders of logs and of sockets and pid files.

declare -A PID=()      # of what was started, by name
declare -A LOG_FROM=() # where in its log file the present run begins

alive() { [[ -n ${PID[$1]-} ]] && kill -0 "${PID[$1]}" 2>/dev/null; }

# start NAME COMMAND...: in a session of its own, so that Ctrl-C reaches only
# the script that stops things in order; if that script is killed, the process
# gets SIGTERM.
start() {
  local name=$1 log=$LOGS/$1.log
  shift
  touch "$log"
  LOG_FROM[$name]=$(stat -c %s "$log")
  setpriv --pdeathsig TERM setsid "$@" >>"$log" 2>&1 </dev/null &
  PID[$name]=$!
  printf '%s\n' "${PID[$name]}" >"$RUN/$name.pid"
}

# What NAME has logged since it was started.
log_of() { tail -c "+$((LOG_FROM[$1] + 1))" "$LOGS/$1.log"; }

# A service or the gateway says so once it takes calls. Not by a pipe: grep ends at
# the first match, and with pipefail the SIGPIPE of log_of would be the result.
says_serving() { grep -q '"event":"serving"' < <(log_of "$1"); }

# await NAME TEST...: until TEST succeeds. Fails, with the end of its log, when
# NAME ends before or 60 s pass.
await() {
  local name=$1 deadline=$((SECONDS + 60))
  shift
  until "$@"; do
    if ! alive "$name" || ((SECONDS > deadline)); then
      explain "$name"
      return 1
    fi
    sleep 0.02
  done
}

# Says that NAME ended or hangs, and what it said last.
explain() {
  if alive "$1"; then warn "$1 does not get ready; its log ends:"; else warn "$1 ended; its log ends:"; fi
  log_of "$1" | tail -n 15 | sed 's/^/  /' >&2
  warn "  ($LOGS/$1.log)"
}

# stop SECONDS NAME...: asks all at once to end, and waits until they have.
stop() {
  local deadline=$((SECONDS + $1)) name
  shift
  for name; do ! alive "$name" || kill -TERM "${PID[$name]}" 2>/dev/null || true; done
  for name; do
    while alive "$name" && ((SECONDS <= deadline)); do sleep 0.02; done
    if alive "$name"; then
      warn "$name does not end; killing it"
      kill -KILL "${PID[$name]}" 2>/dev/null || true
      while alive "$name"; do sleep 0.02; done
    fi
    rm -f "$RUN/$name.pid"
    unset "PID[$name]"
  done
}
