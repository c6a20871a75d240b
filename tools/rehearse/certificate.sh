#!/bin/bash
# certificate.sh NAME FOLDER: a certificate for NAME, signed by an authority that this machine alone believes.
set -euo pipefail
name=$1 folder=$2 authority=/root/authority
if [ ! -e "$authority.crt" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=Authority of the rehearsal" \
    -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$authority.key" -out "$authority.crt" 2>/dev/null
  cp "$authority.crt" /usr/local/share/ca-certificates/rehearsal.crt
  update-ca-certificates >/dev/null
fi
mkdir -p "$folder"
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout "$folder/privkey.pem" -out "$folder/request" 2>/dev/null
openssl x509 -req -in "$folder/request" -CA "$authority.crt" -CAkey "$authority.key" -CAcreateserial -days 2 \
  -extfile <(printf 'subjectAltName=DNS:%s\nauthorityKeyIdentifier=keyid\n' "$name") -out "$folder/fullchain.pem" 2>/dev/null
