-- What Metabase asks for while it syncs a database, and the SQL that it makes of questions: own wording, same relations, functions and casts.
\echo -- connection
SHOW timezone;
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ UNCOMMITTED;
SET SESSION TIMEZONE TO 'UTC';
SELECT n.nspname AS "TABLE_SCHEM", current_database() AS "TABLE_CATALOG" FROM pg_catalog.pg_namespace n WHERE n.nspname <> 'pg_toast' AND (n.nspname !~ '^pg_temp_' OR n.nspname = (pg_catalog.current_schemas(true))[1])
    AND (n.nspname !~ '^pg_toast_temp_' OR n.nspname = replace((pg_catalog.current_schemas(true))[1], 'pg_temp_', 'pg_toast_temp_')) ORDER BY "TABLE_SCHEM";
\echo -- sync
SELECT n.nspname, t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.oid IN (SELECT DISTINCT e.enumtypid FROM pg_enum e);
SELECT r.relname, CASE r.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized' ELSE NULL END AS kind, d.description, s.n_live_tup >= 0 AS counted
FROM pg_catalog.pg_class r JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
LEFT JOIN pg_catalog.pg_description d ON (r.oid = d.objoid) AND (d.objsubid = 0) AND (d.classoid = 'pg_class'::regclass)
LEFT JOIN pg_stat_user_tables s ON (s.schemaname = n.nspname) AND (s.relname = r.relname)
WHERE (n.nspname !~ '^pg_') AND (n.nspname <> 'information_schema') AND r.relkind IN ('r', 'p', 'v', 'f', 'm') AND n.nspname IN ('public') ORDER BY kind ASC, r.relname ASC;
WITH granted AS (SELECT o.schemaname, o.name,
        pg_catalog.has_any_column_privilege(current_user, '"' || replace(o.schemaname, '"', '""') || '"' || '.' || '"' || replace(o.name, '"', '""') || '"', 'select') AS selects,
        pg_catalog.has_table_privilege(current_user, '"' || replace(o.schemaname, '"', '""') || '"' || '.' || '"' || replace(o.name, '"', '""') || '"', 'delete') AS deletes
    FROM (SELECT schemaname, tablename AS name FROM pg_catalog.pg_tables UNION SELECT schemaname, viewname FROM pg_catalog.pg_views UNION SELECT schemaname, matviewname FROM pg_catalog.pg_matviews) o
    WHERE o.schemaname !~ '^pg_' AND o.schemaname <> 'information_schema' AND pg_catalog.has_schema_privilege(current_user, o.schemaname, 'usage'))
SELECT g.* FROM granted g WHERE g.name IN ('orders', 'customers') ORDER BY g.name;
SELECT c.table_name, c.column_name, CASE WHEN c.udt_schema IN ('public', 'pg_catalog') THEN format('%s', c.udt_name) ELSE format('"%s"."%s"', c.udt_schema, c.udt_name) END AS type, c.ordinal_position - 1 AS place,
    k.column_name IS NOT NULL AS key, col_description(CAST(CAST(format('%I.%I', CAST(c.table_schema AS text), CAST(c.table_name AS text)) AS regclass) AS oid), c.ordinal_position) AS comment,
    ((c.column_default IS NULL) OR (lower(c.column_default) = 'null')) AND (c.is_nullable = 'NO') AND NOT ((c.column_default IS NOT NULL) AND (c.column_default LIKE '%nextval(%') OR (c.is_identity <> 'NO')) AS required
FROM information_schema.columns c LEFT JOIN (SELECT t.table_schema, t.table_name, u.column_name FROM information_schema.table_constraints t
    JOIN information_schema.key_column_usage u ON (u.constraint_name = t.constraint_name) AND (u.table_schema = t.table_schema) AND (u.table_name = t.table_name) WHERE t.constraint_type = 'PRIMARY KEY') k
    ON (k.table_schema = c.table_schema) AND (k.table_name = c.table_name) AND (k.column_name = c.column_name)
WHERE c.table_schema !~ '^information_schema|catalog_history|pg_' AND c.table_schema IN ('public')
UNION ALL
SELECT r.relname, a.attname, format('%s', t.typname), a.attnum - 1, FALSE, NULL, FALSE FROM pg_catalog.pg_class r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE r.relkind = 'm' AND a.attnum >= 1 ORDER BY 1, 4;
SELECT f.relname AS from_table, fa.attname AS from_column, p.relname AS to_table, pa.attname AS to_column FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_namespace n ON n.oid = k.connamespace
JOIN pg_attribute fa ON fa.attrelid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid JOIN pg_attribute pa ON pa.attrelid = k.confrelid
WHERE n.nspname !~ '^information_schema|catalog_history|pg_' AND k.contype = 'f'::char AND fa.attnum = ANY (k.conkey) AND pa.attnum = ANY (k.confkey) ORDER BY 1;
SELECT i.name, trim(BOTH '"' FROM pg_catalog.pg_get_indexdef(i.index, i.place, false)) AS first FROM (
    SELECT r.relname AS name, x.indexrelid AS index, (information_schema._pg_expandarray(x.indkey)).n AS place FROM pg_catalog.pg_class r JOIN pg_catalog.pg_index x ON x.indrelid = r.oid
    WHERE pg_catalog.pg_get_expr(x.indpred, x.indrelid) IS NULL AND r.relnamespace = 'public'::regnamespace) i WHERE i.place = 1 ORDER BY 1, 2;
