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

# Installs what the lock file of $1 names, unless that was done before. Not by
# `npm ci`: it refuses a lock file without the optional binaries of other
# platforms, which not every mirror carries.
npm_install() {
  local folder=$1 stamp=$1/node_modules/.installed-lock lock
  lock=$(sha256sum <"$folder/package-lock.json")
  [[ -e $stamp && $(<"$stamp") == "$lock" ]] && return
  say "npm packages of ${folder#"$ROOT/"}"
  rm -rf "$folder/node_modules"
  npm --prefix "$folder" install --no-save --no-audit --no-fund --loglevel=error
  printf '%s\n' "$lock" >"$stamp"
}
