-- The SQL that Looker, Lightdash and Cube make, and what they read of the catalog: own wording, same relations, functions and casts.
\echo -- Looker: dimensions of time, tiers, filters, pivots
SELECT c.name AS "customers.name", (DATE(o.placed )) AS "orders.placed_date", COUNT(*) AS "orders.count", COALESCE(SUM(o.total ), 0) AS "orders.total" FROM public.orders AS o LEFT JOIN public.customers AS c ON o.customer = c.id GROUP BY 1, 2 ORDER BY 2 DESC, 1 FETCH NEXT 500 ROWS ONLY;
SELECT (TO_CHAR(DATE_TRUNC('month', placed ), 'YYYY-MM')) AS m, (TO_CHAR(DATE_TRUNC('week', placed ), 'YYYY-MM-DD')) AS w, (EXTRACT(YEAR FROM placed )::integer) AS y, TO_CHAR(placed, 'YYYY-MM-DD HH24:MI:SS') AS t, TO_CHAR(placed , 'FMMonth') AS n FROM orders ORDER BY id LIMIT 500;
SELECT COUNT(*) FROM orders WHERE ((( placed ) >= ((SELECT (DATE_TRUNC('day', CURRENT_TIMESTAMP) + (-6 || ' day')::INTERVAL))) AND ( placed ) < ((SELECT (DATE_TRUNC('day', CURRENT_TIMESTAMP) + (-6 || ' day')::INTERVAL) + (7 || ' day')::INTERVAL))))
    OR (( placed ) >= (TO_TIMESTAMP('2024-01-01 00:00', 'YYYY-MM-DD HH24:MI')));
SELECT CASE WHEN total < 0 THEN 'Below 0' WHEN total >= 0 AND total < 100 THEN '0 to 99' ELSE '100 or Above' END AS tier, COUNT(CASE WHEN (total > 10) THEN 1 ELSE NULL END) AS n, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY total) AS median FROM orders GROUP BY 1 ORDER BY 1;
SELECT * FROM (SELECT *, DENSE_RANK() OVER (ORDER BY least_rank) AS row_rank FROM (SELECT *, MIN(own_rank) OVER (PARTITION BY "c") AS least_rank FROM (SELECT *, RANK() OVER (ORDER BY CASE WHEN col_rank = 1 THEN (CASE WHEN "n" IS NOT NULL THEN 0 ELSE 1 END) ELSE 2 END, "n" DESC, col_rank, "c") AS own_rank
    FROM (SELECT *, DENSE_RANK() OVER (ORDER BY CASE WHEN "y" IS NULL THEN 1 ELSE 0 END, "y") AS col_rank FROM (SELECT customer AS "c", date_part('year', placed) AS "y", COUNT(*) AS "n" FROM orders GROUP BY 1, 2) a) b WHERE col_rank <= 16384) d) e) f WHERE row_rank <= 500 ORDER BY row_rank, col_rank;
\echo -- Looker: hashes of keys, for sums over joins that multiply rows
SELECT ('x' || MD5(id ::varchar))::bit(64)::bigint AS high, ('x' || SUBSTR(MD5(id ::varchar), 17))::bit(64)::bigint AS low FROM orders ORDER BY id;
\echo -- Lightdash
SELECT DATE_TRUNC('DAY', (placed)::timestamptz AT TIME ZONE 'America/New_York') AS day, DATE_PART('DOW', placed) AS dow, TO_CHAR(placed, 'FMDay') AS name, count(*) FROM orders GROUP BY 1, 2, 3 ORDER BY 1;
SELECT (DATE_TRUNC('WEEK', (placed - interval '6 days')) + interval '6 days')::date AS sunday FROM orders ORDER BY id;
\echo -- Cube
SELECT date_trunc('day', ("o".placed::timestamptz AT TIME ZONE 'UTC')) "o__day", sum("o".total) "o__total" FROM public.orders AS "o" WHERE ("o".placed >= '2024-01-01T00:00:00.000Z'::timestamptz AND "o".placed <= '2026-12-31T23:59:59.999Z'::timestamptz) GROUP BY 1 ORDER BY 1 ASC LIMIT 10000;
SELECT days."d"::timestamp, count(o.id) FROM (SELECT generate_series('2024-02-28'::timestamp, '2024-03-01'::timestamp, '1 day') d) days LEFT JOIN orders o ON o.placed >= days.d AND o.placed < days.d + '1 day'::interval GROUP BY 1 ORDER BY 1;
SELECT c.table_name, c.column_name FROM information_schema.table_constraints t JOIN information_schema.constraint_column_usage u USING (constraint_schema, constraint_name) JOIN information_schema.columns c ON c.table_schema = t.constraint_schema AND c.table_name = t.table_name AND c.column_name = u.column_name
WHERE t.constraint_type = 'PRIMARY KEY' AND c.table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2;
SELECT t.table_name, k.column_name, u.table_name AS target, u.column_name AS target_column FROM information_schema.table_constraints t JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name JOIN information_schema.constraint_column_usage u ON u.constraint_name = t.constraint_name
WHERE t.constraint_type = 'FOREIGN KEY';
