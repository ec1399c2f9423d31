#!/bin/sh
# Makes a private CA and a server certificate for tests and demonstrations: ca.pem, server.pem and
# server.key in DIRECTORY, ECDSA P-256, for 127.0.0.1 and localhost, 30 days. Not for a school.
set -eu
[ $# -eq 1 ] || { echo "usage: ca.sh DIRECTORY" >&2; exit 64; }
umask 077
mkdir -p "$1"
cd "$1"

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

new_key ca.key
openssl req -x509 -new -key ca.key -sha256 -days 30 -subj "/CN=Assent test CA" -out ca.pem \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign"
new_key server.key
cat > server.ext <<'EXT'
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:localhost,IP:127.0.0.1
EXT
openssl req -new -key server.key -subj "/CN=localhost" |
    openssl x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days 30 \
        -extfile server.ext -out server.pem 2>/dev/null
rm -f server.ext ca.srl
