#!/usr/bin/env bash
# Reads N (100,000 unless told) mutated Parquet files and prints how that ended: counts of rows and of errors by code, the slowest, the peak of
# memory. Fails on a crash, on a file that takes more than 5 s, and on an exception that is no QueryException. FIRST (0) is the first case's number.
#   tests/fuzz-parquet.sh [N] [FIRST]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 QE_FUZZ_PARQUET="${1:-100000}" QE_FUZZ_FIRST="${2:-0}"
dotnet test -c Release tests/Engine.Storage.Tests --filter FullyQualifiedName~ParquetFuzzTests --logger "console;verbosity=detailed" --blame-hang --blame-hang-timeout 60min
