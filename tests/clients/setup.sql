-- What the clients look at, in both servers.
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, vip boolean DEFAULT false);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer bigint NOT NULL REFERENCES customers (id),
    total numeric(12,2) DEFAULT 0 CHECK (total >= 0),
    placed timestamp,
    tags text[],
    note varchar(40) UNIQUE);
CREATE INDEX orders_placed ON orders (placed, customer);
CREATE VIEW large_orders AS SELECT id, total FROM orders WHERE total > 100;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE feelings (who text, feels mood);
CREATE SEQUENCE numbers;
CREATE TABLE every_type (
    b boolean, i2 smallint, i4 integer, i8 bigint, f4 real, f8 double precision, n numeric(20,6), t text, v varchar(10), y bytea,
    d date, ti time, ts timestamp, tz timestamptz, iv interval, u uuid, j json, ia integer[], ta text[]);
COMMENT ON TABLE orders IS 'what was ordered';
COMMENT ON COLUMN orders.total IS 'in euro';
INSERT INTO customers VALUES (1, 'Ann', true), (2, 'Bob', false), (3, 'Ünal', NULL);
INSERT INTO orders VALUES
    (1, 1, 120.50, '2026-01-02 03:04:05.678', '{a,"b c"}', 'first'),
    (2, 2, 10, NULL, NULL, NULL),
    (3, 1, 99999.99, '2024-02-29 00:00:00', '{}', 'line
feed');
INSERT INTO feelings VALUES ('Ann', 'happy'), ('Bob', 'sad');
INSERT INTO every_type VALUES
    (true, -32768, 2147483647, -9223372036854775808, 1.5, -0.1, 12345678901234.567891, 'grüße', 'short', '\x00ff10',
     '2024-02-29', '23:59:59.999999', '1999-12-31 23:59:59.5', '2024-03-31 01:30:00+00', '1 mon 2 days 03:04:05.000006', '00112233-4455-6677-8899-aabbccddeeff',
     '{"a": [1, 2]}', '{1,NULL,3}', '{x,"y z"}'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
