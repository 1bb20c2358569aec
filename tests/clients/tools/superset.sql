-- What Superset sends: its database list, datasets, time grains and charts (SQLAlchemy's own reflection is in sqlalchemy_client.py): own wording.
\echo -- database
SELECT datname FROM pg_database WHERE datistemplate = false AND datname = current_database();
SET search_path = "public";
SHOW search_path;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = '0';
SELECT a.attname FROM pg_attribute a JOIN (SELECT unnest(i.indkey) AS attnum, generate_subscripts(i.indkey, 1) AS ord FROM pg_index i WHERE i.indrelid = 'orders'::regclass AND i.indisprimary) k ON k.attnum = a.attnum
WHERE a.attrelid = 'orders'::regclass ORDER BY k.ord;
SELECT t.typname, pg_catalog.pg_type_is_visible(t.oid) AS visible, n.nspname, e.enumlabel FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
WHERE t.typtype = 'e' ORDER BY 3, 1, e.oid;
SELECT x.relname, i.indisunique, a.attname, k.conrelid::regclass::text AS constrained, i.indkey::varchar, i.indoption::varchar, m.amname, pg_get_expr(i.indpred, i.indrelid) AS filter, i.indnkeyatts
FROM pg_class r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid LEFT OUTER JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = ANY (i.indkey)
LEFT OUTER JOIN pg_constraint k ON (k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) LEFT OUTER JOIN pg_am m ON m.oid = x.relam
WHERE r.oid = 'orders'::regclass AND i.indisprimary = 'f' ORDER BY x.relname, a.attnum;
\echo -- charts
SELECT DATE_TRUNC('month', placed) AS __timestamp, COUNT(*) AS count FROM public.orders WHERE placed >= TO_TIMESTAMP('2023-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US')
    AND placed < TO_TIMESTAMP('2027-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') GROUP BY DATE_TRUNC('month', placed) ORDER BY count DESC, 1 LIMIT 10000;
SELECT DATE_TRUNC('week', placed) AS week, DATE_TRUNC('quarter', placed) AS quarter, DATE_TRUNC('minute', placed) AS minute, DATE_TRUNC('second', placed) AS second FROM orders ORDER BY id;
SELECT d FROM every_type WHERE d >= TO_DATE('2023-01-01', 'YYYY-MM-DD') AND d < TO_DATE('2027-01-01', 'YYYY-MM-DD');
SELECT DATE_TRUNC('day', (timestamp 'epoch' + id * interval '1 second')) AS day, count(*) FROM orders GROUP BY 1;
SELECT DATE_TRUNC('year', placed) AS __timestamp, note AS note, sum(total) AS "SUM(total)" FROM public.orders JOIN (SELECT note AS note__, sum(total) AS inner__ FROM public.orders GROUP BY note ORDER BY inner__ DESC LIMIT 25) AS series ON note = note__
GROUP BY note, DATE_TRUNC('year', placed) ORDER BY "SUM(total)" DESC LIMIT 50000;
SELECT customer AS customer, COUNT(DISTINCT note) AS "COUNT_DISTINCT(note)" FROM (SELECT * FROM orders
) AS virtual_table GROUP BY customer HAVING COUNT(*) > 0 ORDER BY "COUNT_DISTINCT(note)" DESC, 1 LIMIT 100;
SELECT COUNT(*) AS rowcount FROM (SELECT customer AS customer FROM public.orders GROUP BY customer LIMIT 50000) AS counted;
SELECT id FROM orders WHERE note ILIKE '%F%' AND (note IS NOT NULL) AND (customer NOT IN (7)) AND total >= 10.5 ORDER BY id LIMIT 100 OFFSET 0;
SELECT customer, round(SUM(total) / (SELECT SUM(total) FROM orders), 6) AS "%SUM" FROM orders GROUP BY customer ORDER BY 1;
SELECT width_bucket(total, 0, 1000, 10) AS bucket, count(*) FROM orders GROUP BY 1 ORDER BY 1;
\echo -- errors that it takes apart
SELECT nothing FROM orders;
SELECT * FROM missing;
