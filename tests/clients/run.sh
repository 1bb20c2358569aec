#!/usr/bin/env bash
# Runs real clients of PostgreSQL against `qe serve` and against PostgreSQL 15, on the same tables, and compares what they print line by line.
#   tests/clients/run.sh [client ...]      all of them, or psql, tools, jdbc, odbc, psycopg2, psycopg3, asyncpg, sqlalchemy, node, orm, pgbench
# Each client is installed with apt or npm where it is missing; one that cannot be installed is skipped with a word. What differs rightly is in
# NAME.differences: a sed script over both outputs, each line with its reason. Outputs and logs stay in $TMPDIR/qe-clients.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
source "$here/install.sh"
work="${TMPDIR:-/tmp}/qe-clients"
rm -rf "$work"
mkdir -p "$work/catalog" "$work/postgres"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 PGHOST=127.0.0.1 PGUSER=analyst PGDATABASE=memory PGCONNECT_TIMEOUT=20
binaries=/usr/lib/postgresql/15/bin

install_packages "$binaries/initdb" postgresql-15 || { echo "PostgreSQL 15 cannot be installed: no clients are run"; exit 0; }
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

stop() {
    [ -z "${engine:-}" ] || kill "$engine" 2>/dev/null || true
    as_server "$binaries/pg_ctl" -D "$work/postgres/data" -m immediate -w stop >/dev/null 2>&1 || true
}
trap stop EXIT

postgres_port=$(free_port)
[ "$(id -u)" != 0 ] || chown postgres "$work/postgres"
as_server "$binaries/initdb" -D "$work/postgres/data" -U analyst --auth=trust --encoding=UTF8 --locale=C --no-sync >"$work/initdb.log" 2>&1
as_server "$binaries/pg_ctl" -D "$work/postgres/data" -w -l "$work/postgres/log" \
    -o "-p $postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work/postgres -c timezone=UTC" start >/dev/null
PGPORT=$postgres_port PGDATABASE=postgres psql -qX -c 'CREATE DATABASE memory'
PGPORT=$postgres_port psql -qX -v ON_ERROR_STOP=1 -f "$here/setup.sql"

engine_port=$(free_port)
dotnet build "$root/Engine.Cli" -c Release --nologo -v quiet >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
dotnet "$root/Engine.Cli/bin/Release/net10.0/qe.dll" serve --catalog "$work/catalog" --pg-port "$engine_port" >"$work/engine.log" 2>&1 &
engine=$!
until grep -q '^ready' "$work/engine.log"; do
    kill -0 "$engine" 2>/dev/null || { cat "$work/engine.log"; exit 1; }
    sleep 0.2
done
PGPORT=$engine_port psql -qX -v ON_ERROR_STOP=1 -f "$here/setup.sql"

failed=0
for client in ${@:-psql tools jdbc odbc psycopg2 psycopg3 asyncpg sqlalchemy node orm pgbench}; do
    if ! "install_$client" >"$work/$client.install" 2>&1; then
        echo "$client: skipped, it cannot be installed: $(tail -n 1 "$work/$client.install")"
        continue
    fi
    started=$SECONDS
    for server in postgres engine; do
        port="${server}_port"
        PGPORT=${!port} "run_$client" >"$work/$client.$server" 2>&1 </dev/null || echo "exit code $?" >>"$work/$client.$server"
        sed -E -f "$here/common.differences" "$work/$client.$server" >"$work/$client.$server.common"
        if [ -f "$here/$client.differences" ]; then
            sed -i -E -f "$here/$client.differences" "$work/$client.$server.common"
        fi
    done
    if grep -q '^exit code' "$work/$client.postgres"; then
        echo "$client: does not run even with PostgreSQL: $work/$client.postgres"
        tail -n 5 "$work/$client.postgres"
        failed=1
    elif diff -u "$work/$client.postgres.common" "$work/$client.engine.common" >"$work/$client.diff"; then
        echo "$client: $(wc -l <"$work/$client.engine") lines as from PostgreSQL, in $((SECONDS - started)) s"
    else
        echo "$client: $(grep -c '^[+-][^+-]' "$work/$client.diff") lines differ: $work/$client.diff"
        head -n "${QE_SHOWN:-40}" "$work/$client.diff"
        failed=1
    fi
done
exit $failed
