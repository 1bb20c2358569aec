#!/usr/bin/env bash
# Asks the engine and a PostgreSQL 15 server of its own for every function, operator, cast and special form over a grid of values, and prints what
# differs and is not listed in tests/Engine.Differential.Tests/Postgres/known-postgres-differences.tsv. CI takes every twentieth call.
#   tests/fuzz-postgres.sh [SIGNATURE-PART] [FILE]     only signatures with that part in them; all that differs, call by call, into the file
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 QE_POSTGRES=full
[ -z "${1:-}" ] || export QE_POSTGRES_FILTER="$1"
[ -z "${2:-}" ] || export QE_POSTGRES_OUT="$2"
dotnet test -c Release tests/Engine.Differential.Tests --filter FullyQualifiedName~PostgresGridTests --logger "console;verbosity=detailed"
