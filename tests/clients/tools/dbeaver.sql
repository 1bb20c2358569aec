-- What DBeaver asks for while it connects, unfolds its tree and opens a table: own wording, same relations, functions and casts.
\echo -- connection
SELECT current_schema(), session_user, current_database();
SHOW search_path;
SET search_path = public, "$user";
SHOW search_path;
RESET search_path;
SHOW TRANSACTION ISOLATION LEVEL;
\echo -- the database, every column of pg_database
SELECT d.*, d.oid > 0 AS has_oid FROM pg_catalog.pg_database d WHERE false;
SELECT datname, pg_catalog.pg_get_userbyid(datdba), datallowconn, datistemplate, datcollate FROM pg_catalog.pg_database WHERE datname = 'memory';
SELECT s.description FROM pg_shdescription s JOIN pg_database d ON d.oid = s.objoid WHERE d.datname = 'memory';
\echo -- columns that it probes for
SELECT typcategory FROM pg_catalog.pg_type WHERE 1 <> 1 LIMIT 1;
SELECT * FROM pg_catalog.pg_enum WHERE 1 <> 1 LIMIT 1;
\echo -- schemas with comments
SELECT n.nspname, c.objsubid FROM pg_catalog.pg_namespace n
LEFT OUTER JOIN pg_catalog.pg_description c ON c.objoid = n.oid AND c.objsubid = 1 AND c.classoid = 'pg_namespace'::regclass
WHERE n.nspname LIKE 'p%c' AND n.nspname NOT LIKE 'pg%' ORDER BY 1;
\echo -- types
SELECT t.typname, t.typtype, t.typcategory, t.typlen, t.typelem::regtype::text, t.typarray::regtype::text, t.typinput::text, k.relkind,
    format_type(nullif(t.typbasetype, 0), t.typtypmod) AS base
FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem LEFT JOIN pg_catalog.pg_class k ON k.oid = t.typrelid
WHERE (k.relkind IS NULL OR k.relkind = 'c') AND (e.typcategory IS NULL OR e.typcategory <> 'C')
    AND t.typname IN ('int4', '_int4', 'text', 'mood', '_mood', 'jsonb', 'timestamptz', 'void') ORDER BY t.typname;
SELECT label.enumlabel FROM pg_catalog.pg_enum label WHERE label.enumtypid = 'mood'::regtype ORDER BY label.enumsortorder;
\echo -- roles, access methods, tablespaces
SELECT r.rolname, r.rolcanlogin, r.rolinherit, c.description FROM pg_catalog.pg_roles r LEFT JOIN pg_catalog.pg_shdescription c ON c.objoid = r.oid WHERE r.rolname = current_user;
SELECT amname, amtype FROM pg_catalog.pg_am WHERE amname IN ('heap', 'btree') ORDER BY oid;
SELECT spcname, pg_tablespace_location(oid) FROM pg_catalog.pg_tablespace WHERE spcname = 'pg_default';
SELECT name, setting, unit, vartype FROM pg_catalog.pg_settings WHERE name IN ('DateStyle', 'TimeZone', 'work_mem', 'max_connections', 'standard_conforming_strings') ORDER BY 1;
\echo -- relations of a schema
SELECT r.relname, r.relkind, r.relpersistence, r.relnatts, r.relhasindex, r.reltype > 0 AS has_type, c.description, pg_catalog.pg_get_expr(r.relpartbound, r.oid) AS bound,
    pg_catalog.pg_get_partkeydef(r.oid) AS partition_key
