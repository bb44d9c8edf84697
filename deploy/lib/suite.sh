# shellcheck shell=bash
# The suite on one machine: its folders, the order in which things start and
# stop, and what is said of it. Used by deploy/up, whose options it reads.

SERVICES=(alliance-svc resource-svc meeting-svc)

# Makes the folders of DATA, and the one place where a second start is refused.
lay_out_data() {
  mkdir -p "$data"
  DATA=$(cd "$data" && pwd -P)
  RUN=$DATA/run
  # A unix socket's path has at most 107 bytes (unix(7)).
  ((${#RUN} + 20 <= 107)) ||
    RUN=${XDG_RUNTIME_DIR:-/tmp}/jinhuan-$(id -u)-$(printf %s "$DATA" | sha256sum | cut -c1-16)
  LOGS=$DATA/log SECRETS=$DATA/secrets DATABASE=$DATA/database SOCKET=$RUN/database.sock
  mkdir -p "$LOGS"
  (umask 077 && mkdir -p "$RUN" "$SECRETS")
  # Anyone can guess a name in /tmp, and make it first.
  [[ -O $RUN && ! -L $RUN ]] || die "$RUN belongs to someone else or is a link; remove it"
  lock_data
  if [[ -n $reset ]]; then
    say "dropping the data in $DATA"
    rm -rf "$DATABASE" "$DATABASE".{new,tmp} "$SECRETS" "$DATA/demo.json" "${LOGS:?}"/*
    (umask 077 && mkdir -p "$SECRETS")
  fi
  rm -f "$RUN"/*.sock "$RUN"/*.pid
}

# The lock goes with the last process of the suite. With --reset a running suite
# is stopped; else, where only its remains are still going down, they are waited
# for.
lock_data() {
  exec 9>>"$RUN/lock"
  flock -n 9 && { : >"$RUN/lock" && printf '%s\n' $$ >&9; return; }
  local owner
  owner=$(<"$RUN/lock")
  if kill -0 "${owner:-0}" 2>/dev/null; then
    if [[ -z $reset ]]; then
      warn "already running on $DATA (process $owner)"
      exit 3
    fi
    say "stopping the suite that runs on $DATA (process $owner)"
    kill -TERM "$owner"
  fi
  flock -w 90 9 || die "$DATA is still in use"
  : >"$RUN/lock"
  printf '%s\n' $$ >&9
}

# The name under which this machine reaches what is served.
reachable() { case $listen in 0.0.0.0 | '::' | 127.0.0.1) printf localhost ;; *) printf %s "$listen" ;; esac }

check_ports() {
  local option number
  while read -r option number; do
    if (exec 3<>"/dev/tcp/$here/$number") 2>/dev/null; then
      warn "port $number is taken; choose another with $option"
      exit 3
    fi
  done <<<"--port $port"$'\n'"--grpc-port $grpc_port"
}

make_secrets() {
  local service
  for service in "${SERVICES[@]}"; do
    once "$service.password" random_hex 24 && once "$service.journal" random_hex 32 || return
  done
  once caller.seed random_hex 32 &&
    once caller.public public_key <"$SECRETS/caller.seed" &&
    once check-in.key random_hex 32 &&
    once administrators administrators
}

# The first three accounts, which alliance-svc makes while it has none: login,
# password, role, title. The demo's passwords are known to all; those of a real
# installation are random, as its policy wants them, and must be changed at once.
administrators() {
  local line
  while read -r line; do
    printf '%s\n' "${line/PASSWORD/$([[ -n $demo ]] && printf jinhuan-demo-2026 || printf Jh-%s "$(random_hex 12)")}"
  done <<'LINES'
sysadmin PASSWORD ROLE_SYSTEM_ADMIN 系统管理员
secadmin PASSWORD ROLE_SECURITY_ADMIN 安全管理员
audit PASSWORD ROLE_AUDIT_ADMIN 审计管理员
LINES
}

# A schema and an account for each service; an account sees its own schema alone.
database_accounts() {
  local service
  for service in "${SERVICES[@]}"; do
    local name=${service%-svc}
    cat <<SQL
CREATE DATABASE IF NOT EXISTS $name CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS $name@localhost;
ALTER USER $name@localhost IDENTIFIED BY '$(<"$SECRETS/$service.password")';
GRANT ALL PRIVILEGES ON $name.* TO $name@localhost;
SQL
  done
}

start_service() {
  local service=$1 name=${1%-svc} options=()
  case $service in
    alliance-svc)
      options=(--bootstrap_file="$SECRETS/administrators")
      # Whoever tries the demo signs in with what the first page says.
      [[ -z $demo ]] || options+=(--force_first_password_change=false)
      # A clock that leaps over months would sign everyone out, and ask for new passwords.
      [[ -z $test_clock ]] || options+=(--session_life=20000h --password_policy=asvs)
      ;;
    resource-svc)
      options=(--alliance_target="unix:$RUN/alliance-svc.sock" --caller_key_file="$SECRETS/caller.seed"
        --check_in_key_file="$SECRETS/check-in.key")
      ;;
    meeting-svc)
      options=(--alliance_target="unix:$RUN/alliance-svc.sock" --resource_target="unix:$RUN/resource-svc.sock"
        --caller_key_file="$SECRETS/caller.seed" --check_in_key_file="$SECRETS/check-in.key")
      ;;
  esac
  [[ -z $test_clock ]] || options+=(--test_clock_file="$test_clock")
  [[ ! -e $DATA/witnesses ]] || options+=(--journal_witness_keys="$DATA/witnesses")
  start "$service" "$BUILD/bin/$service" --listen="unix:$RUN/$service.sock" \
    --metrics_listen="$(metrics_of "$service")" --db_socket="$SOCKET" --db_schema="$name" \
    --db_user="$name" --db_password_file="$SECRETS/$service.password" \
    --caller_public_key_file="$SECRETS/caller.public" \
    --journal_key_file="$SECRETS/$service.journal" "${options[@]}"
}

start_gateway() {
  local options=()
  # Everyone who tries the demo does so from one address, and tests do it often.
  [[ -z $demo ]] || options=(--public_write_burst=100 --public_write_per_hour=1000 --public_read_per_minute=600
    --calls_per_second_per_address=100000 --calls_per_second_per_caller=100000
    --connections_per_second_per_address=100000 --max_streams_per_caller=2000)
  # The story has many sign in, and who looks at the demo signs in as one after the other.
  [[ -z $demo || -z $story ]] || options+=(--sign_in_burst=100)
  [[ -z $test_clock ]] || options+=(--test_clock_file="$test_clock")
  start gateway "$BUILD/bin/jinhuan-gateway" --http_listen="$listen:$port" \
    --grpc_listen="$listen:$grpc_port" --metrics_listen="$(metrics_of gateway)" \
    --portal_dir="$ROOT/gateway/portal/dist" --caller_key_file="$SECRETS/caller.seed" \
    --alliance_target="unix:$RUN/alliance-svc.sock" \
    --resource_target="unix:$RUN/resource-svc.sock" \
    --meeting_target="unix:$RUN/meeting-svc.sock" "${options[@]}"
}

metrics_of() {
  [[ -n $metrics_port ]] || return 0
  local -A place=([gateway]=0 [alliance-svc]=1 [resource-svc]=2 [meeting-svc]=3)
  printf '127.0.0.1:%d' $((metrics_port + place[$1]))
}

start_one() {
  case $1 in
    database)
      (umask 077 && database_accounts >"$SECRETS/accounts.sql")
      start_database --init-file="$SECRETS/accounts.sql"
      ;;
    gateway) start_gateway ;;
    *) start_service "$1" ;;
  esac
}

start_suite() {
  make_secrets || return
  create_database_files || return
  start_one database || return
  local name
  # Each would start without the others; this way none waits to connect again.
  for name in "${SERVICES[@]}" gateway; do
    start_one "$name"
    await "$name" says_serving "$name" || return
  done
}

# Against the order of start: nobody loses the one it calls.
stop_suite() {
  local status=$?
  trap '' INT TERM HUP
  trap - EXIT
  ((${#PID[@]} == 0)) || say "stopping"
  stop 15 demo
  stop 15 gateway
  stop 15 "${SERVICES[@]}"
  stop 120 database
  exit "$status"
}

# Waits until a process dies. Then all is stopped; with --supervise that one is
# started again, and only one that does not come back stops all.
watch_suite() {
  local name
  while true; do
    wait -n "${PID[@]}" || true
    for name in database "${SERVICES[@]}" gateway; do
      alive "$name" && continue
      explain "$name"
      [[ -n $supervise ]] || exit 1
      start_one "$name" || exit 1
      [[ $name == database ]] || await "$name" says_serving "$name" || exit 1
      say "$name is back"
    done
  done
}

# The ports may be others than at the start before.
note_addresses() {
  [[ -e $DATA/demo.json ]] || return 0
  (umask 077 && jq --arg http "http://$here:$port" --arg grpc "$here:$grpc_port" \
    '.http = $http | .grpc = $grpc' "$DATA/demo.json" >"$DATA/demo.json.new") &&
    mv "$DATA/demo.json.new" "$DATA/demo.json"
}

# The load is a process like the others, so that a signal ends it at once. It goes
# on from where one before was interrupted.
load_demo() {
  use_node
  say "loading the demo alliance (only on the first start)"
  start demo node "$ROOT/deploy/demo/load.mjs" --http "http://$here:$port" --grpc "$here:$grpc_port" \
    --administrators "$SECRETS/administrators" --out "$DATA/demo.json" ${story:+--story}
  wait "${PID[demo]}" || { explain demo && die "the demo does not load; the next start goes on with it"; }
  stop 0 demo
}

say_welcome() {
  say ''
  say "  portal and JSON   http://$here:$port"
  say "  native gRPC       $here:$grpc_port"
  if [[ -e $DATA/demo.json ]]; then
    say ''
    jq -r '.accounts[] | [.login, .password, .role] | @tsv' "$DATA/demo.json" |
      while IFS=$'\t' read -r login password role; do printf '  %-24s %-44s %s\n' "$login" "$password" "$role"; done
    [[ $listen == 127.0.0.1 ]] || say '  These passwords are public: the network can sign in with them.'
  else
    say "  administrators    $SECRETS/administrators"
  fi
  say ''
  say "  data and logs     $DATA"
  say '  Ctrl-C stops.'
}
