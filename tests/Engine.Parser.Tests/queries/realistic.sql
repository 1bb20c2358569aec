WITH daily AS (
    SELECT date_trunc('day', o.ordered_at) AS day,
           o.customer_id,
           c.country,
           count(*) AS orders,
           sum(o.amount * (1 - o.discount)) AS revenue,
           sum(CASE WHEN o.status = 'returned' THEN o.amount ELSE 0 END) AS returned,
           approx_distinct(o.product_id) AS products
    FROM orders o
    JOIN customers c ON c.id = o.customer_id AND c.deleted_at IS NULL
    LEFT JOIN regions r USING (region_id)
    WHERE o.ordered_at >= DATE '2024-01-01'
      AND o.ordered_at < DATE '2024-01-01' + INTERVAL '1' YEAR
      AND o.status IN ('paid', 'shipped', 'returned')
      AND c.email NOT LIKE '%@test.example'
      AND (r.name ILIKE 'north%' OR r.name IS NULL)
      AND o.amount BETWEEN 0.01 AND 1000000.00
      AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.customer_id = o.customer_id)
    GROUP BY 1, 2, 3
    HAVING count(*) > 0
),
ranked AS (
    SELECT d.*,
           row_number() OVER (PARTITION BY d.country ORDER BY d.revenue DESC NULLS LAST) AS position_in_country,
           sum(d.revenue) OVER (PARTITION BY d.country ORDER BY d.day
               ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS revenue_7d,
           lag(d.revenue, 1, 0) OVER w AS previous,
           first_value(d.revenue) IGNORE NULLS OVER w AS first_revenue
    FROM daily d
    WINDOW w AS (PARTITION BY d.customer_id ORDER BY d.day)
),
events AS (
    SELECT e.user_id,
           e.properties ->> 'page' AS page,
           e.properties #>> '{utm,source}' AS source,
           regexp_extract(e.url, '^https?://([^/]+)', 1) AS host,
           e.created_at AT TIME ZONE 'UTC' AS created_utc,
           transform(e.tags, t -> lower(trim(t))) AS tags,
           element_at(split(e.path, '/'), 2) AS section
    FROM events e
    CROSS JOIN UNNEST(e.tags) WITH ORDINALITY AS u(tag, position)
    WHERE e.created_at >= TIMESTAMP '2024-01-01 00:00:00'
      AND coalesce(e.user_id, -1) <> -1
      AND u.tag = ANY (ARRAY['a', 'b', 'c'])
      AND extract(hour FROM e.created_at) BETWEEN 8 AND 18
),
page_counts AS (
    SELECT source, section, host, count(*) AS views,
           count(DISTINCT user_id) AS users,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY length(page)) AS median_length,
           array_agg(DISTINCT page ORDER BY page) FILTER (WHERE page IS NOT NULL) AS pages
    FROM events
    GROUP BY GROUPING SETS ((source, section), (host), ())
)
SELECT r.day,
       r.country,
       r.customer_id,
       r.orders,
       round(r.revenue, 2) AS revenue,
       round(100.0 * r.revenue / nullif(sum(r.revenue) OVER (PARTITION BY r.country), 0), 3) AS share,
       r.revenue - r.previous AS delta,
       CASE
           WHEN r.revenue > 10000 THEN 'large'
           WHEN r.revenue > 1000 THEN 'medium'
           ELSE 'small'
       END AS size_class,
       p.views,
       p.users,
       p.pages[1:3] AS top_pages,
       CAST(p.median_length AS decimal(12, 2)) AS median_length,
       r.day::date - r.first_day::date AS age_in_days,
       'https://' || p.host || '/' || p.section AS link,
       greatest(r.revenue_7d, 0) AS revenue_7d
FROM ranked r
LEFT JOIN (
    SELECT q.section, q.host, q.views, q.users, q.pages, q.median_length, q.source
    FROM page_counts q
    WHERE q.views > 10
      AND (q.host LIKE '%.com' OR q.host LIKE '%.org')
) p ON p.source = r.country AND p.section IS NOT DISTINCT FROM r.country
WHERE r.position_in_country <= 10
  AND (r.orders > 3 OR r.revenue > 500.5)
  AND r.country NOT IN (SELECT code FROM excluded_countries)
UNION ALL
SELECT NULL, country, NULL, count(*), sum(amount), 100.0, 0, 'total', 0, 0, ARRAY[]::text[], 0, 0, '', 0
FROM orders
JOIN customers ON customers.id = orders.customer_id
WHERE orders.ordered_at >= DATE '2024-01-01'
GROUP BY country
ORDER BY country, revenue DESC NULLS LAST, day
LIMIT 1000 OFFSET 20;
