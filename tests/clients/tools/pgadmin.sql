-- What pgAdmin 4 asks for while it connects and unfolds its tree: own wording, same relations, functions and casts.
\echo -- connection
SET DateStyle = ISO; SET client_min_messages = notice; SELECT set_config('bytea_output', 'hex', false) FROM pg_show_all_settings() WHERE name = 'bytea_output'; SET client_encoding = 'UTF8';
SELECT d.datname, d.datallowconn, pg_encoding_to_char(d.encoding) AS encoding, has_database_privilege(d.oid, 'CREATE') IS NOT NULL AS may_create, d.datistemplate FROM pg_catalog.pg_database d WHERE d.datname = current_database();
SELECT gss_authenticated, encrypted FROM pg_catalog.pg_stat_gssapi WHERE pid = pg_backend_pid();
SELECT r.rolname, r.rolcanlogin, pg_catalog.pg_is_in_recovery() AS standby FROM pg_catalog.pg_roles r WHERE r.rolname = current_user;
SELECT ARRAY(WITH RECURSIVE groups AS (SELECT current_user::regrole::oid AS id UNION ALL SELECT m.roleid FROM groups JOIN pg_auth_members m ON m.member = groups.id)
    SELECT r.rolname::text FROM groups JOIN pg_catalog.pg_roles r ON r.oid = groups.id) AS roles;
SELECT count(*) FROM pg_catalog.pg_replication_slots;
\echo -- schemas
SELECT n.nspname, has_schema_privilege(n.oid, 'USAGE') AS usable FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_description d ON d.objoid = n.oid AND d.classoid = 'pg_namespace'::regclass
WHERE NOT (n.nspname IN ('pg_catalog', 'information_schema') OR n.nspname LIKE 'pg\_%') ORDER BY 1;
\echo -- tables
SELECT r.relname, (SELECT count(*) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = r.oid AND t.tgisinternal = FALSE) AS triggers, (CASE WHEN r.relkind = 'p' THEN true ELSE false END) AS partitioned,
    (SELECT count(1) FROM pg_catalog.pg_inherits h WHERE h.inhrelid = r.oid LIMIT 1) AS inherits, d.description
