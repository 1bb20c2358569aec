-- What Tableau asks for by way of JDBC and ODBC, its probes at connect, and the SQL of its sheets: own wording, same relations, functions and casts.
\echo -- keys (the drivers' metadata)
SELECT p.relname AS pk_table, pa.attname AS pk_column, f.relname AS fk_table, fa.attname AS fk_column, place.n, CASE k.confupdtype WHEN 'c' THEN 0 WHEN 'r' THEN 1 WHEN 'n' THEN 2 WHEN 'a' THEN 3 ELSE NULL END AS rule, x.relname AS pk_name
FROM pg_catalog.pg_class p, pg_catalog.pg_attribute pa, pg_catalog.pg_class f, pg_catalog.pg_attribute fa, pg_catalog.pg_constraint k, pg_catalog.generate_series(1, 32) place(n), pg_catalog.pg_class x
WHERE p.oid = pa.attrelid AND pa.attnum = k.confkey[place.n] AND k.confrelid = p.oid AND f.oid = fa.attrelid AND fa.attnum = k.conkey[place.n] AND k.conrelid = f.oid AND k.contype = 'f'
    AND (x.relkind = 'i' OR x.relkind = 'I') AND x.oid = k.conindid AND f.relname = 'orders' ORDER BY p.relname, k.conname, place.n;
SELECT r.name, r.column_name, r.place FROM (SELECT c.relname AS name, a.attname AS column_name, (information_schema._pg_expandarray(i.indkey)).n AS place, information_schema._pg_expandarray(i.indkey) AS keys, a.attnum
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid JOIN pg_catalog.pg_index i ON i.indrelid = a.attrelid WHERE c.relname = 'orders' AND i.indisprimary) r WHERE r.attnum = (r.keys).x ORDER BY 1, 3;
SELECT a.attname, (i.keys).n FROM pg_catalog.pg_attribute a JOIN (SELECT indrelid, indisprimary, information_schema._pg_expandarray(indkey) AS keys FROM pg_catalog.pg_index) i ON a.attnum = (i.keys).x AND a.attrelid = i.indrelid
WHERE i.indrelid = 'customers'::regclass AND i.indisprimary;
SELECT fa.attname, pa.attname AS target, part::int2 FROM (((SELECT k.conrelid, k.conkey, k.confrelid, k.confkey, generate_series(array_lower(k.conkey, 1), array_upper(k.conkey, 1)) AS part FROM pg_catalog.pg_constraint k
    WHERE k.contype = 'f' AND k.conrelid = 'orders'::regclass) r INNER JOIN pg_catalog.pg_attribute fa ON fa.attrelid = r.conrelid AND fa.attnum = r.conkey[part]) INNER JOIN pg_catalog.pg_attribute pa ON pa.attrelid = r.confrelid AND pa.attnum = r.confkey[part]);
SELECT t.attname, x.attnum FROM pg_catalog.pg_attribute t, pg_catalog.pg_attribute x, pg_catalog.pg_index i WHERE i.indrelid = 'orders'::regclass AND i.indisprimary = 't' AND x.attrelid = i.indexrelid AND t.attrelid = i.indrelid
    AND t.attnum = i.indkey[x.attnum - 1] AND NOT t.attisdropped;
SELECT a.attname, a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) AS required, a.attidentity != '' OR pg_catalog.pg_get_expr(v.adbin, v.adrelid) LIKE '%nextval(%' AS counted FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid LEFT JOIN pg_catalog.pg_attrdef v ON (v.adrelid = a.attrelid AND v.adnum = a.attnum)
JOIN (SELECT 'orders'::regclass::oid AS oid, 1 AS attnum UNION ALL SELECT 'orders'::regclass, 3) wanted ON (a.attrelid = wanted.oid AND a.attnum = wanted.attnum) ORDER BY 1;
\echo -- probes at connect
SELECT 1 AS "COL";
SELECT 1 AS "COL" FROM (SELECT 1 AS "X") "S" GROUP BY 2;
CREATE LOCAL TEMPORARY TABLE "#Connect_1" ("COL" INTEGER) ON COMMIT PRESERVE ROWS;
INSERT INTO "#Connect_1" ("COL") VALUES (1);
SELECT "COL" FROM "#Connect_1";
DROP TABLE "#Connect_1";
SELECT * INTO TEMPORARY TABLE "#Connect_2" FROM (SELECT 1 AS "COL") AS "probe" LIMIT 1;
SELECT "COL" FROM "#Connect_2";
DROP TABLE "#Connect_2";
CREATE LOCAL TEMPORARY TABLE "#Group_3" ("name" TEXT COLLATE "default", "part" INTEGER);
ANALYZE "#Group_3";
DROP TABLE "#Group_3";
SELECT * FROM (
  select * from orders
) "Custom SQL Query"
LIMIT 0;
SELECT current_catalog, current_role, session_user;
\echo -- a cursor, as the ODBC driver declares it
BEGIN;
DECLARE "cursor 1" CURSOR WITH HOLD FOR SELECT id FROM orders ORDER BY id;
FETCH 2 IN "cursor 1";
CLOSE "cursor 1";
COMMIT;
\echo -- sheets
SELECT SUM(1) AS "rows" FROM "public"."orders" "orders" HAVING (COUNT(1) > 0);
SELECT "orders"."note" AS "note" FROM "public"."orders" "orders" GROUP BY 1 ORDER BY 1 ASC NULLS FIRST;
SELECT MIN("orders"."placed") AS "TEMP(lower)(1)", MAX("orders"."placed") AS "TEMP(upper)(1)" FROM "public"."orders" "orders" HAVING (COUNT(1) > 0);
SELECT DATE_TRUNC( 'QUARTER', CAST("orders"."placed" AS TIMESTAMP) ) AS "tqr:placed:ok", SUM("orders"."total") AS "sum:total:ok" FROM "public"."orders" "orders" GROUP BY 1 ORDER BY 1;
SELECT CAST(TRUNC(EXTRACT(YEAR FROM "orders"."placed")) AS INTEGER) AS "yr:placed:ok", AVG(CAST("orders"."total" AS DOUBLE PRECISION)) AS "avg:total:ok" FROM "public"."orders" "orders" GROUP BY 1 ORDER BY 1;
SELECT (1 + CAST(EXTRACT(DOW FROM "placed") AS INTEGER)) AS "weekday", CAST(FLOOR((7 + EXTRACT(DOY FROM "placed") - 1 + EXTRACT(DOW FROM DATE_TRUNC('YEAR', CAST("placed" AS DATE)))) / 7) AS INT) AS "week" FROM orders ORDER BY id;
SELECT ("placed" + (1 * INTERVAL '1 DAY')) AS a, ("placed" + CAST(3 AS INT) * INTERVAL '1 MONTH') AS b, (CAST("placed" AS DATE) + 7 * INTERVAL '1 DAY') AS c, (CAST("placed" AS DATE) - CAST(TIMESTAMP '2020-01-01 00:00:00.000' AS DATE)) AS d FROM orders ORDER BY id;
SELECT TO_CHAR(placed, 'FMMonth') AS a, TO_CHAR(placed, 'TMDay') AS b, TO_CHAR(placed, 'Q') AS c, TO_CHAR(placed, 'HH24:MI:SS.US') AS d, TO_CHAR(total, 'FM999G999D00') AS e, TO_CHAR(placed, 'IYYY-IW ID DDD') AS f FROM orders ORDER BY id;
SELECT LEFT(note, 2) AS a, RIGHT(note, 2) AS b, STRPOS(note, 'r') AS c, SUBSTR(note, 2, 3) AS d, LTRIM(RTRIM(note)) AS e, ASCII(note) AS f, REGEXP_REPLACE(note, '[aeiou]', '-', 'g') AS g, SUBSTRING(note FROM '(.)r') AS h, (note ~ 'fi.*') AS i,
    (REGEXP_MATCHES(note, '(.)r'))[1] AS j, LPAD(note, 10, '*') AS k, INITCAP(note) AS l FROM orders WHERE id = 1;
