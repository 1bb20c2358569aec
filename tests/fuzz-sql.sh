#!/usr/bin/env bash
# Compares N (50,000 unless told) generated expressions and 0.4 N generated queries with DuckDB; FIRST (1) is the first seed. Prints how many agree, how
# many differ as listed in tests/Engine.Differential.Tests/Fuzz/known-fuzz-differences.tsv, and what differs otherwise.
#   tests/fuzz-sql.sh [N] [FIRST]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 QE_FUZZ_SQL="${1:-50000}" QE_FUZZ_SEED="${2:-1}"
dotnet test -c Release tests/Engine.Differential.Tests --filter FullyQualifiedName~SqlFuzzTests --logger "console;verbosity=detailed"
