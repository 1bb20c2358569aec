-- What DataGrip's introspector (and IntelliJ, PyCharm, ..) asks for: own wording, same relations, functions and casts.
\echo -- server
SELECT current_database() AS catalog, current_schemas(false) AS schemas, current_schema(), current_user;
SELECT round(extract(epoch FROM pg_postmaster_start_time() AT TIME ZONE 'UTC')) > 0 AS started;
SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL ELSE (pg_catalog.txid_current() % 4294967296)::varchar::bigint >= 0 END AS transaction;
SELECT count(*) FROM (SELECT l.transactionid::varchar::bigint AS xid FROM pg_catalog.pg_locks l WHERE l.transactionid IS NOT NULL ORDER BY pg_catalog.age(l.transactionid) DESC LIMIT 1) x WHERE xid < 0;
SHOW DateStyle;
SELECT usesuper IS NOT NULL AS known FROM pg_user WHERE usename = current_user;
SELECT name, is_dst FROM (SELECT name, is_dst FROM pg_catalog.pg_timezone_names UNION DISTINCT SELECT abbrev, is_dst FROM pg_catalog.pg_timezone_abbrevs) zones WHERE name IN ('UTC', 'Asia/Tokyo') ORDER BY 1;
\echo -- databases, roles, schemas
SELECT d.datname, s.description, d.datistemplate, pg_catalog.pg_get_userbyid(d.datdba) AS owner FROM pg_catalog.pg_database d LEFT JOIN pg_catalog.pg_shdescription s ON s.objoid = d.oid
WHERE d.datname = 'memory' ORDER BY CASE WHEN d.datname = pg_catalog.current_database() THEN -1::bigint ELSE d.oid::bigint END;
SELECT r.rolname, r.rolinherit, r.rolcanlogin, r.rolreplication IS NOT NULL AS replication, r.rolconnlimit, r.rolvaliduntil, r.rolconfig FROM pg_catalog.pg_roles r WHERE r.rolname = current_user;
SELECT n.nspname, n.xmin IS NOT NULL AS state, pg_catalog.pg_get_userbyid(n.nspowner) IS NOT NULL AS owner FROM pg_catalog.pg_namespace n WHERE n.nspname = 'public'
ORDER BY CASE WHEN n.nspname = pg_catalog.current_schema() THEN -1::bigint ELSE n.oid::bigint END;
SELECT x.extname, array(SELECT newer FROM unnest(v.versions) newer WHERE newer > x.extversion) AS updates FROM pg_catalog.pg_extension x
LEFT JOIN (SELECT name, array_agg(version) AS versions FROM pg_available_extension_versions() GROUP BY name) v ON v.name = x.extname WHERE false;
\echo -- the age of rows, by which it finds what is new
SELECT pg_catalog.age(r.xmin) <= coalesce(nullif(greatest(pg_catalog.age('1'::varchar::xid), -1), -1), 2147483647) AS recent, r.xmin::varchar::bigint >= 0 AS state
FROM pg_catalog.pg_class r WHERE r.relname = 'orders';
\echo -- names of everything in a schema
SELECT kind, count(*) FROM (
    SELECT pg_catalog.translate(r.relkind, 'rmvpfS', 'rmvrfS') AS kind FROM pg_catalog.pg_class r WHERE r.relnamespace IN ('public'::regnamespace) AND r.relkind IN ('r', 'm', 'v', 'p', 'f', 'S')
    UNION ALL
    SELECT 'T' FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid WHERE t.typnamespace IN ('public'::regnamespace)
        AND (t.typtype IN ('d', 'e') OR c.relkind = 'c' OR (t.typtype = 'b' AND (t.typelem = 0 OR t.typcategory <> 'A')) OR t.typtype = 'p' AND NOT t.typisdefined)
    UNION ALL SELECT 'C' FROM pg_catalog.pg_collation WHERE collnamespace IN ('public'::regnamespace)
    UNION ALL SELECT 'O' FROM pg_catalog.pg_operator WHERE oprnamespace IN ('public'::regnamespace)
    UNION ALL SELECT 'c' FROM pg_catalog.pg_opclass WHERE opcnamespace IN ('public'::regnamespace)
    UNION ALL SELECT 'F' FROM pg_catalog.pg_opfamily WHERE opfnamespace IN ('public'::regnamespace)
    UNION ALL SELECT CASE WHEN prokind != 'a' THEN 'R' ELSE 'a' END FROM pg_catalog.pg_proc WHERE pronamespace IN ('public'::regnamespace)) every GROUP BY kind ORDER BY kind;
