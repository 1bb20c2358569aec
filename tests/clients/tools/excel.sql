-- What the connectors of Excel and Google Sheets read of the catalog: own wording, same relations, functions (of whole rows) and casts.
\echo -- tables
SELECT n.nspname AS Schema, r.relname AS Name, CASE WHEN n.nspname LIKE E'pg\\_catalog' THEN 'Catalog' WHEN r.relkind = 'f' THEN 'Foreign' ELSE 'User' END AS TableType, pg_get_userbyid(r.relowner) AS owner, r.relhassubclass AS HasSubtables,
    d.description AS Comment, r.relnatts AS ColumnNumber, r.relhastriggers IS NOT NULL AS triggers, k.conname AS Constraint, k.conkey AS ConstrainedColumns
FROM pg_class r INNER JOIN pg_namespace n ON n.oid = r.relnamespace LEFT OUTER JOIN pg_description d ON d.objoid = r.oid AND d.objsubid = 0 LEFT OUTER JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'p'
WHERE ((r.relkind = 'r') OR (r.relkind = 's') OR (r.relkind = 'f')) AND NOT n.nspname LIKE E'pg\\_%' AND n.nspname::varchar LIKE E'public' AND pg_get_userbyid(r.relowner)::varchar LIKE '%' ORDER BY r.relname;
\echo -- columns
SELECT r.relname AS Table, a.attname AS Name, CASE WHEN a.attnotnull = 'f' THEN 'true' ELSE 'false' END AS Nullable,
    CASE WHEN t.typname LIKE 'interval' OR t.typname LIKE 'timestamp%' THEN -1 WHEN a.atttypmod > 0 THEN a.atttypmod - 4 ELSE a.atttypmod END AS Length,
    (information_schema._pg_numeric_precision(information_schema._pg_truetypid(a.*, t.*), information_schema._pg_truetypmod(a.*, t.*)))::information_schema.cardinal_number AS Precision,
    (information_schema._pg_numeric_scale(information_schema._pg_truetypid(a.*, t.*), information_schema._pg_truetypmod(a.*, t.*)))::information_schema.cardinal_number AS Scale,
    (information_schema._pg_datetime_precision(information_schema._pg_truetypid(a.*, t.*), information_schema._pg_truetypmod(a.*, t.*)))::information_schema.cardinal_number AS DatetimeLength,
    CASE WHEN t.typname = 'bpchar' THEN 'char' ELSE t.typname END AS TypeName, e.typname AS elementname, CAST(pg_get_expr(v.adbin, v.adrelid) AS varchar) AS DefaultValue, s.relname AS sername,
    CASE WHEN exists(SELECT null FROM pg_constraint k WHERE k.conrelid = r.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)) THEN true ELSE false END AS IsKey, (SELECT count(1) FROM pg_type o WHERE o.typname = t.typname) > 1 AS twice
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class r ON r.oid = a.attrelid AND ((r.relkind = 'r') OR (r.relkind = 'v')) JOIN pg_namespace n ON n.oid = r.relnamespace
LEFT OUTER JOIN pg_type e ON e.oid = t.typelem LEFT OUTER JOIN pg_attrdef v ON adrelid = attrelid AND adnum = attnum
LEFT OUTER JOIN (pg_depend JOIN pg_class s ON objid = s.oid AND s.relkind = 'S' AND classid = 'pg_class'::regclass::oid) ON refobjid = attrelid AND refobjsubid = attnum
WHERE a.attnum > 0 AND a.attisdropped IS FALSE AND n.nspname LIKE E'public' AND r.relname LIKE E'%' ORDER BY r.relname, a.attnum;
SELECT DISTINCT attname AS Name, attnum FROM pg_attribute JOIN pg_class ON oid = attrelid INNER JOIN pg_namespace ON pg_class.relnamespace = pg_namespace.oid
WHERE attnum > 0 AND attisdropped IS FALSE AND pg_namespace.nspname LIKE 'public' AND relname LIKE 'orders' AND attnum IN (2);
\echo -- types by number as text
SELECT t.typname, t.typtype, t.typelem != 0 AS element FROM pg_type t WHERE t.oid::varchar LIKE '1009' AND t.typtype::varchar LIKE 'b' AND t.typelem != 0;
\echo -- keys
SELECT a.conname AS Name, r.relname AS Table, b.conname AS ReferencedKey, f.relname AS ReferencedTable, a.conkey AS ColumnIndexes, a.confkey AS ForeignColumnIndexes, a.confmatchtype AS match, a.condeferrable AS deferrable
FROM pg_constraint a INNER JOIN pg_constraint b ON (a.confrelid = b.conrelid AND a.confkey = b.conkey) INNER JOIN pg_class r ON r.oid = a.conrelid LEFT OUTER JOIN pg_class f ON f.oid = a.confrelid
WHERE a.contype = 'f' AND (b.contype = 'p' OR b.contype = 'u') AND a.oid::varchar LIKE '%' AND r.relname LIKE E'orders' ORDER BY 1;