SELECT SIGN(total) AS a, POWER(CAST(total AS DOUBLE PRECISION), 2) AS b, MOD(id, 2) AS c, (CAST(id AS DOUBLE PRECISION) / 2) AS d, CAST(TRUNC(total) AS BIGINT) AS e, ATAN2(1, 2) AS f, COT(1.0::float8) AS g FROM orders ORDER BY id;
SELECT STDDEV_SAMP(CAST(total AS DOUBLE PRECISION)) > 57000 AS a, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY total) AS b, MODE() WITHIN GROUP (ORDER BY customer) AS c, BOOL_OR(total > 5) AS d, STRING_AGG(note, ',' ORDER BY id DESC) AS e, round(CORR(total, id)::numeric, 6) AS f FROM orders;
SELECT "t0"."customer" AS "customer", SUM("t0"."s") AS "x", MIN("t1"."m") AS "y" FROM (SELECT customer, SUM(total) AS "s" FROM orders GROUP BY 1) "t0"
INNER JOIN (SELECT customer, MAX(total) AS "m" FROM orders GROUP BY 1) "t1" ON (("t0"."customer" = "t1"."customer") OR (("t0"."customer" IS NULL) AND ("t1"."customer" IS NULL))) GROUP BY 1 ORDER BY 1;
SELECT "orders"."customer" AS "customer", SUM("orders"."total") AS "sum" FROM "public"."orders" "orders" INNER JOIN (SELECT customer, SUM(total) AS "$__alias__0" FROM orders GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT 1) "t0" ON ("orders"."customer" = "t0"."customer") GROUP BY 1;
SELECT (CASE WHEN ("customer" IN (1, 7)) THEN 'A' WHEN ("customer" >= 2) AND ("customer" <= 24) THEN 'B' ELSE NULL::TEXT END) AS "group", '1'::double precision AS "avg", SUM(1) AS "n" FROM orders WHERE (CASE WHEN ("customer" = 0) THEN FALSE ELSE TRUE END) GROUP BY 1 ORDER BY 1;
SELECT ("vip" = TRUE) AS a, (NOT COALESCE("vip", FALSE)) AS b, ("vip"::int) AS c, name IS NOT DISTINCT FROM 'Ann' AS d FROM customers ORDER BY id;
