# shellcheck shell=bash
# Which node to use: the machine's where it is new enough, else the one that
# deploy/install put under .cache/node.

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

# `npm ci` in $1, unless its lock file is the one that was installed last.
npm_install() {
  local folder=$1 stamp=$1/node_modules/.installed-lock lock
  lock=$(hash_of "$folder/package-lock.json")
  [[ -e $stamp && $(<"$stamp") == "$lock" ]] && return
  say "npm ci in ${folder#"$ROOT/"}"
  npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error
  printf '%s\n' "$lock" >"$stamp"
}
