# shellcheck shell=bash
# Which node to use: the machine's where it is new enough, else the one that
# deploy/install put under .cache/node.

# shellcheck source=deploy/lib/progress.sh
source "$ROOT/deploy/lib/progress.sh"

NODE_NEEDED=20.19.0
NODE_OWN=$ROOT/.cache/node

node_suffices() {
  local version
  version=$("$1" --version 2>/dev/null) || return 1
  printf '%s\n' "v$NODE_NEEDED" "$version" | sort -V -C
}

# Puts the node to use first on PATH.
use_node() {
  node_suffices node && return
  PATH=$NODE_OWN/bin:$PATH
  hash -r
  node_suffices node || die "node $NODE_NEEDED or newer is missing; run deploy/install"
}

# Installs what the lock file of $1 names, unless that was done before. Not by
# `npm ci`: it refuses a lock file without the optional binaries of other
# platforms, which not every mirror carries.
npm_install() {
  local folder=$1 stamp=$1/node_modules/.installed-lock lock
  lock=$(sha256sum <"$folder/package-lock.json")
  [[ -e $stamp && $(<"$stamp") == "$lock" ]] && return
  rm -rf "$folder/node_modules"
  npm_fetch "npm packages of ${folder#"$ROOT/"}" "$folder"
  printf '%s\n' "$lock" >"$stamp"
}

# npm_fetch WHAT FOLDER [PACKAGE...]: npm install in FOLDER; says WHAT.
npm_fetch() {
  local what=$1 folder=$2
  shift 2
  run_shown "$what" fetched_by_npm \
    npm --prefix "$folder" install --no-save --no-audit --no-fund --loglevel=http "$@"
}

# Of a log of npm: how many answers it has had, and of which package the last one.
fetched_by_npm() {
  awk '/^npm http fetch GET/ { count++; last = $6 }
    END {
      if (!count) exit
      sub(/^[a-z]+:\/\/[^\/]*\//, "", last); sub(/\/-\/.*/, "", last); gsub(/%2f/, "/", last)
      printf "%d fetched, last %s, ", count, last
    }' "$1"
}
