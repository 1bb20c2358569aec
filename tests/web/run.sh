#!/usr/bin/env bash
# The web page in headless Chromium: without users, with a password, and with a password over HTTPS. Screenshots are left in $TMPDIR/qe-web. What cannot be installed is said, and
# then nothing is run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="${TMPDIR:-/tmp}/qe-web"
rm -rf "$work"
mkdir -p "$work/catalog" "$work/open" "$work/users" "$work/https"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v chromium >/dev/null; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) >"$work/install.log" 2>&1 ||
        { echo "web page: skipped, Chromium cannot be installed: $(tail -n 1 "$work/install.log")"; exit 0; }
fi
[ -d "$here/node_modules" ] || (cd "$here" && npm install --no-audit --no-fund) >"$work/install.log" 2>&1 ||
    { echo "web page: skipped, puppeteer-core cannot be installed: $(tail -n 1 "$work/install.log")"; exit 0; }
dotnet build "$root/Engine.Cli" -c Release --nologo -v quiet >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
qe=(dotnet "$root/Engine.Cli/bin/Release/net10.0/qe.dll")

# A folder for its files, then further options of the server, then name and password.
visit() {
    "${qe[@]}" serve --catalog "$work/catalog" --pg-port 0 --http-port 0 "${@:2:$#-3}" >"$work/$1/server.log" 2>&1 &
    local server=$!
    until grep -q '^ready' "$work/$1/server.log"; do
        kill -0 "$server" 2>/dev/null || { cat "$work/$1/server.log"; return 1; }
        sleep 0.2
    done
    local port status=0
    port=$(sed -nE 's/^ready.* http=([0-9]+).*/\1/p' "$work/$1/server.log")
    echo "== $1"
    node "$here/page.mjs" "${scheme:-http}://127.0.0.1:$port/" "$work/$1" ${@: -2} || status=1
    kill "$server"
    wait "$server" || true
    return $status
}

status=0
visit open "" "" || status=1
echo secret | "${qe[@]}" user add ann --users "$work/users.yaml" --administrator >/dev/null
visit users --users "$work/users.yaml" ann secret || status=1
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$work/server.key" -out "$work/server.crt" 2>"$work/openssl.log"
export NODE_EXTRA_CA_CERTS="$work/server.crt"
PAGE_KEY=$(openssl x509 -in "$work/server.crt" -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64)
export PAGE_KEY
scheme=https visit https --users "$work/users.yaml" --tls-cert "$work/server.crt" --tls-key "$work/server.key" ann secret || status=1
exit $status
