#!/usr/bin/env bash
# Sends N (100,000 unless told) conversations with changed messages, wrong lengths and messages out of order to two servers, one with users, and prints how
# they ended, by SQLSTATE. Fails on a crash, a hang, an internal error, a session that is left, and on growth of the process. FIRST (0) is the first case's number.
#   tests/fuzz-wire.sh [N] [FIRST]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 QE_FUZZ_WIRE="${1:-100000}" QE_FUZZ_FIRST="${2:-0}"
dotnet test -c Release tests/Engine.Server.Tests --filter FullyQualifiedName~WireFuzzTests --logger "console;verbosity=detailed" --blame-hang --blame-hang-timeout 60min