WITH relations AS (SELECT oid, relkind FROM pg_catalog.pg_class WHERE relnamespace IN ('public'::regnamespace) AND relkind IN ('r', 'm', 'v', 'f', 'p'))
SELECT relations.oid::regclass::text AS relation, pg_catalog.translate(relations.relkind, 'rmvpf', 'rmvrf') AS kind, a.attnum, a.attname
FROM relations JOIN pg_catalog.pg_attribute a ON a.attrelid = relations.oid WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 3;
\echo -- sequences, types
SELECT r.relname, pg_catalog.format_type(q.seqtypid, NULL) AS type, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle
FROM pg_catalog.pg_sequence q JOIN pg_class r ON r.oid = q.seqrelid WHERE r.relnamespace = 'public'::regnamespace
    AND pg_catalog.age(r.xmin) <= coalesce(nullif(greatest(pg_catalog.age('1'::varchar::xid), -1), -1), 2147483647);
SELECT t.typname, t.typtype, t.typcategory, CASE WHEN t.typtype IN ('c', 'e') THEN NULL ELSE pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS definition, t.typndims, t.typdefault, t.typnotnull
FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid = t.typrelid WHERE t.typnamespace = 'public'::regnamespace AND pg_catalog.age(t.xmin) <= 2147483647 AND t.typtype IN ('d', 'e') ORDER BY 1;
\echo -- tables, columns
SELECT r.relkind, r.relname, r.reloptions, r.relpersistence, r.relispartition, pg_catalog.pg_get_partkeydef(r.oid) AS key, pg_catalog.pg_get_expr(r.relpartbound, r.oid) AS bound,
    (SELECT pg_catalog.array_agg(h.inhparent::bigint ORDER BY h.inhseqno)::varchar FROM pg_catalog.pg_inherits h WHERE h.inhrelid = r.oid) AS ancestors
FROM pg_catalog.pg_class r WHERE r.relnamespace = 'public'::regnamespace AND r.relkind IN ('r', 'm', 'v', 'f', 'p') AND pg_catalog.age(r.xmin) <= 2147483647 ORDER BY 1, 2;
WITH relations AS (SELECT DISTINCT r.oid AS relation FROM pg_catalog.pg_class r, pg_catalog.pg_attribute a WHERE r.relnamespace = 'public'::regnamespace AND r.relkind IN ('r', 'v')
    AND (pg_catalog.age(a.xmin) <= 2147483647 OR pg_catalog.age(r.xmin) <= 2147483647) AND a.attrelid = r.oid)
SELECT relations.relation::regclass::text, a.attnum, a.attname, a.atttypmod, a.attndims, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
    pg_catalog.pg_get_expr(v.adbin, relations.relation) AS standard, NOT a.attislocal AS inherited, a.attfdwoptions, a.attidentity, a.attgenerated
