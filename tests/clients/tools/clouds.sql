-- What services read of the catalog: Sigma, QuickSight, Holistics, ThoughtSpot, Zoho, Postico, Appsmith, Airbyte, Fivetran: own wording, same relations, functions and casts.
\echo -- Sigma
SELECT table_name FROM (SELECT table_name FROM information_schema.tables WHERE table_type IN ('BASE TABLE', 'VIEW', 'FOREIGN') AND table_schema ILIKE 'public' UNION SELECT matviewname FROM pg_catalog.pg_matviews WHERE schemaname = 'public') t ORDER BY 1;
SELECT r.relname, array(SELECT (SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[i]) FROM generate_series(array_lower(k.conkey, 1), array_upper(k.conkey, 1)) i) AS own, (SELECT relname FROM pg_class WHERE oid = k.confrelid) AS target
FROM pg_class r JOIN pg_constraint k ON k.conrelid = r.oid WHERE r.relnamespace = 'public'::regnamespace AND r.relname >= 'A' AND r.relname <= 'z' AND k.contype = 'f' ORDER BY 1, k.conname;
WITH space AS (SELECT oid AS relnamespace FROM pg_catalog.pg_namespace WHERE nspname = 'public'), tab AS (SELECT space.relnamespace AS connamespace, r.oid AS conrelid FROM pg_catalog.pg_class r INNER JOIN space USING (relnamespace) WHERE relname = 'orders'),
    con AS (SELECT conrelid, conkey FROM pg_catalog.pg_constraint INNER JOIN tab USING (connamespace, conrelid) WHERE contype = 'p') SELECT attname FROM pg_catalog.pg_attribute INNER JOIN con ON conrelid = attrelid AND attnum = ANY (con.conkey);
\echo -- QuickSight
SELECT nspname FROM pg_namespace WHERE (has_schema_privilege('analyst', nspname, 'USAGE') = TRUE OR has_schema_privilege('analyst', nspname, 'CREATE') = TRUE) AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg_%' ORDER BY 1;
SELECT f.relname, k.conname, x.relname AS pk_name FROM pg_catalog.pg_class f, pg_catalog.pg_constraint k, pg_catalog.pg_depend g, pg_catalog.pg_class x WHERE k.conrelid = f.oid AND k.contype = 'f' AND g.objid = k.oid AND x.oid = g.refobjid AND x.relkind = 'i'
    AND g.classid = 'pg_constraint'::regclass::oid AND g.refclassid = 'pg_class'::regclass::oid;
