-- What pgcli reads for its completion: own wording, same relations, functions and casts.
SELECT * FROM unnest(current_schemas(true)) AS s(name) WHERE name IN ('public', 'pg_catalog') ORDER BY 1;
SELECT n.nspname, r.relname FROM pg_catalog.pg_class r LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace WHERE r.relkind = ANY ('{r,v,p}') AND n.nspname = 'public' ORDER BY 1, 2;
SELECT a.attname, a.atttypid::regtype::text AS type, a.atthasdef, pg_catalog.pg_get_expr(v.adbin, v.adrelid, true) AS standard FROM pg_catalog.pg_attribute a LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
JOIN pg_catalog.pg_class r ON r.oid = a.attrelid WHERE r.relname = 'orders' AND NOT a.attisdropped AND a.attnum > 0 ORDER BY a.attnum;
SELECT parent.relname, pa.attname, child.relname AS child, ca.attname AS child_column FROM pg_catalog.pg_constraint k, LATERAL (SELECT generate_subscripts(k.conkey, 1) AS i) part, pg_class parent, pg_attribute pa, pg_class child, pg_attribute ca
WHERE k.contype = 'f' AND parent.oid = k.confrelid AND pa.attrelid = k.confrelid AND pa.attnum = k.confkey[part.i] AND child.oid = k.conrelid AND ca.attrelid = k.conrelid AND ca.attnum = k.conkey[part.i];
SELECT t.typname FROM pg_catalog.pg_type t WHERE (t.typrelid = 0 OR (SELECT r.relkind = 'c' FROM pg_catalog.pg_class r WHERE r.oid = t.typrelid)) AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
    AND t.typnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY 1;
SELECT p.proargnames IS NOT NULL OR true AS names, array_to_string(COALESCE(p.proallargtypes::regtype[], p.proargtypes::regtype[])::text[], ', ') AS types, p.proretset, p.prokind = 'a' AS aggregate, p.prokind = 'w' AS window, pg_catalog.pg_get_expr(p.proargdefaults, 0) AS defaults
FROM pg_catalog.pg_proc p WHERE p.proname = 'upper' AND p.pronargs = 1 AND p.proargtypes[0] = 'text'::regtype;
\echo -- the case in which words are written: a function of sets, and groups
WITH words AS (SELECT regexp_split_to_table(note, '\W+') AS word, count(1) FROM orders GROUP BY word),
    ranked AS (SELECT word, row_number() OVER (PARTITION BY lower(word) ORDER BY count DESC) FROM words WHERE word ~* '.*[a-z].*')
SELECT word FROM ranked WHERE row_number = 1 ORDER BY 1;
SELECT unnest(ARRAY[1, 2]) AS part, count(*) FROM orders GROUP BY part ORDER BY part;
\echo -- the definition of a view
WITH v AS (SELECT 'public.large_orders'::pg_catalog.regclass::pg_catalog.oid AS id) SELECT n.nspname, r.relname, r.relkind, length(pg_catalog.pg_get_viewdef(r.oid, true)) > 20 AS source, array_remove(array_remove(r.reloptions, 'check_option=local'), 'check_option=cascaded') AS options
FROM pg_catalog.pg_class r LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace JOIN v ON v.id = r.oid;
