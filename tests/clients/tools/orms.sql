-- What programs that read a schema for Node.js send, besides what orm.mjs runs: Prisma, TypeORM, Sequelize, drizzle-kit, pg-structure: own wording.
\echo -- Prisma
SELECT EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = 'public') AS found, current_setting('server_version_num')::integer / 10000 AS major;
SELECT r.relname, (r.relhassubclass AND r.relkind = 'p') AS partitioned, r.relrowsecurity, r.reloptions, obj_description(r.oid, 'pg_class') AS comment FROM pg_class r INNER JOIN pg_namespace n ON n.oid = r.relnamespace
WHERE ((r.relkind = 'r' AND r.relispartition = 'f') OR r.relkind = 'p') AND n.nspname = ANY ('{public}'::text[]) ORDER BY 1;
SELECT i.table_name, i.column_name, format_type(a.atttypid, a.atttypmod) AS type, i.datetime_precision, pg_get_expr(v.adbin, v.adrelid) AS standard, i.is_identity, col_description(a.attrelid, i.ordinal_position) AS comment FROM information_schema.columns i JOIN pg_attribute a ON a.attname = i.column_name
JOIN (SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reltype > 0) r ON r.oid = a.attrelid AND r.relname = i.table_name LEFT OUTER JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
WHERE i.table_schema = ANY ('{public}'::text[]) AND i.table_name IN ('orders', 'feelings') ORDER BY i.table_name, i.ordinal_position;
WITH parts AS (SELECT indrelid, indexrelid, indisunique, indisprimary, unnest(indkey) AS number, generate_subscripts(indkey, 1) AS place, unnest(indclass) AS class, unnest(indoption) AS option FROM pg_index WHERE indpred IS NULL AND NOT indisexclusion)
SELECT x.relname, a.attname, parts.indisunique, parts.place, o.opcname, o.opcdefault, m.amname, CASE parts.option & 1 WHEN 1 THEN 'DESC' ELSE 'ASC' END AS direction, k.condeferrable FROM parts INNER JOIN pg_class x ON x.oid = parts.indexrelid
LEFT JOIN pg_attribute a ON a.attrelid = parts.indrelid AND a.attnum = parts.number INNER JOIN pg_am m ON m.oid = x.relam LEFT JOIN pg_opclass o ON o.oid = parts.class LEFT JOIN pg_constraint k ON k.conindid = parts.indexrelid AND k.contype <> 'f'
WHERE x.relnamespace = 'public'::regnamespace ORDER BY x.relname, parts.place;
SELECT k.conname, k.contype, pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k WHERE k.connamespace = 'public'::regnamespace AND k.contype NOT IN ('p', 'u', 'f') ORDER BY 1;
SELECT k.conname, part.own, part.other, part.place FROM (SELECT oid, unnest(conkey) AS own, unnest(confkey) AS other, generate_subscripts(conkey, 1) AS place FROM pg_constraint WHERE contype = 'f' ORDER BY place) part JOIN pg_constraint k ON k.oid = part.oid;
SELECT v.viewname, length(v.definition) > 20 AS source, obj_description(r.oid, 'pg_class') AS comment FROM pg_catalog.pg_views v INNER JOIN pg_catalog.pg_class r ON r.relname = v.viewname WHERE v.schemaname = ANY ('{public}'::text[]);
\echo -- TypeORM
SELECT * FROM current_schema();
SELECT * FROM current_database();
SELECT c.column_name, pg_catalog.col_description(('"' || c.table_catalog || '"."' || c.table_schema || '"."' || c.table_name || '"')::regclass::oid, c.ordinal_position) AS comment, ('"' || c.udt_schema || '"."' || c.udt_name || '"')::"regtype"::text AS type
FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name IN ('orders', 'feelings') ORDER BY c.table_name, c.ordinal_position;
SELECT '"pg_catalog"."_text"'::regtype::text AS a, '{a}'::"pg_catalog"."_text" AS b, '{1}'::_int4 AS c, 1::"pg_catalog"."int4" AS d;
SELECT k.conname, pg_get_constraintdef(k.oid) AS expression, CASE k.contype WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS type, a.attname FROM pg_constraint k
INNER JOIN pg_class r ON r.oid = k.conrelid LEFT JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) WHERE r.relname = 'orders' ORDER BY 1;
\echo -- Sequelize
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+02:00' HOUR TO MINUTE;
SELECT '2024-01-01 12:00:00+00'::timestamptz;
RESET TIME ZONE;
SELECT c.column_name, e.data_type AS element FROM information_schema.columns c LEFT JOIN information_schema.element_types e
    ON ((c.table_catalog, c.table_schema, c.table_name, 'TABLE', c.dtd_identifier) = (e.object_catalog, e.object_schema, e.object_name, e.object_type, e.collection_type_identifier)) WHERE c.table_schema = 'public' AND c.data_type = 'ARRAY' ORDER BY c.table_name, 1;
SELECT c.column_name, (SELECT d.description FROM pg_catalog.pg_statio_all_tables st INNER JOIN pg_catalog.pg_description d ON (d.objoid = st.relid) WHERE c.ordinal_position = d.objsubid AND c.table_name = st.relname) AS comment,
    (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid WHERE t.typname = c.udt_name)::text AS special FROM information_schema.columns c WHERE c.table_name IN ('orders', 'feelings') ORDER BY c.table_name, c.ordinal_position;
\echo -- drizzle-kit
SELECT s.indexrelname, s.relname, i.indisunique, array_agg(o.opcname ORDER BY u.place)::text AS classes FROM pg_stat_all_indexes s JOIN pg_index i ON i.indexrelid = s.indexrelid CROSS JOIN LATERAL unnest(i.indclass) WITH ORDINALITY AS u(class, place)
LEFT JOIN pg_opclass o ON o.oid = u.class WHERE s.schemaname = 'public' GROUP BY 1, 2, 3 ORDER BY 1;
SELECT count(*) FROM pg_stat_user_indexes WHERE relname = 'orders';
SELECT a.attrelid::regclass::text AS relation, a.attname, CASE WHEN a.attidentity IN ('a', 'd') THEN 'identity' ELSE NULL END AS identity, a.attndims, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a WHERE a.attrelid::regclass::text = 'feelings' AND a.attnum > 0 ORDER BY a.attnum;
\echo -- pg-structure
SELECT 'x'::information_schema.character_data AS a, 1::information_schema.cardinal_number AS b, 'YES'::information_schema.yes_or_no AS c, 'n'::information_schema.sql_identifier AS d;
SELECT t.typname, format_type(t.oid, NULL) AS shown, ARRAY(SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder)::text[] AS labels FROM pg_type t WHERE t.typname IN ('mood', 'int4', 'bpchar') ORDER BY 1;
SELECT x.relname, i.indkey::int2[] IS NOT NULL AS columns, i.indisexclusion, pg_get_expr(i.indpred, i.indrelid) AS filter, array(SELECT pg_get_indexdef(i.indexrelid, p + 1, true) FROM generate_subscripts(i.indkey, 1) p ORDER BY p)::text AS expressions FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
WHERE i.indrelid = 'orders'::regclass ORDER BY 1;
