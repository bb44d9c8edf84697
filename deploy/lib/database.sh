# shellcheck shell=bash
# A private MariaDB: own data directory, reached by one unix socket and by no
# port. Wants DATABASE (its folder), SOCKET and, to start it, lib/processes.sh.

# Temporary tables lie in a folder of the server's own: a server that starts removes those
# it finds, which in /tmp may be those of another that is running.
database_tmp() { mkdir -p "$DATABASE.tmp" && echo "$DATABASE.tmp"; }

# create_database_files [OPTION...]: fills DATABASE once. The server's root is
# the account that runs this script, told by the socket, unless an option says
# otherwise.
create_database_files() {
  [[ -d $DATABASE ]] && return
  local fresh=$DATABASE.new
  rm -rf "$fresh"
  # From its folder: of a path with a space in it mariadb-install-db makes two.
  (cd "$(dirname "$fresh")" &&
    TMPDIR=$(database_tmp) mariadb-install-db --no-defaults --user="$(id -un)" \
      --datadir="./${fresh##*/}" --skip-test-db --skip-name-resolve --auth-root-authentication-method=socket \
      --auth-root-socket-user="$(id -un)" "$@") >"$LOGS/install-db.log" 2>&1 ||
    { tail -n 20 "$LOGS/install-db.log" >&2 && return 1; }
  mv "$fresh" "$DATABASE" # whole or not at all
}

# start_database [OPTION...]: durable (InnoDB's defaults: flush at each commit,
# doublewrite), READ COMMITTED, UTC.
start_database() {
  start database mariadbd --no-defaults --user="$(id -un)" --datadir="$DATABASE" \
    --socket="$SOCKET" --pid-file="$RUN/database.pid" --tmpdir="$(database_tmp)" \
    --skip-networking --skip-name-resolve \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci \
    --transaction-isolation=READ-COMMITTED --default-time-zone=+00:00 \
    --innodb-buffer-pool-size=256M --innodb-log-file-size=128M \
    --innodb-flush-log-at-trx-commit=1 --max-connections=200 \
    --max-prepared-stmt-count=200000 --local-infile=OFF "$@"
  await database database_answers
}

database_sql() { mariadb --no-defaults --socket="$SOCKET" --user="$(id -un)" "$@"; }
database_answers() { [[ -S $SOCKET ]] && database_sql -e 'SELECT 1' >/dev/null 2>&1; }