\echo -- Holistics
SELECT trim(k.conname) AS name, CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'f' THEN 'FOREIGN KEY' END AS type, trim(a.attname) AS column_name, trim(fa.attname) AS target, o.ord FROM pg_constraint k
LEFT JOIN generate_series(1, 1600) AS o(ord) ON k.conkey[o.ord] IS NOT NULL LEFT JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[o.ord] LEFT JOIN pg_attribute fa ON fa.attrelid = k.confrelid AND fa.attnum = k.confkey[o.ord]
WHERE CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'f' THEN 'FOREIGN KEY' END IN ('UNIQUE', 'PRIMARY KEY', 'FOREIGN KEY') AND k.connamespace = 'public'::regnamespace ORDER BY 1, o.ord;
\echo -- ThoughtSpot
SELECT CAST(current_database() AS CHARACTER VARYING(128)) AS catalog, a.attname, CAST(CASE t.typname WHEN 'text' THEN 12 WHEN 'bool' THEN - 7 WHEN 'numeric' THEN 2 ELSE 1111 END AS SMALLINT) AS type, CASE a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) WHEN 'false' THEN 1 WHEN NULL THEN 2 ELSE 0 END AS nullable,
    CASE WHEN left(pg_catalog.pg_get_expr(v.adbin, v.adrelid), 16) = 'default_identity' THEN 'YES' ELSE 'NO' END AS counted
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid LEFT JOIN pg_catalog.pg_attrdef v ON (v.adrelid = a.attrelid AND v.adnum = a.attnum) WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 ORDER BY a.attnum;
\echo -- catalogs of data (Collibra, Alation and their kind)
SELECT r.relname, (CASE WHEN r.reltuples < 0 THEN NULL WHEN r.relpages = 0 THEN float8 '0' ELSE r.reltuples / r.relpages END * (pg_relation_size(r.oid) / pg_catalog.current_setting('block_size')::int))::bigint IS NULL OR true AS counted, p.partstrat, t.table_type
FROM pg_class r LEFT JOIN pg_stat_user_tables s ON s.relid = r.oid LEFT JOIN information_schema.tables t ON (t.table_name = r.relname AND t.table_schema = 'public') LEFT JOIN pg_partitioned_table p ON p.partrelid = r.oid
WHERE r.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN (SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT LIKE 'pg_%%' AND schema_name != 'information_schema')) AND r.relkind IN ('r', 'v') ORDER BY 1;
\echo -- Postico, Zoho
SELECT nspname, nspname = ANY (current_schemas(true)) AS in_path, oid = pg_my_temp_schema() AS mine, pg_is_other_temp_schema(oid) AS other FROM pg_namespace WHERE nspname IN ('public', 'information_schema') ORDER BY 1;
SELECT pg_backend_pid() > 0 AS pid, coalesce(CAST(inet_server_addr() AS text), 'none') LIKE '127.0.0.1%' AS address, current_database();
\echo -- Appsmith
SELECT k.conname, array_agg(a.attname ORDER BY u.place)::text AS own, f.relname AS target, array_agg(fa.attname ORDER BY fu.place)::text AS other FROM pg_constraint k LEFT JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS u(number, place) ON true LEFT JOIN LATERAL unnest(k.confkey) WITH ORDINALITY AS fu(number, place) ON fu.place = u.place
LEFT JOIN pg_attribute a ON (a.attrelid = k.conrelid AND a.attnum = u.number) LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_attribute fa ON (fa.attrelid = k.confrelid AND fa.attnum = fu.number) WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('p', 'f') GROUP BY k.conname, f.relname ORDER BY 1;
\echo -- Airbyte, Fivetran: privileges, keys, how far a copy got
SELECT r.relname, g.privilege_type FROM pg_class r, LATERAL aclexplode(coalesce(r.relacl, acldefault('r', r.relowner))) g WHERE g.grantee = r.relowner AND g.privilege_type = 'SELECT' AND r.relnamespace = 'public'::regnamespace AND r.relkind = 'r' ORDER BY 1;
SELECT txid_snapshot_xmin(txid_current_snapshot()) >= 0 AS least, (txid_snapshot_xmin(txid_current_snapshot()) % (2 ^ 32)::bigint) >= 0 AS wrapped, pg_relation_filenode('public.orders') IS NOT NULL AS file;
SELECT ctid IS NOT NULL AS place FROM public.orders WHERE ctid > '(0,0)'::tid AND ctid <= '(131072,0)'::tid;
SELECT r.relname, r.relreplident FROM pg_class r WHERE r.relkind IN ('r', 'p') AND r.relnamespace = 'public'::regnamespace ORDER BY 1;
SELECT c.table_name, c.column_name, c.data_type, c.udt_name, c.is_nullable FROM information_schema.columns c JOIN information_schema.tables t USING (table_catalog, table_schema, table_name) WHERE t.table_type = 'BASE TABLE' AND c.table_schema = 'public' AND c.table_name = 'orders' ORDER BY c.ordinal_position;
SELECT max(placed), count(*) FILTER (WHERE placed IS NULL) AS open FROM orders WHERE placed > '1970-01-01 00:00:00' OR placed IS NULL;
SELECT * FROM orders WHERE id > 1 ORDER BY id ASC LIMIT 10000;
SELECT xmin IS NOT NULL AS has_xmin FROM pg_class WHERE relname = 'orders';