FROM relations JOIN pg_catalog.pg_attribute a ON a.attrelid = relations.relation LEFT JOIN pg_catalog.pg_attrdef v ON (v.adrelid, v.adnum) = (a.attrelid, a.attnum)
WHERE a.attnum > 0 ORDER BY 1, 2;
\echo -- indexes and their columns
SELECT r.relname, x.relname AS index, i.indisunique, i.indisprimary, i.indnullsnotdistinct, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS condition, min(m.amname) AS method
FROM pg_catalog.pg_class r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid JOIN pg_catalog.pg_class x ON x.relnamespace = r.relnamespace AND x.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_opclass c ON c.oid = ANY (i.indclass) LEFT JOIN pg_am m ON m.oid = c.opcmethod
WHERE r.relnamespace = 'public'::regnamespace AND r.relkind IN ('r', 'm', 'v', 'p') AND x.relkind IN ('i', 'I') GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2;
SELECT x.relname, k.place, k.place <= i.indnkeyatts AS in_key, i.indkey[k.place - 1] AS number, i.indoption[k.place - 1] AS options, c.opcname, ordered,
    CASE WHEN i.indexprs IS NULL THEN NULL ELSE pg_catalog.pg_get_indexdef(i.indexrelid, k.place::int, true) END AS expression
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(number, place) CROSS JOIN pg_catalog.pg_indexam_has_property(x.relam, 'can_order') ordered
LEFT JOIN pg_catalog.pg_opclass c ON c.oid = i.indclass[k.place - 1] WHERE x.relnamespace = 'public'::regnamespace AND x.relkind IN ('i', 'I') ORDER BY 1, 2;
\echo -- constraints, triggers, rules
SELECT r.relname, k.conname, k.contype, k.conkey, k.confkey, k.condeferrable, k.confupdtype, k.connoinherit, pg_catalog.pg_get_expr(k.conbin, r.oid) AS condition, k.conexclop::int[] AS operators,
    array(SELECT o::regoper::varchar FROM unnest(k.conexclop) o) AS names
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class r ON r.oid = k.conrelid WHERE r.relkind IN ('r', 'v', 'f', 'p') AND r.relnamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY 1, 2;
SELECT t.tgname, pg_catalog.encode(t.tgargs, 'escape') AS arguments, t.tgtype, t.tgattr, pg_catalog.pg_get_triggerdef(t.oid, true) FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class r ON r.oid = t.tgrelid AND r.relnamespace = 'public'::regnamespace WHERE NOT t.tgisinternal;
SELECT w.rulename, pg_catalog.translate(w.ev_type, '1234', 'SUID') AS event, w.is_instead, pg_catalog.pg_get_ruledef(w.oid, true) FROM pg_catalog.pg_rewrite w
WHERE w.ev_class IN (SELECT oid FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace) AND w.rulename != '_RETURN'::name ORDER BY w.ev_class::bigint, w.ev_type;
\echo -- comments, privileges, sources
SELECT d.objoid::regclass::text, pg_catalog.array_agg(d.objsubid ORDER BY d.objsubid) AS parts FROM pg_catalog.pg_description d JOIN pg_catalog.pg_class r ON r.oid = d.objoid
WHERE r.relnamespace = 'public'::regnamespace AND r.relkind != 'c' AND d.classoid = 'pg_catalog.pg_class'::regclass GROUP BY 1 ORDER BY 1;
SELECT r.relname, r.relacl FROM pg_catalog.pg_class r WHERE r.relnamespace = 'public'::regnamespace AND r.relkind = 'r' AND pg_catalog.age(r.xmin) <= pg_catalog.age('1'::varchar::xid) ORDER BY 1;
WITH compiled AS (SELECT oid FROM pg_catalog.pg_language WHERE lanname IN ('c', 'internal'))
SELECT proname, pg_catalog.pg_get_function_arguments(oid), pg_catalog.pg_get_function_result(oid), pg_catalog.pg_get_function_sqlbody(oid) FROM pg_catalog.pg_proc
WHERE pronamespace = 'public'::regnamespace AND NOT (prokind = 'a') AND prolang NOT IN (SELECT oid FROM compiled) AND prosrc IS NOT NULL;
SELECT r.relkind, r.relname, length(pg_catalog.pg_get_viewdef(r.oid, true)) > 20 AS has_source FROM pg_catalog.pg_class r WHERE r.relnamespace = 'public'::regnamespace AND r.relkind IN ('m', 'v');
WITH procedures AS (SELECT prorettype, proargtypes, proallargtypes FROM pg_catalog.pg_proc WHERE proname = 'lower' AND pronargs = 1 AND proargtypes[0] = 'text'::regtype)
SELECT pg_catalog.format_type(type, NULL) FROM (SELECT prorettype AS type FROM procedures UNION SELECT DISTINCT unnest(proargtypes) FROM procedures UNION SELECT DISTINCT unnest(proallargtypes) FROM procedures) t WHERE type <> 0;