FROM pg_catalog.pg_class r LEFT JOIN pg_catalog.pg_description c ON c.objoid = r.oid AND c.objsubid = 0 AND c.classoid = 'pg_class'::regclass
WHERE r.relnamespace = 'public'::regnamespace AND r.relkind NOT IN ('i', 'I', 'c') ORDER BY r.relname;
\echo -- columns, the defaults and comments
SELECT r.relname, a.attnum, a.attname, a.atttypid::regtype::text, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated, a.attstorage,
    pg_catalog.pg_get_expr(v.adbin, v.adrelid, true) AS standard, c.description, g.objid IS NULL AS no_sequence
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class r ON r.oid = a.attrelid
LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
LEFT JOIN pg_catalog.pg_description c ON c.objoid = r.oid AND c.objsubid = a.attnum
LEFT JOIN pg_depend g ON g.refobjid = a.attrelid AND g.deptype = 'i' AND g.refobjsubid = a.attnum AND g.classid = g.refclassid
WHERE NOT a.attisdropped AND a.attnum > 0 AND r.relkind NOT IN ('i', 'I', 'c') AND r.relnamespace = 'public'::regnamespace ORDER BY r.relname, a.attnum;
\echo -- constraints
SELECT k.conname, k.contype, k.convalidated, k.connoinherit, k.conkey, k.confkey, k.confupdtype, k.confdeltype, k.confmatchtype, r.relname, f.relname AS target,
    CASE WHEN k.contype = 'c' THEN "substring"(pg_get_constraintdef(k.oid), 7) END AS condition, pg_get_constraintdef(k.oid, true) AS pretty
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class r ON r.oid = k.conrelid LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
WHERE r.relnamespace = 'public'::regnamespace ORDER BY k.conname;
\echo -- indexes
SELECT x.relname, i.indisunique, i.indisprimary, i.indkey, i.indoption, array_length(i.indclass::oid[], 1) AS classes, pg_get_expr(i.indpred, i.indrelid) AS filter,
    pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) AS expressions, pg_catalog.pg_stat_get_numscans(i.indexrelid) >= 0 AS scans, pg_get_indexdef(i.indexrelid, 1, true) AS first
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = 'orders'::regclass ORDER BY x.relname;
SELECT o.opcname, o.opcdefault FROM pg_index i CROSS JOIN LATERAL unnest(i.indclass) WITH ORDINALITY AS c(class, place) JOIN pg_opclass o ON o.oid = c.class
WHERE i.indexrelid = 'orders_placed'::regclass ORDER BY c.place;
\echo -- sequences, policies, triggers, rules, inheritance
SELECT sequencename, start_value, min_value, max_value, increment_by, last_value FROM pg_catalog.pg_sequences WHERE schemaname = 'public';
SELECT last_value, is_called FROM numbers;
SELECT * FROM pg_catalog.pg_policies WHERE schemaname = 'public';
SELECT t.tgname, p.pronamespace FROM pg_catalog.pg_trigger t LEFT JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = 'orders'::regclass AND NOT t.tgisinternal;
SELECT w.rulename, pg_get_ruledef(w.oid) FROM pg_rewrite w WHERE w.ev_class = 'large_orders'::regclass AND w.rulename <> '_RETURN'::name;
SELECT h.inhseqno FROM pg_catalog.pg_inherits h, pg_catalog.pg_class r WHERE h.inhrelid = 'orders'::regclass AND r.oid = h.inhparent;
\echo -- what depends on a table
SELECT DISTINCT g.deptype, o.relname AS owner, coalesce(r.relname, k.conname, w.rulename) AS name
FROM pg_depend g LEFT JOIN pg_class r ON r.oid = g.objid AND g.classid = 'pg_class'::regclass
LEFT JOIN pg_constraint k ON k.oid = g.objid AND g.classid = 'pg_constraint'::regclass
LEFT JOIN pg_rewrite w ON w.oid = g.objid AND g.classid = 'pg_rewrite'::regclass LEFT JOIN pg_class o ON o.oid = w.ev_class
WHERE g.refobjid = 'orders'::regclass AND (k.conname IS NOT NULL OR w.rulename IS NOT NULL) ORDER BY 1, 2, 3;
\echo -- search for a word
SELECT r.relname FROM pg_catalog.pg_class r WHERE r.relkind IN ('r', 'v', 'm', 'f', 'p') AND (r.relname ILIKE '%ord%' OR obj_description(r.oid, 'pg_class') ILIKE '%ord%'
    OR (r.relkind = 'v' AND pg_get_viewdef(r.oid) ILIKE '%ord%')) AND r.relnamespace IN ('public'::regnamespace) ORDER BY r.relname LIMIT 100;
SELECT a.attname FROM pg_catalog.pg_attribute a, pg_catalog.pg_class r WHERE r.oid = a.attrelid AND r.relkind = 'r' AND a.attnum > 0
    AND (a.attname LIKE '%tot%' OR col_description(r.oid, a.attnum) LIKE '%euro%') AND r.relnamespace = 'public'::regnamespace ORDER BY 1;
\echo -- privileges and locks
SELECT DISTINCT privilege_type FROM information_schema.table_privileges WHERE table_catalog = 'memory' AND grantee = 'analyst' AND table_name = 'orders' AND privilege_type NOT IN ('REFERENCES', 'TRIGGER') ORDER BY 1;
SELECT a.grantee > 0 FROM pg_class r, LATERAL aclexplode(r.relacl) a WHERE r.relacl IS NOT NULL AND r.relname = 'orders';
SELECT coalesce(d.datname, '') AS database, coalesce(l.relation::regclass::varchar, '') AS relation, l.mode FROM pg_catalog.pg_locks l LEFT JOIN pg_database d ON d.oid = l.database WHERE l.pid = -1;
\echo -- rows
SELECT o.* FROM public.orders o ORDER BY o.placed DESC NULLS LAST LIMIT 200;
SELECT o.id, o.ctid IS NOT NULL AS place, o.tableoid::regclass FROM public.orders o ORDER BY o.id LIMIT 1;
SELECT count(*) FROM (SELECT * FROM public.orders) counted;
