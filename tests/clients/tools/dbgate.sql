-- What DbGate's analyser, Beekeeper Studio and HeidiSQL ask for: own wording, same relations, functions and casts.
\echo -- DbGate: the state of every table as one number
SELECT r.relname, md5(string_agg(concat_ws(';', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull::text), ',' ORDER BY a.attnum)) AS columns, pg_relation_size(r.oid) >= 0 AS size
FROM pg_catalog.pg_class r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE r.relkind IN ('r', 'p') AND r.relnamespace = 'public'::regnamespace GROUP BY r.oid, r.relname ORDER BY 1;
SELECT r.relname, md5(string_agg(concat_ws(';', k.conname, k.contype::text, k.conkey::text), ',' ORDER BY k.conname)) AS constraints FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid WHERE r.relnamespace = 'public'::regnamespace GROUP BY 1 ORDER BY 1;
\echo -- DbGate: columns
SELECT r.relname, a.attname, CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS empty, format_type(a.atttypid, NULL) AS type,
    CASE WHEN a.atttypmod > 0 AND t.typname IN ('varchar', 'bpchar') THEN a.atttypmod - 4 END AS length,
    CASE WHEN a.atttypmod > 0 AND t.typname = 'numeric' THEN ((a.atttypmod - 4) >> 16) & 65535 END AS precision, CASE WHEN a.atttypmod > 0 AND t.typname = 'numeric' THEN (a.atttypmod - 4) & 65535 END AS scale
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class r ON r.oid = a.attrelid JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND r.relkind IN ('r', 'v', 'p', 'f') AND ('tables:' || 'public' || '.' || r.relname) IN ('tables:public.orders', 'tables:public.large_orders') ORDER BY r.relname, a.attnum;
\echo -- DbGate: keys, indexes, triggers
SELECT k.conname, f.attname, p.relname, pa.attname AS target, CASE k.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' ELSE k.confdeltype::text END AS deletes FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid
JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS c(own, other, place) ON TRUE JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = c.own JOIN pg_attribute pa ON pa.attrelid = k.confrelid AND pa.attnum = c.other
WHERE k.contype = 'f' ORDER BY k.conname, c.place;
SELECT x.relname, i.indkey, i.indoption, a.attname FROM pg_class t, pg_class x, pg_attribute a, pg_index i, pg_namespace n WHERE t.oid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attrelid = t.oid AND x.oid = i.indexrelid
    AND t.relkind = 'r' AND i.indisprimary = false AND n.oid = t.relnamespace AND n.nspname != 'pg_catalog' ORDER BY 1, 4;
SELECT t.tgname, CASE WHEN t.tgtype & 1 = 1 THEN 'ROW' ELSE 'STATEMENT' END AS level, coalesce(CASE WHEN (t.tgtype::int::bit(7) & b'0000010')::int = 0 THEN NULL ELSE 'BEFORE' END, '')::text AS moment, pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal;
SELECT 5::int::bit(7) & b'0000100' AS masked, (5::int::bit(7) & b'0000100')::int AS number, B'101'::bit(3) AS literal;
\echo -- DbGate: functions, settings, sessions
SELECT p.proname, CASE (p.proargmodes::text[])[a.place] WHEN 'o' THEN 'OUT' ELSE 'IN' END AS mode, format_type(a.type, NULL) FROM pg_catalog.pg_proc p
CROSS JOIN LATERAL unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames) WITH ORDINALITY AS a(type, name, place) WHERE p.prokind IN ('f', 'p') AND p.proargnames IS NOT NULL AND p.pronamespace = 'public'::regnamespace;
SELECT "name", "setting" FROM "pg_settings" WHERE "name" IN ('DateStyle', 'server_encoding', 'max_identifier_length') ORDER BY "name";
SELECT "application_name", "state", extract(epoch FROM (now() - "state_change")) IS NOT NULL AS running, "wait_event" IS NOT NULL AS waits FROM "pg_stat_activity" WHERE "state" IS NOT NULL AND pid = pg_backend_pid();
SELECT "datname", pg_database_size("datname") >= 0 AS size FROM "pg_database" WHERE "datistemplate" = false AND "datname" = 'memory';
\echo -- Beekeeper Studio
SELECT t.table_name, r.relkind, up.relkind AS parent FROM information_schema.tables t JOIN pg_class r ON r.relname = t.table_name AND quote_ident(t.table_schema) = r.relnamespace::regnamespace::text
LEFT OUTER JOIN pg_inherits h ON h.inhrelid = r.oid LEFT OUTER JOIN pg_class up ON up.oid = h.inhparent WHERE t.table_type NOT LIKE '%VIEW%' AND t.table_schema = 'public' ORDER BY 1;
SELECT column_name, is_generated, CASE WHEN character_maximum_length IS NOT NULL AND udt_name != 'text' THEN udt_name || '(' || character_maximum_length::varchar(255) || ')'
    WHEN numeric_precision IS NOT NULL AND numeric_scale IS NOT NULL THEN udt_name || '(' || numeric_precision::varchar(255) || ',' || numeric_scale::varchar(255) || ')'
    WHEN datetime_precision IS NOT NULL AND udt_name != 'date' THEN udt_name || '(' || datetime_precision::varchar(255) || ')' ELSE udt_name END AS type, CASE WHEN data_type = 'ARRAY' THEN 'YES' ELSE 'NO' END AS list
FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN ('orders', 'every_type') ORDER BY table_name, ordinal_position;
SELECT (SELECT relname FROM pg_class x WHERE x.oid = i.indexrelid) AS name, k.i AS place, i.indnullsnotdistinct, coalesce(a.attname, (('{' || pg_get_expr(i.indexprs, i.indrelid) || '}')::text[])[k.i]) AS column_name, i.indoption[k.i - 1] = 0 AS ascending
FROM pg_index i CROSS JOIN LATERAL (SELECT unnest(i.indkey), generate_subscripts(i.indkey, 1) + 1) AS k(attnum, i) LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum WHERE i.indrelid = 'orders'::regclass ORDER BY 1, 2;
SELECT string_agg(u.column_name, ',' ORDER BY u.ordinal_position) AS columns, c.constraint_name, c.update_rule, c.delete_rule, (SELECT string_agg(o.column_name, ',' ORDER BY o.ordinal_position) FROM information_schema.key_column_usage o WHERE o.constraint_name = c.unique_constraint_name) AS target
FROM information_schema.key_column_usage u JOIN information_schema.referential_constraints c ON c.constraint_name = u.constraint_name WHERE u.table_name = 'orders' GROUP BY c.constraint_name, c.unique_constraint_name, c.update_rule, c.delete_rule;
SELECT o.table_name FROM information_schema.table_constraints k JOIN information_schema.constraint_table_usage o ON o.constraint_name = k.constraint_name WHERE k.constraint_type = 'FOREIGN KEY' AND k.table_name = 'orders';
SELECT pg_indexes_size('public.orders') >= 0 AS indexes, obj_description('"public"."orders"'::regclass) AS comment;
SELECT trigger_name, action_timing, event_manipulation FROM information_schema.triggers WHERE event_object_schema = 'public';
SELECT r.routine_name, p.parameter_name FROM information_schema.routines r LEFT JOIN information_schema.parameters p ON p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name WHERE r.routine_schema = 'public';
\echo -- HeidiSQL
SET search_path TO "public", "$user";
SHOW search_path;
RESET search_path;
SELECT n.nspname, r.relname, r.relkind, pg_table_size(format('%I.%I', n.nspname, r.relname))::bigint >= 0 AS data, obj_description(r.oid) AS comment, NULL AS arguments FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
WHERE n.nspname = 'public' AND r.relkind IN ('r', 'v', 'm') UNION ALL SELECT n.nspname, p.proname, p.prokind, NULL, obj_description(p.oid), p.proargtypes FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prokind IN ('f', 'p') ORDER BY 2;
SELECT a.attname, CASE WHEN (b.typcategory = 'S' OR (b.oid IS NULL AND t.typcategory = 'S')) AND a.atttypmod <> -1 THEN a.atttypmod - 4 ELSE NULL END AS length, CASE WHEN b.oid IS NULL AND t.typcategory IN ('N', 'F') THEN CASE WHEN a.atttypmod = -1 THEN NULL ELSE ((a.atttypmod - 4) >> 16)::integer END END AS precision,
    CASE WHEN a.attcollation <> t.typcollation THEN l.collname ELSE NULL END AS collation, CASE WHEN a.attgenerated = '' AND a.atthasdef THEN pg_get_expr(v.adbin, v.adrelid) ELSE NULL END AS standard
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum;
WITH indexes AS (SELECT indexrelid, indrelid FROM pg_index WHERE indrelid = 'orders'::regclass), numbers AS (SELECT x.oid, x.relname, unnest(i.indkey) AS number, CASE i.indisprimary WHEN true THEN 'PRIMARY' ELSE CASE i.indisunique WHEN true THEN 'UNIQUE' ELSE 'KEY' END END AS kind
    FROM pg_class x JOIN pg_index i ON i.indexrelid = x.oid JOIN indexes ON indexes.indexrelid = x.oid WHERE pg_table_is_visible(x.oid)) SELECT numbers.relname, numbers.kind, a.attname FROM pg_attribute a JOIN numbers ON a.attnum = numbers.number JOIN indexes ON (indexes.indrelid = a.attrelid AND indexes.indexrelid = numbers.oid) ORDER BY 1, 3;
SELECT n.nspname, t.typname, string_agg(e.enumlabel, '|' ORDER BY e.enumsortorder) AS labels FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' GROUP BY n.nspname, t.typname ORDER BY upper(t.typname);
SELECT extract(epoch FROM current_timestamp - pg_postmaster_start_time())::integer > 0 AS up;
SELECT "id", substring("note"::text, 1, 256) AS "note" FROM "public"."orders" WHERE "note" ILIKE '%fir%' OR "id"::text ILIKE '%2%' ORDER BY "id" DESC LIMIT 1000 OFFSET 0;
