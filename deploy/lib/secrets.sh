# shellcheck shell=bash
# Makes the secrets of an installation once, each in a file of its own that only
# its owner can read. Wants SECRETS, their folder.

# once NAME COMMAND...: the output of COMMAND becomes the secret NAME, unless
# there is one.
once() {
  local file=$SECRETS/$1
  shift
  [[ -s $file ]] && return
  (umask 077 && "$@" >"$file.new") && mv "$file.new" "$file"
}

random_hex() { openssl rand -hex "$1"; }

# The Ed25519 public key of the seed on standard input, both as 64 hex digits:
# the seed is wrapped as a PKCS#8 key (RFC 8410, section 7) for openssl.
public_key() {
  local seed
  read -r seed
  # shellcheck disable=SC2059 # the format is the bytes
  printf "$(sed 's/../\\x&/g' <<<"302e020100300506032b657004220420$seed")" |
    openssl pkey -inform DER -pubout -outform DER | tail -c 32 | od -An -v -tx1 | tr -d ' \n'
}
