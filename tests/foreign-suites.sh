#!/usr/bin/env bash
# Runs foreign sqllogictest suites, which are read where they lie and not part of this repository: clones (bare or not) of hydromatic/sql-logic-test and
# duckdb/duckdb. Prints statements and queries by area and what passed of them; each failure goes to a file.
#   tests/foreign-suites.sh sqlite PATH            SQLite's select1 to select5: all must pass
#   tests/foreign-suites.sh portable PATH LIST     the queries of a list (path:line) of DuckDB's that PostgreSQL passes too
#   tests/foreign-suites.sh duckdb PATH LIST       the scripts of a list, by area
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
suite="${1:?sqlite, portable or duckdb}" source="${2:?the path of the clone}"
dotnet build -c Release --nologo -v quiet tests/Engine.Slt
runner=(dotnet tests/Engine.Slt/bin/Release/net10.0/Engine.Slt.dll --source "$source" --failures "${TMPDIR:-/tmp}/$suite.failures")
case "$suite" in
    sqlite) "${runner[@]}" --flavour Sqlite --areas 9 src/main/resources/test/select{1,2,3,4,5}.test ;;
    portable) "${runner[@]}" --flavour DuckDb --timeout 5 --least 95 "${3:?the list}" ;;
    duckdb) "${runner[@]}" --flavour DuckDb --timeout 5 --least 0 "${3:?the list}" ;;
    *) echo "sqlite, portable or duckdb, not $suite" >&2; exit 2 ;;
esac
