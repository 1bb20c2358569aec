-- SQL as people write it into the editors of these tools: functions and constructs of charts, reports and dashboards.
\echo -- a line without gaps
SELECT day::date, count(o.id) AS n, coalesce(sum(o.total), 0) AS total FROM generate_series('2024-02-28'::timestamp, '2024-03-01'::timestamp, '1 day') AS day LEFT JOIN orders o ON o.placed >= day AND o.placed < day + interval '1 day' GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM generate_series(now() - interval '2 days', now(), '1 day') AS t;
SELECT d::date FROM generate_series('2024-01-01'::date, '2024-03-01'::date, '1 month'::interval) d;
SELECT pg_typeof(generate_series(date '2024-01-01', date '2024-01-01', interval '1 day'))::text AS type, generate_series(1, 5, 2) AS n;
SELECT n FROM generate_series(1.0, 2.0, 0.5) AS n;
\echo -- arrays as rows
SELECT id, tag FROM orders, unnest(tags) tag ORDER BY 1, 2;
SELECT o.id, t.tag, t.place FROM orders o CROSS JOIN LATERAL unnest(o.tags) WITH ORDINALITY AS t(tag, place) ORDER BY 1, 3;
SELECT word, count(*) FROM orders, regexp_split_to_table(note, '\s+') AS word GROUP BY word ORDER BY word;
SELECT id, item FROM every_type e JOIN orders o ON o.id = 1, json_array_elements_text(e.j -> 'a') AS item ORDER BY 2;
\echo -- periods
SELECT make_interval(days => 3, hours => 2) AS a, 'today'::date = current_date AS b, 'now'::timestamp IS NOT NULL AS c, 'yesterday'::date = current_date - 1 AS d, date_trunc('hour', time '10:11:12') AS e;
SELECT to_char(x, 'Mon DD, YYYY HH12:MI AM') AS a, to_char(x, 'IYYY-"W"IW') AS b, to_char(x, '"Q"Q YYYY') AS c, to_char(x, 'FMDay, DDth FMMonth') AS d, date_trunc('week', x) AS e, date_part('isodow', x) AS f, x AT TIME ZONE 'Asia/Kolkata' AS g
FROM (VALUES (timestamp '2024-02-29 13:14:15.678901'), ('1999-12-31 23:59:59.999999'), ('2026-11-01 01:30:00'), (NULL)) AS t(x);
SELECT age(timestamp '2024-03-31', timestamp '2024-02-29') AS a, date '2024-03-01' - date '2024-02-28' AS b, timestamp '2024-03-01' - timestamp '2024-02-28 12:00' AS c, justify_interval(interval '40 days 30 hours') AS d, (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', date '2024-03-01') AS e,
    timestamptz '2024-03-10 01:00-05' + interval '1 day' AS f, date '2024-01-31' + interval '1 month' AS g;
\echo -- numbers as text and back
SELECT to_char(1234567.891, 'FM999,999,999.00') AS a, to_char(-5, '999MI') AS b, to_char(0.1234, 'FM990.0%') AS c, to_char(12, '000') AS d, to_number('1,234.56', '9G999D99') AS e, round(12.345, 1) AS f, trunc(-12.345, 1) AS g, width_bucket(35, 0, 100, 4) AS h;
\echo -- pivots, totals, shares, ranks
SELECT customer, sum(total) FILTER (WHERE placed >= '2025-01-01') AS recent, sum(CASE WHEN placed < '2025-01-01' THEN total END) AS old FROM orders GROUP BY customer ORDER BY customer;
SELECT g, h, grouping(g, h) AS level, sum(v) FROM (VALUES ('a', 'x', 1), ('a', 'y', 2), ('b', 'x', 3)) AS t(g, h, v) GROUP BY ROLLUP (g, h) ORDER BY 1 NULLS LAST, 2 NULLS LAST;
SELECT v, sum(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two, rank() OVER w AS place, ntile(2) OVER w AS half, lag(v, 1, 0) OVER w AS before, first_value(v) OVER w AS first FROM (VALUES (3), (1), (2), (2)) AS t(v) WINDOW w AS (ORDER BY v) ORDER BY 1, 2;
SELECT DISTINCT ON (customer) customer, id, total FROM orders ORDER BY customer, total DESC;
WITH RECURSIVE steps(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM steps WHERE n < 5) SELECT array_agg(n ORDER BY n DESC) AS list, sum(n) FROM steps;
SELECT string_agg(DISTINCT note, ' / ' ORDER BY note) AS notes, array_agg(id ORDER BY total DESC) AS ids, percentile_cont(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY total) AS quartiles, bool_and(total > 0) AS positive FROM orders;
\echo -- documents
SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}, {"a": 2}]') AS t(a int, b text) ORDER BY a;
SELECT key, value FROM jsonb_each_text('{"a": 1, "b": "x"}') ORDER BY key;
SELECT j ->> 'a' AS a, j #>> '{a,1}' AS b, json_array_length(j -> 'a') AS c, (j::jsonb @> '{"a": [1]}') AS d, jsonb_path_query_first(j::jsonb, '$.a[1]')::text AS e FROM every_type WHERE j IS NOT NULL;
\echo -- texts
SELECT initcap('hello world') AS a, split_part('a,b,c', ',', -1) AS b, regexp_replace('2024-02-29', '(\d+)-(\d+)-(\d+)', '\3.\2.\1') AS c, format('%s of %I: %L', 1, 'My Table', 'it''s') AS d, concat_ws('-', 'a', NULL, 'b') AS e, 'abc' SIMILAR TO '%(b|d)%' AS f, translate('12345', '143', 'ax') AS g,
    overlay('Txxxxas' PLACING 'hom' FROM 2 FOR 4) AS h, regexp_match('foobarbequebaz', 'ba(r|z)') AS i, left('abc', -1) AS j, quote_ident('a b') AS k, md5('x') AS l, to_hex(255) AS m, encode('abc'::bytea, 'base64') AS n;
