#!/usr/bin/env bash
# pgbench with a script of its own in each of its three protocols: that all transactions end well is what counts here, not how fast.
set -euo pipefail
script=$(mktemp)
cat >"$script" <<'SQL'
\set id random(1, 3)
SELECT total FROM orders WHERE id = :id;
SELECT count(*) FROM customers WHERE id <= :id;
SQL
for mode in simple extended prepared; do
    pgbench -n -f "$script" -c 8 -j 2 -t 50 -M "$mode" 2>&1 | grep -E 'query mode|number of transactions|failed' | sed -E 's/ +/ /g'
done