FROM pg_catalog.pg_class r LEFT JOIN pg_catalog.pg_description d ON d.objoid = r.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
WHERE r.relkind IN ('r', 's', 't', 'p') AND r.relnamespace = 'public'::regnamespace::oid AND NOT r.relispartition ORDER BY 1;
\echo -- columns
SELECT DISTINCT a.attnum, a.attname, pg_catalog.format_type(t.oid, NULL) AS type, pg_catalog.format_type(t.oid, a.atttypmod) AS shown, a.attnotnull,
    CASE WHEN a.atthasdef OR a.attidentity != '' OR t.typdefault IS NOT NULL THEN true ELSE false END AS has_default, d.description, q.seqtypid
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT OUTER JOIN (pg_catalog.pg_depend g JOIN pg_catalog.pg_class c ON g.classid = 'pg_class'::regclass AND g.objid = c.oid AND c.relkind = 'S') ON g.refobjid = a.attrelid AND g.refobjsubid = a.attnum
LEFT OUTER JOIN pg_catalog.pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = a.attrelid AND d.objsubid = a.attnum AND d.classoid = 'pg_class'::regclass
LEFT OUTER JOIN pg_catalog.pg_sequence q ON q.seqrelid = c.oid
WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 AND a.attisdropped IS FALSE ORDER BY 1;
\echo -- constraints and indexes
SELECT k.conname, k.contype, k.condeferrable, NOT k.convalidated AS not_valid, pg_catalog.pg_get_expr(k.conbin, k.conrelid, true) AS source FROM pg_catalog.pg_constraint k WHERE k.conrelid = 'orders'::regclass ORDER BY 1;
SELECT x.relname, i.indisclustered, i.indisvalid, i.indnatts, m.amname, array_to_string(x.reloptions, ', ') AS options, s.spcname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = x.relam LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
LEFT JOIN pg_catalog.pg_depend g ON g.classid = x.tableoid AND g.objid = x.oid AND g.refclassid = (SELECT oid FROM pg_catalog.pg_class WHERE relname = 'pg_constraint' AND relnamespace = 'pg_catalog'::regnamespace) AND g.deptype = 'i'
LEFT JOIN pg_catalog.pg_constraint k ON k.tableoid = g.refclassid AND k.oid = g.refobjid WHERE i.indrelid = 'orders'::regclass AND k.conname IS NULL;
SELECT CASE WHEN (i.indoption[0] & 1 = 1) THEN 'DESC' ELSE 'ASC' END AS direction, pg_catalog.pg_get_indexdef(i.indexrelid, 1, true) AS column, op.opcname IS NOT NULL AS has_class
FROM pg_catalog.pg_index i LEFT JOIN pg_catalog.pg_opclass op ON op.oid = i.indclass[0] WHERE i.indexrelid = 'orders_placed'::regclass;
\echo -- views, sequences, functions, types
SELECT v.relname, pg_catalog.pg_get_userbyid(v.relowner) AS owner, array_to_string(v.reloptions, ',') AS options FROM pg_catalog.pg_class v
WHERE v.relkind = 'v' AND v.relnamespace = 'public'::regnamespace AND EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite w WHERE w.ev_class = v.oid AND w.rulename = '_RETURN' AND bpchar(w.ev_type) = '1');
SELECT s.relname FROM pg_catalog.pg_class s WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace ORDER BY 1;
SELECT last_value, log_cnt, is_called FROM public.numbers;
SELECT count(*) FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_type t ON t.oid = p.prorettype JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.prokind = 'f' AND p.pronamespace = 'public'::regnamespace AND t.typname NOT IN ('trigger', 'event_trigger');
SELECT t.typname, format_type(t.oid, NULL) AS alias, e.labels FROM pg_catalog.pg_type t LEFT JOIN (SELECT enumtypid, array_agg(enumlabel ORDER BY enumsortorder) AS labels FROM pg_catalog.pg_enum GROUP BY 1) e ON e.enumtypid = t.oid
WHERE t.typtype != 'd' AND t.typname NOT LIKE E'\\_%' AND t.typnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class r WHERE r.oid = t.typrelid AND r.relkind IN ('r', 'v', 'S')) ORDER BY 1;
\echo -- statistics and privileges of a table
SELECT seq_scan >= 0 AS scans, n_live_tup >= 0 AS live, pg_catalog.pg_size_pretty(pg_catalog.pg_relation_size(st.relid)) IS NOT NULL AS size FROM pg_catalog.pg_stat_all_tables st JOIN pg_catalog.pg_statio_all_tables io ON io.relid = st.relid WHERE st.relname = 'orders';
SELECT indexrelname, idx_scan >= 0 AS scans FROM pg_catalog.pg_stat_all_indexes WHERE relname = 'orders' ORDER BY 1;
SELECT has_table_privilege('public.orders', 'SELECT') AS selects, has_any_column_privilege('public.orders', 'INSERT') AS inserts, has_sequence_privilege('public.numbers', 'USAGE') AS uses, has_column_privilege('public.orders', 'total', 'SELECT') AS one;
\echo -- dashboard
SELECT 'sessions' AS chart, (SELECT row_to_json(s) IS NOT NULL FROM (SELECT count(*) AS "Total", count(*) FILTER (WHERE state = 'active') AS "Active" FROM pg_catalog.pg_stat_activity) s) AS data
UNION ALL SELECT 'transactions', (SELECT row_to_json(s) IS NOT NULL FROM (SELECT sum(xact_commit) AS "Commits", sum(blks_hit) AS "Hits" FROM pg_catalog.pg_stat_database WHERE datname = current_database()) s);
\echo -- query tool
SELECT at.attname, at.attnum FROM pg_catalog.pg_attribute at LEFT JOIN (SELECT unnest(conkey) AS key, conrelid FROM pg_catalog.pg_constraint WHERE contype = 'p') k ON k.conrelid = at.attrelid AND k.key = at.attnum WHERE at.attrelid = 'orders'::regclass AND k.key IS NOT NULL;
SELECT * FROM public.orders ORDER BY id ASC LIMIT 100;
