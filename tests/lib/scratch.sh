# shellcheck shell=bash
# A private database for one program; sourced after deploy/lib/{common,processes,database}.sh.

# Starts it and names its socket in JINHUAN_TEST_DB_SOCKET; it is gone when the script ends.
start_scratch_database() {
  local scratch
  # Short, because a unix socket's path is.
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/jinhuan-scratch.XXXXXX")
  # shellcheck disable=SC2064 # as it is now
  trap "stop 60 database; rm -rf '$scratch'" EXIT
  # shellcheck disable=SC2034 # of deploy/lib
  LOGS=$scratch RUN=$scratch DATABASE=$scratch/database SOCKET=$scratch/database.sock
  create_database_files --auth-root-authentication-method=normal
  # shellcheck disable=SC2119 # without options
  start_database
  export JINHUAN_TEST_DB_SOCKET=$SOCKET
}
