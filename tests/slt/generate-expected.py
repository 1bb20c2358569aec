#!/usr/bin/env python3
"""Fills the expected rows of query records in .slt files from PostgreSQL.

    tests/slt/generate-expected.py "psql connection string" FILE...

Only records without a '----' section are filled; what is there stays. Statements run too, in a schema of the file's own. A reviewer reads the diff.
"""
import os
import subprocess
import sys

connection, files = sys.argv[1], sys.argv[2:]
SCHEMA = "slt_expected"


def run(sql):
    return subprocess.run(["psql", connection, "-X", "-q", "-c", sql], capture_output=True, text=True)


def ask(sql, settings):
    commands = [part for setting in settings for part in ("-c", setting)]
    answer = subprocess.run(
        ["psql", connection, "-X", "-q", "-A", "-t", "-F", "\t", "-P", "null=NULL", "-v", "ON_ERROR_STOP=1", *commands, "-c", sql],
        capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"PostgreSQL says {answer.stderr.strip()}\n{sql}")
    return answer.stdout.split("\n")[:-1]


def cells(line):
    return "\t".join({"t": "true", "f": "false", "": "(empty)"}.get(cell, cell) for cell in line.split("\t"))


os.environ["PGOPTIONS"] = f"-c search_path={SCHEMA}"
for name in files:
    run(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    run(f"CREATE SCHEMA {SCHEMA}")
    settings = []
    records = open(name).read().rstrip("\n").split("\n\n")
    out = []
    for record in records:
        lines = record.split("\n")
        if (at := next((i for i, line in enumerate(lines) if line == "statement ok"), None)) is not None:
            statement = "\n".join(lines[at + 1:])
            if statement.upper().startswith(("SET ", "RESET ")):
                settings.append(statement)
            answer = run(statement)
            if answer.returncode != 0:
                print(f"{name}: PostgreSQL says {answer.stderr.strip()}", file=sys.stderr)
        start = next((i for i, line in enumerate(lines) if line.startswith("query ")), None)
        if start is not None and "----" not in lines:
            lines += ["----"] + [cells(line) for line in ask("\n".join(lines[start + 1:]), settings)]
        out.append("\n".join(lines))
    open(name, "w").write("\n\n".join(out) + "\n")
