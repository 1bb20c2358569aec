-- Shapes of scans. A query begins with "-- name:"; where DuckDB's dialect differs, "-- duckdb:" and its own text follow. The files are those of the
-- benchmark's data folder; results are small, so that it is the scan which is measured.

-- name: count-star
SELECT count(*) FROM 'lineitem.parquet';

-- name: min-max
SELECT min(l_orderkey), max(l_orderkey), min(l_shipdate), max(l_shipdate), min(l_extendedprice), max(l_extendedprice) FROM 'lineitem.parquet';

-- name: decode-ints-plain
SELECT sum(l_orderkey), sum(l_partkey) FROM 'lineitem.parquet';

-- name: decode-ints-dictionary
SELECT sum(l_suppkey), sum(l_linenumber) FROM 'lineitem.parquet';

-- name: decode-decimals
SELECT sum(l_quantity), sum(l_extendedprice), sum(l_discount), sum(l_tax) FROM 'lineitem.parquet';

-- name: decode-dates
SELECT sum(l_shipdate - DATE '1992-01-01'), sum(l_receiptdate - DATE '1992-01-01') FROM 'lineitem.parquet';

-- name: decode-strings-short
SELECT sum(length(l_comment)) FROM 'lineitem.parquet';

-- name: decode-strings-long
SELECT sum(octet_length(URL)), sum(octet_length(Title)) FROM 'hits.parquet';
-- duckdb:
SELECT sum(strlen(URL)), sum(strlen(Title)) FROM 'hits.parquet';

-- name: decode-strings-dictionary
SELECT sum(length(l_shipinstruct)), sum(length(l_shipmode)) FROM 'lineitem.parquet';

-- name: string-min-max
SELECT min(l_comment), max(l_comment) FROM 'lineitem.parquet';

-- name: dictionary-filter
SELECT count(*) FROM 'lineitem.parquet' WHERE l_shipmode = 'AIR';

-- name: dictionary-filter-in
SELECT count(*) FROM 'hits.parquet' WHERE MobilePhoneModel IN ('iPad', 'iPhone', 'Lumia');

-- name: dictionary-group
SELECT l_returnflag, l_shipmode, count(*) FROM 'lineitem.parquet' GROUP BY l_returnflag, l_shipmode;

-- name: dictionary-group-strings
SELECT MobilePhoneModel, count(*) FROM 'hits.parquet' WHERE MobilePhoneModel <> '' GROUP BY MobilePhoneModel;

-- name: filter-1-percent
SELECT count(*), sum(l_orderkey), sum(l_extendedprice), max(l_shipdate), sum(length(l_comment)), max(l_shipinstruct)
FROM 'lineitem.parquet' WHERE l_suppkey <= 100;

-- name: filter-0.01-percent
SELECT l_orderkey, l_linenumber, l_extendedprice, l_shipdate, l_shipmode, l_comment FROM 'lineitem.parquet' WHERE l_partkey BETWEEN 77000 AND 77019;

-- name: filter-row-groups
SELECT count(*), sum(l_extendedprice), sum(length(l_comment)) FROM 'lineitem.parquet' WHERE l_orderkey BETWEEN 3000000 AND 3060000;

-- name: filter-no-match
SELECT UserID, EventTime, URL FROM 'hits.parquet' WHERE UserID = 435090932899640449;

-- name: filter-conjunction
SELECT sum(l_extendedprice * l_discount) FROM 'lineitem.parquet'
WHERE l_shipdate >= DATE '1994-01-01' AND l_shipdate < DATE '1995-01-01' AND l_discount BETWEEN 0.05 AND 0.07 AND l_quantity < 24;

-- name: like-url
SELECT count(*) FROM 'hits.parquet' WHERE URL LIKE '%google%';

-- name: like-title
SELECT count(*) FROM 'hits.parquet' WHERE Title LIKE '%Google%';

-- name: like-comment
SELECT count(*) FROM 'lineitem.parquet' WHERE l_comment LIKE '%theodolites%';

-- name: like-limit-all-columns
SELECT * FROM 'hits.parquet' WHERE URL LIKE '%google%' LIMIT 10;

-- name: like-top-all-columns
SELECT * FROM 'hits.parquet' WHERE URL LIKE '%google%' ORDER BY EventTime LIMIT 10;

-- name: top-one-column
SELECT SearchPhrase FROM 'hits.parquet' WHERE SearchPhrase <> '' ORDER BY EventTime, SearchPhrase LIMIT 10;

-- name: wide-two-columns
SELECT sum(ResolutionWidth), count(*) FROM 'hits.parquet' WHERE AdvEngineID <> 0;

-- name: wide-all-columns-limit
SELECT * FROM 'hits.parquet' LIMIT 10;
