-- What dbt's adapter for PostgreSQL asks for, and the SQL of its macros: own wording, same relations, functions and casts.
\echo -- catalog
SELECT DISTINCT nspname FROM pg_namespace WHERE nspname = 'public';
SELECT 'memory' AS database, tablename AS name, schemaname AS schema, 'table' AS type FROM pg_tables WHERE schemaname ILIKE 'public'
UNION ALL SELECT 'memory', viewname, schemaname, 'view' FROM pg_views WHERE schemaname ILIKE 'public' UNION ALL SELECT 'memory', matviewname, schemaname, 'materialized_view' FROM pg_matviews WHERE schemaname ILIKE 'public'
UNION ALL SELECT DISTINCT 'memory', p.proname, n.nspname, 'function' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname ILIKE 'public' ORDER BY 2;
SELECT n.nspname, r.relname, CASE r.relkind WHEN 'v' THEN 'VIEW' ELSE 'BASE TABLE' END AS kind, d.description, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, c.description AS comment, pg_get_userbyid(r.relowner) AS owner
FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class r ON r.relnamespace = n.oid JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid LEFT OUTER JOIN pg_catalog.pg_description d ON (d.objoid = r.oid AND d.objsubid = 0)
LEFT OUTER JOIN pg_catalog.pg_description c ON (c.objoid = r.oid AND c.objsubid = a.attnum)
WHERE (upper(n.nspname) = upper('public') AND upper(r.relname) = upper('orders')) AND NOT pg_is_other_temp_schema(n.oid) AND r.relpersistence IN ('p', 'u') AND r.relkind IN ('r', 'v', 'f', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum;
SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale FROM "memory".INFORMATION_SCHEMA.columns WHERE table_name = 'orders' AND table_schema = 'public' ORDER BY ordinal_position;
SELECT grantee, privilege_type FROM "memory".INFORMATION_SCHEMA.role_table_grants WHERE grantor = current_role AND grantee != current_role AND table_name = 'orders';
SELECT x.relname, m.amname, i.indisunique AS "unique", array_to_string(array_agg(a.attname ORDER BY a.attnum), ',') AS columns FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam JOIN pg_class r ON r.oid = i.indrelid
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = ANY (i.indkey) WHERE r.relname = 'orders' AND r.relkind IN ('r', 'm') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
\echo -- which views are made of which tables
SELECT DISTINCT v.relname AS dependent, t.relname AS referenced FROM pg_class v JOIN pg_depend own ON own.refobjid = v.oid AND own.classid = 'pg_rewrite'::regclass AND own.refclassid = 'pg_class'::regclass AND own.deptype = 'i'
JOIN pg_depend other ON other.objid = own.objid AND other.classid = 'pg_rewrite'::regclass AND other.refclassid = 'pg_class'::regclass AND other.refobjid != own.refobjid
JOIN pg_class t ON t.oid = other.refobjid JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname != 'information_schema' AND n.nspname NOT LIKE 'pg\_%' ORDER BY 1, 2;
\echo -- a model, by way of a temporary table
BEGIN;
CREATE TEMPORARY TABLE "model__dbt_tmp" AS (SELECT customer, sum(total) AS total FROM orders GROUP BY 1);
SELECT column_name, data_type FROM INFORMATION_SCHEMA.columns WHERE table_name = 'model__dbt_tmp' ORDER BY ordinal_position;
SELECT count(*) AS failures, count(*) != 0 AS should_warn FROM (SELECT customer FROM "model__dbt_tmp" WHERE customer IS NULL) dbt_internal_test;
ROLLBACK;
CREATE TEMPORARY TABLE first__tmp AS SELECT 1 AS id;
ALTER TABLE first__tmp RENAME TO second__tmp;
SELECT * FROM second__tmp;
DROP TABLE IF EXISTS second__tmp CASCADE;
DROP TABLE IF EXISTS first__tmp CASCADE;
\echo -- macros
SELECT (date_part('year', (placed)::date) - date_part('year', ('2020-05-01')::date)) * 12 + date_part('month', (placed)::date) AS months, ((placed)::date - ('2020-01-01')::date) / 7 + CASE WHEN date_part('dow', (placed)::timestamp) <= date_part('dow', ('2020-01-01')::timestamp) THEN 0 ELSE 1 END AS weeks,
    floor(date_part('millisecond', (placed)::timestamp)) AS millis, placed + ((interval '1 day') * (3)) AS later, CAST(date_trunc('month', placed) + ((interval '1 month') * (1)) + ((interval '1 day') * (-1)) AS date) AS last_day FROM orders ORDER BY id;
SELECT array_to_string((array_agg(note ORDER BY id))[1:2], ',') AS some, string_agg(note, '|' ORDER BY id DESC) AS every, md5(CAST(coalesce(CAST(max(id) AS TEXT), '_null_') AS TEXT)) AS key FROM orders;
SELECT now()::timestamp without time zone IS NOT NULL AS a, (current_timestamp AT TIME ZONE 'utc')::timestamp IS NOT NULL AS b, $magic$a 'text'$magic$ AS c;
