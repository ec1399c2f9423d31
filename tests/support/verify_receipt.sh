#!/bin/sh
# Verifies a receipt with the shell, openssl and coreutils alone, step by step as docs/ledger.md
# tells. verify_receipt.sh VERIFIER_KEY PROOF RECORD
set -eu
key=$1 proof=$2 record=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
refuse() { echo "refused: $1" >&2; exit 1; }
sha256() { openssl dgst -sha256 -binary; }
hex() { od -An -v -tx1 | tr -d ' \n'; }

# The key: name+hash+base64(0x01, key).
name=${key%%+*} rest=${key#*+}
hash=${rest%%+*}
printf '%s' "${rest#*+}" | base64 -d >"$work/typed"
[ "$( (printf '%s\n' "$name"; cat "$work/typed") | sha256 | head -c4 | hex)" = "$hash" ] ||
  refuse "bad key"
(printf '\060\052\060\005\006\003\053\145\160\003\041\000'; tail -c32 "$work/typed") >"$work/der"

# The checkpoint: its text, and the signature line of this key.
sed '1,/^$/d' "$proof" >"$work/note"
sed '/^$/,$d' "$work/note" >"$work/text"
for signature in $(awk -v name="$name" '$1 == "—" && $2 == name {print $3}' "$work/note"); do
  printf '%s' "$signature" | base64 -d >"$work/signature" || refuse "bad base64"
  [ "$(head -c4 "$work/signature" | hex)" = "$hash" ] && tail -c+5 "$work/signature" >"$work/sig"
done
[ -s "$work/sig" ] || refuse "not signed by this key"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/der" -rawin -in "$work/text" \
  -sigfile "$work/sig" >"$work/said" 2>&1 || refuse "wrong signature"
[ "$(sed -n 1p "$work/text")" = "$name" ] || refuse "another log"
size=$(sed -n 2p "$work/text") root=$(sed -n 3p "$work/text")

# The leaf: SHA-256(0x00, 0x01, SHA-256("assent/record/v1", 0x00, salt, record)).
[ "$(sed -n 1p "$proof")" = c2sp.org/tlog-proof@v1 ] || refuse "no tlog-proof"
index=$(sed -n '3s/^index //p' "$proof")
sed -n '2s/^extra //p' "$proof" | base64 -d >"$work/salt" || refuse "bad salt"
(printf 'assent/record/v1\000'; cat "$work/salt" "$record") | sha256 >"$work/commitment"
(printf '\000\001'; cat "$work/commitment") | sha256 >"$work/hash"

# The path to the root, one hash a line: SHA-256(0x01, left, right).
at=$index last=$((size - 1))
[ "$index" -lt "$size" ] || refuse "index outside the log"
for sibling in $(sed '1,3d;/^$/,$d' "$proof"); do
  [ "$last" -gt 0 ] || refuse "proof too long"
  printf '%s' "$sibling" | base64 -d >"$work/sibling" || refuse "bad base64"
  if [ $((at % 2)) = 1 ] || [ "$at" = "$last" ]; then
    (printf '\001'; cat "$work/sibling" "$work/hash") | sha256 >"$work/next"
    while [ $((at % 2)) = 0 ] && [ "$at" != 0 ]; do at=$((at / 2)) last=$((last / 2)); done
  else
    (printf '\001'; cat "$work/hash" "$work/sibling") | sha256 >"$work/next"
  fi
  mv "$work/next" "$work/hash"
  at=$((at / 2)) last=$((last / 2))
done
[ "$last" = 0 ] || refuse "proof too short"
[ "$(base64 -w0 "$work/hash")" = "$root" ] || refuse "not in the signed log"
echo "record $index of $size is in the log"
