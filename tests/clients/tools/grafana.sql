-- What Grafana's PostgreSQL data source sends: its query builder's lists, and macros as they are expanded: own wording.
\echo -- connection
/* ping */ SELECT 1;
SELECT current_setting('server_version_num')::int / 100 AS version;
SELECT extversion FROM pg_extension WHERE extname = 'timescaledb';
\echo -- schemas, tables, columns of the builder
SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name NOT IN ('information_schema', 'pg_catalog', 'pg_toast') AND schema_name NOT LIKE 'pg_%temp%' ORDER BY schema_name;
SELECT quote_ident(table_name) AS "table" FROM information_schema.tables WHERE quote_ident(table_schema) = 'public' ORDER BY 1;
SELECT CASE WHEN quote_ident(t.table_schema) IN (SELECT CASE WHEN trim(p[i]) = '"$user"' THEN user ELSE trim(p[i]) END
        FROM generate_series(array_lower(string_to_array(current_setting('search_path'), ','), 1), array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS i, string_to_array(current_setting('search_path'), ',') p)
    THEN quote_ident(t.table_name) ELSE quote_ident(t.table_schema) || '.' || quote_ident(t.table_name) END AS "table"
FROM information_schema.tables t WHERE quote_ident(t.table_schema) NOT IN ('information_schema', 'pg_catalog') ORDER BY 1;
SELECT quote_ident(column_name) AS "column", data_type AS "type" FROM information_schema.columns WHERE CASE WHEN array_length(parse_ident('public.orders'), 1) = 2
    THEN quote_ident(table_schema) = (parse_ident('public.orders'))[1] AND quote_ident(table_name) = (parse_ident('public.orders'))[2] ELSE quote_ident(table_name) = 'public.orders' END ORDER BY ordinal_position;
SELECT quote_ident(t.table_name) AS name, (SELECT quote_ident(c.column_name) FROM information_schema.columns c WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.udt_name IN ('timestamptz', 'timestamp') ORDER BY c.ordinal_position LIMIT 1) AS time
FROM information_schema.tables t WHERE EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.udt_name IN ('timestamptz', 'timestamp')) AND quote_ident(t.table_schema) IN ('public') ORDER BY 1;
\echo -- macros: time, timeGroup, timeFilter, unixEpochFilter, timeFrom
SELECT floor(extract(epoch FROM placed) / 300) * 300 AS "time", round(avg(total), 2) AS value FROM orders WHERE placed BETWEEN '2024-01-01T00:00:00Z' AND '2026-12-31T00:00:00Z' GROUP BY 1 ORDER BY 1;
SELECT placed AS "time", total::float8 AS value, note AS metric FROM orders WHERE placed BETWEEN '2024-01-01T00:00:00Z' AND '2026-12-31T23:59:59.999Z' ORDER BY placed;
SELECT floor(extract(epoch FROM tz) / 86400) * 86400 AS time, 'x' AS metric, count(*) AS value FROM every_type WHERE tz BETWEEN '2024-01-01T00:00:00Z' AND '2026-12-31T00:00:00Z' GROUP BY 1 ORDER BY 1, 2;
SELECT extract(epoch FROM placed) AS "time", id FROM orders WHERE id >= 1 AND id <= 1700000000 ORDER BY id;
SELECT floor(id / 5) * 5 AS "time", count(*) FROM orders GROUP BY 1 ORDER BY 1;
SELECT tz AT TIME ZONE 'America/New_York' AS local, '2024-01-01T00:00:00Z'::timestamptz AT TIME ZONE 'Europe/Berlin' AS berlin, to_timestamp(1700000000) AS unix FROM every_type ORDER BY 1 LIMIT 1;
SELECT date_bin('15 minutes', placed, timestamp '2001-01-01') AS time, max(total) FROM orders GROUP BY 1 ORDER BY 1;
SELECT generate_series(timestamp '2024-01-01', timestamp '2024-01-03', interval '1 day') AS time, 1 AS value;
SELECT DISTINCT note AS __text, id AS __value FROM orders ORDER BY 2;
