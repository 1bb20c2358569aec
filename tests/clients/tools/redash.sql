-- What Redash reads of a schema: own wording.
SELECT n.nspname AS table_schema, r.relname AS table_name, a.attname AS column_name, NULL AS data_type FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace AND n.nspname NOT IN ('pg_catalog', 'information_schema')
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.relkind = 'm' AND has_table_privilege(quote_ident(n.nspname) || '.' || quote_ident(r.relname), 'select') AND has_schema_privilege(n.nspname, 'usage')
UNION
SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND has_table_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), 'select') AND has_schema_privilege(table_schema, 'usage') ORDER BY 1, 2, 3;
