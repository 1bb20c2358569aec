-- TPC-H's lineitem as DuckDB's SQL writes it: the columns, types and value distributions of the specification (TPC-H 3.0.1, 4.2.3) at scale factor 1,
-- with hashes in the place of its random streams, so that every machine gets the same six million rows. @OUT@ is the file.
COPY (
    WITH orders AS (
        SELECT i, (i // 8 * 32 + i % 8 + 1)::BIGINT AS orderkey, DATE '1992-01-01' + (hash(i * 32 + 1) % 2406)::INTEGER AS orderdate
        FROM range(1500000) AS t(i)
    ),
    lines AS (
        SELECT i, orderkey, orderdate, unnest(range(1, 2 + (hash(i * 32 + 2) % 7)::BIGINT)) AS line FROM orders
    ),
    keyed AS (
        SELECT i * 8 + line AS r, *, 1 + (hash((i * 8 + line) * 32 + 3) % 200000)::BIGINT AS partkey, 1 + (hash((i * 8 + line) * 32 + 4) % 50)::BIGINT AS quantity,
            orderdate + 1 + (hash((i * 8 + line) * 32 + 5) % 121)::INTEGER AS shipdate
        FROM lines
    ),
    shipped AS (
        SELECT *, shipdate + 1 + (hash(r * 32 + 6) % 30)::INTEGER AS receiptdate,
            ['furiously', 'quickly', 'carefully', 'blithely', 'slyly', 'fluffily', 'express', 'final', 'special', 'regular', 'pending', 'ironic', 'even',
             'bold', 'silent', 'daring', 'unusual', 'brave', 'quiet', 'ruthless', 'packages', 'deposits', 'requests', 'accounts', 'foxes', 'ideas',
             'theodolites', 'pinto beans', 'instructions', 'dependencies', 'excuses', 'platelets', 'asymptotes', 'courts', 'dolphins', 'multipliers',
             'sauternes', 'warthogs', 'sleep', 'haggle', 'nag', 'wake', 'use', 'cajole', 'detect', 'integrate', 'boost', 'doze', 'engage', 'affix',
             'about', 'above', 'according to', 'across', 'after', 'against', 'along', 'among', 'around', 'the', 'at', 'into', 'beneath', 'beside'] AS words
        FROM keyed
    )
    SELECT orderkey AS l_orderkey,
        partkey AS l_partkey,
        (partkey + (hash(r * 32 + 7) % 4)::BIGINT * (2500 + (partkey - 1) // 10000)) % 10000 + 1 AS l_suppkey,
        line AS l_linenumber,
        quantity::DECIMAL(15, 2) AS l_quantity,
        (quantity * (90000 + partkey // 10 % 20001 + 100 * (partkey % 1000)) / 100)::DECIMAL(15, 2) AS l_extendedprice,
        ((hash(r * 32 + 8) % 11)::BIGINT / 100)::DECIMAL(15, 2) AS l_discount,
        ((hash(r * 32 + 9) % 9)::BIGINT / 100)::DECIMAL(15, 2) AS l_tax,
        CASE WHEN receiptdate > DATE '1995-06-17' THEN 'N' WHEN hash(r * 32 + 10) % 2 = 0 THEN 'R' ELSE 'A' END AS l_returnflag,
        CASE WHEN shipdate > DATE '1995-06-17' THEN 'O' ELSE 'F' END AS l_linestatus,
        shipdate AS l_shipdate,
        orderdate + 30 + (hash(r * 32 + 11) % 61)::INTEGER AS l_commitdate,
        receiptdate AS l_receiptdate,
        ['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN'][1 + (hash(r * 32 + 12) % 4)::INTEGER] AS l_shipinstruct,
        ['REG AIR', 'AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB'][1 + (hash(r * 32 + 13) % 7)::INTEGER] AS l_shipmode,
        -- Ten to 43 characters out of a sentence, beginning and ending within words as the specification's comments do.
        substring(concat_ws(' ', words[1 + (hash(r * 32 + 14) % 64)::INTEGER], words[1 + (hash(r * 32 + 15) % 64)::INTEGER], words[1 + (hash(r * 32 + 16) % 64)::INTEGER],
            words[1 + (hash(r * 32 + 17) % 64)::INTEGER], words[1 + (hash(r * 32 + 18) % 64)::INTEGER], words[1 + (hash(r * 32 + 19) % 64)::INTEGER],
            words[1 + (hash(r * 32 + 20) % 64)::INTEGER], words[1 + (hash(r * 32 + 21) % 64)::INTEGER], words[1 + (hash(r * 32 + 22) % 64)::INTEGER]),
            1 + (hash(r * 32 + 23) % 7)::INTEGER, 10 + (hash(r * 32 + 24) % 34)::INTEGER) AS l_comment
    FROM shipped
) TO '@OUT@' (FORMAT parquet, COMPRESSION snappy)
