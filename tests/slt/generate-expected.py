#!/usr/bin/env python3
"""Fills the expected rows of query records in .slt files from PostgreSQL.

    tests/slt/generate-expected.py "psql connection string" FILE...

Only query records without a '----' section are filled; what is there stays. All other records run too, in their order and one session, in a database
of the file's own. A reviewer reads the diff.
"""
import subprocess
import sys

connection, files = sys.argv[1], sys.argv[2:]
DATABASE = "slt_expected"
END = "end of the answer:"


class Session:
    """A psql that is fed one record after the other."""

    def __init__(self):
        for sql in (f"DROP DATABASE IF EXISTS {DATABASE}", f"CREATE DATABASE {DATABASE}"):
            subprocess.run(["psql", connection, "-X", "-q", "-c", sql], check=True, capture_output=True)
        self.psql = subprocess.Popen(
            ["psql", f"{connection} dbname={DATABASE}", "-X", "-q", "-A", "-t", "-F", "\t", "-P", "null=NULL", "-v", "VERBOSITY=terse"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def ask(self, sql):
        """The lines of the answer, and whether it is an error."""
        self.psql.stdin.write(f"{sql.rstrip().rstrip(';')}\n;\n\\echo {END} :ERROR\n")
        self.psql.stdin.flush()
        lines = []
        while not (line := self.psql.stdout.readline()).startswith(END):
            lines.append(line.rstrip("\n"))
        return lines, line.split()[-1] == "true"

    def close(self):
        self.psql.stdin.close()
        self.psql.wait()


def cells(line):
    return "\t".join({"t": "true", "f": "false", "": "(empty)"}.get(cell, cell) for cell in line.split("\t"))


def filled(session, record, name):
    lines = record.split("\n")
    start = next((i for i, line in enumerate(lines) if line.startswith(("query ", "statement "))), None)
    if start is None:
        return record
    end = lines.index("----") if "----" in lines else len(lines)
    answer, failed = session.ask("\n".join(lines[start + 1:end]))
    if failed != lines[start].startswith("statement error"):
        print(f"{name}: {record}\nPostgreSQL says {answer}", file=sys.stderr)
    elif lines[start].startswith("query ") and end == len(lines):
        lines += ["----"] + [cells(line) for line in answer]
    return "\n".join(lines)


for name in files:
    session = Session()
    records = open(name).read().rstrip("\n").split("\n\n")
    open(name, "w").write("\n\n".join([filled(session, record, name) for record in records]) + "\n")
    session.close()