SELECT TRUE AS "_" FROM "public"."orders" WHERE 1 <> 1 LIMIT 0;
SELECT "s"."short", "s"."placed" FROM (SELECT substring("public"."orders"."note", 1, 1234) AS "short", "public"."orders"."placed" AS "placed" FROM "public"."orders") AS "s" ORDER BY 1 LIMIT 10000;
\echo -- questions by time
SELECT date_trunc('week', ("o"."placed" + INTERVAL '1 day')) + INTERVAL '-1 day' AS "week", count(*) AS "count" FROM "public"."orders" "o" GROUP BY date_trunc('week', ("o"."placed" + INTERVAL '1 day')) + INTERVAL '-1 day' ORDER BY 1 ASC;
SELECT CAST(date_trunc('quarter', e.d) AS date) AS q, date_trunc('month', e.tz) AS m, date_trunc('hour', e.ts) AS h, date_trunc('year', e.d) AS y FROM every_type e ORDER BY 1;
SELECT CAST(extract(dow FROM o.placed) AS integer) + 1 AS dow, CAST(extract(doy FROM o.placed) AS integer) AS doy, CAST(extract(week FROM o.placed) AS integer) AS week, CAST(extract(quarter FROM o.placed) AS integer) AS quarter, count(*) FROM orders o GROUP BY 1, 2, 3, 4 ORDER BY 1, 2;
SELECT CASE WHEN mod((CAST(extract(dow FROM placed) AS integer) + 1) + 6, 7) = 0 THEN 7 ELSE mod((CAST(extract(dow FROM placed) AS integer) + 1) + 6, 7) END AS monday FROM orders ORDER BY id;
SELECT count(*) FROM orders WHERE placed >= date_trunc('day', (now() + INTERVAL '-30 day')) AND placed < date_trunc('day', now()) AND placed < timestamp with time zone '2027-01-01 00:00:00.000Z';
SELECT make_time(extract(hour FROM e.ti)::integer, extract(minute FROM e.ti)::integer, 0.0) AS minute, make_time(extract(hour FROM e.ti)::integer, 0, 0.0) AS hour FROM every_type e ORDER BY 1;
SELECT timezone('Asia/Tokyo', timezone('UTC', placed)) AS tokyo, timezone('Europe/Berlin', '2024-07-01 12:00+00'::timestamptz) AS berlin FROM orders ORDER BY id;
SELECT CAST(extract(year FROM age(date_trunc('day', placed), date_trunc('day', timestamp '2020-05-17'))) AS integer) AS years, CAST(placed AS date) - CAST(timestamp '2020-05-17' AS date) AS days,
    CAST(trunc(extract(epoch FROM placed) - extract(epoch FROM timestamp '2020-05-17')) AS integer) / 3600 AS hours FROM orders ORDER BY id;
SELECT to_timestamp(1700000000) AS seconds, to_timestamp('20240229123456', 'YYYYMMDDHH24MISS') AS text, convert_from('\x3230'::bytea, 'UTF8') AS bytes;
\echo -- questions by value
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "total") AS median, round(stddev_pop(total)::numeric, 6) AS deviation, round(var_pop(total)::numeric, 4) AS variance, count(DISTINCT customer) AS customers, sum(total), min(placed), max(total) FROM orders;
SELECT floor(("total" - -10.0) / 20000.0) * 20000.0 + -10.0 AS bin, count(*) FROM orders GROUP BY floor(("total" - -10.0) / 20000.0) * 20000.0 + -10.0 ORDER BY 1 ASC;
SELECT CAST(sum(CASE WHEN total > 100 THEN 1 ELSE 0.0 END) AS double precision) / nullif(count(*), 0) AS share FROM orders;
SELECT m, sum(sum(total)) OVER (ORDER BY m ASC ROWS UNBOUNDED PRECEDING) AS running, lag(count(*), 1) OVER (ORDER BY m) AS before FROM (SELECT date_trunc('month', placed) AS m, total FROM orders) s GROUP BY m ORDER BY m;
SELECT "Customers"."name" AS "Customers__name", sum("o"."total") AS "sum" FROM "public"."orders" "o" LEFT JOIN "public"."customers" AS "Customers" ON "o"."customer" = "Customers"."id" GROUP BY "Customers"."name" ORDER BY "sum" DESC, "Customers"."name" ASC;
SELECT substring(note FROM '[a-z]+') AS match, split_part(note, 's', 1) AS part, concat(note, '-', id) AS joined, CAST('1.5' AS double precision) AS number, coalesce(note, 'none') AS filled FROM orders ORDER BY id;
SELECT round(CAST(2.5 AS double precision)) AS even, round(CAST(3.5 AS double precision)) AS up, CAST(round(CAST(-0.5 AS double precision)) AS bigint) AS zero, round(2.5) AS exact;
SELECT count(*) FROM orders WHERE (lower("note") LIKE '%f%') AND ("note" <> '' OR "note" IS NULL);
SELECT (j #>> array['a']::text[])::text AS items, (j #>> array['a', '1']::text[])::bigint AS second, length(CAST(j AS text)) FROM every_type ORDER BY 1;
SELECT "feels", count(*) FROM "public"."feelings" WHERE "feels" = CAST('happy' AS "mood") OR "feels" < 'ok' GROUP BY "feels" ORDER BY "feels" ASC;
SELECT customer, date_trunc('year', placed) AS y, abs(0) AS "pivot-grouping", sum(total) FROM orders GROUP BY customer, date_trunc('year', placed), abs(0) ORDER BY 1, 2, 3;
