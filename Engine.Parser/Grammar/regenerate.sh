#!/bin/sh
# Writes ../Generated from the grammar. Needs Node.js and the npm registry; antlr-ng is installed into a temporary directory.
set -eu
cd "$(dirname "$0")"
tool="${ANTLR_NG_DIR:-}"
if [ -z "$tool" ]; then
    tool="$(mktemp -d)"
    trap 'rm -rf "$tool"' EXIT
    npm install --silent --no-audit --no-fund --prefix "$tool" antlr-ng@1.0.10
fi
out="$(mktemp -d)"
# The vocabulary first: only its .tokens file is of use, no lexer is kept.
"$tool/node_modules/.bin/antlr-ng" -Dlanguage=CSharp -l false -o "$out" SqlTokens.g4
"$tool/node_modules/.bin/antlr-ng" -Dlanguage=CSharp -l false -w true -p Engine.Parser.Generated --lib "$out" -o "$out" SqlGrammar.g4
mkdir -p ../Generated
# What the generator writes is an inner matter of this assembly.
sed -e 's/^public partial class SqlGrammar/internal partial class SqlGrammar/' -e '/^\[System.CLSCompliant/d' "$out/SqlGrammar.cs" > ../Generated/SqlGrammar.cs
rm -rf "$out"
