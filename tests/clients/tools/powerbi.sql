-- What Power BI asks for (Npgsql 4: its loading of types; the navigator), and the SQL of DirectQuery: own wording, same relations, functions and casts.
\echo -- types, as Npgsql 4 loads them: inner joined with the functions that receive them
SELECT n.nspname, t.typname, CASE WHEN f.proname = 'array_recv' THEN 'a' ELSE t.typtype END AS kind, CASE WHEN f.proname = 'array_recv' THEN t.typelem WHEN t.typtype = 'r' THEN r.rngsubtype ELSE 0 END > 0 AS element,
    CASE WHEN f.proname IN ('array_recv', 'oidvectorrecv') THEN 3 WHEN t.typtype = 'r' THEN 2 WHEN t.typtype = 'd' THEN 1 ELSE 0 END AS turn
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_proc f ON f.oid = t.typreceive LEFT OUTER JOIN pg_class c ON c.oid = t.typrelid LEFT OUTER JOIN pg_type e ON e.oid = t.typelem
LEFT OUTER JOIN pg_class ec ON ec.oid = e.typrelid LEFT OUTER JOIN pg_range r ON r.rngtypid = t.oid
WHERE (t.typtype IN ('b', 'r', 'e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c') OR (f.proname = 'array_recv' AND (e.typtype IN ('b', 'r', 'e', 'd') OR (e.typtype = 'c' AND ec.relkind = 'c'))) OR (t.typtype = 'p' AND t.typname IN ('record', 'void')))
    AND t.typname IN ('bool', 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'text', 'varchar', 'bpchar', 'bytea', 'date', 'time', 'timestamp', 'timestamptz', 'interval', 'uuid', 'json', 'jsonb', 'oid', 'name', 'char', '_int4', '_text', 'mood', '_mood', 'void')
ORDER BY turn, t.typname;
SELECT t.typname, a.attname FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid JOIN pg_attribute a ON a.attrelid = t.typrelid WHERE (t.typtype = 'c' AND c.relkind = 'c') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, a.attnum;
SELECT t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid ORDER BY t.oid, e.enumsortorder;
\echo -- navigator
select CHARACTER_SET_NAME from INFORMATION_SCHEMA.CHARACTER_SETS;
select TABLE_NAME, TABLE_TYPE from INFORMATION_SCHEMA.TABLES where TABLE_SCHEMA not in ('information_schema', 'pg_catalog') order by TABLE_SCHEMA, TABLE_NAME;
select COLUMN_NAME, ORDINAL_POSITION, IS_NULLABLE, case when (DATA_TYPE like '%unsigned%') then DATA_TYPE || ' unsigned' else DATA_TYPE end as DATA_TYPE from INFORMATION_SCHEMA.COLUMNS where TABLE_SCHEMA = 'public' and TABLE_NAME = 'every_type'
order by TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION;
select own.CONSTRAINT_SCHEMA || '_' || own.CONSTRAINT_NAME as NAME, used.COLUMN_NAME, case when own.CONSTRAINT_TYPE = 'PRIMARY KEY' then 'Y' else 'N' end as PRIMARY_KEY from INFORMATION_SCHEMA.TABLE_CONSTRAINTS own
inner join INFORMATION_SCHEMA.KEY_COLUMN_USAGE used on used.CONSTRAINT_SCHEMA = own.CONSTRAINT_SCHEMA and used.CONSTRAINT_NAME = own.CONSTRAINT_NAME and used.TABLE_NAME = own.TABLE_NAME
where own.TABLE_NAME = 'orders' and own.CONSTRAINT_TYPE in ('PRIMARY KEY', 'UNIQUE') order by own.CONSTRAINT_SCHEMA || '_' || own.CONSTRAINT_NAME, used.ORDINAL_POSITION;
select pk.TABLE_NAME as PK_TABLE, pk.COLUMN_NAME as PK_COLUMN, fk.COLUMN_NAME as FK_COLUMN, con.CONSTRAINT_SCHEMA || '_' || pk.TABLE_NAME || '_' || con.CONSTRAINT_NAME as FK_NAME
from (select distinct CONSTRAINT_SCHEMA, UNIQUE_CONSTRAINT_SCHEMA, CONSTRAINT_NAME, UNIQUE_CONSTRAINT_NAME from INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS) con
inner join INFORMATION_SCHEMA.KEY_COLUMN_USAGE fk on fk.CONSTRAINT_SCHEMA = con.CONSTRAINT_SCHEMA and fk.CONSTRAINT_NAME = con.CONSTRAINT_NAME
inner join INFORMATION_SCHEMA.KEY_COLUMN_USAGE pk on pk.CONSTRAINT_SCHEMA = con.UNIQUE_CONSTRAINT_SCHEMA and pk.CONSTRAINT_NAME = con.UNIQUE_CONSTRAINT_NAME
where fk.TABLE_NAME = 'orders' and pk.ORDINAL_POSITION = fk.ORDINAL_POSITION order by FK_NAME, fk.ORDINAL_POSITION;
DISCARD ALL;
\echo -- DirectQuery
select "$Table"."id" as "id", "$Table"."note" as "note" from "public"."orders" "$Table" order by 1 limit 200;
select sum("rows"."total") as "a0", count("rows"."total") as "a1", count(distinct("rows"."customer")) + max(case when "rows"."customer" is null then 1 else 0 end) as "a2" from (select "total", "customer" from "public"."orders" "$Table") "rows";
select "_"."customer", "_"."a0" from (select "rows"."customer" as "customer", sum("rows"."total") as "a0" from "public"."orders" "rows" group by "customer") "_" where not "_"."a0" is null order by 1 limit 1000001;
select "_"."customer" as "c2", "_"."a0" as "a0" from (select "_"."customer", "_"."a0" from (select "rows"."customer" as "customer", sum("rows"."total") as "a0" from (select "customer", "total" from "public"."orders" "$Table") "rows" group by "customer") "_" where not "_"."a0" is null) "_"
order by "_"."a0" desc, "_"."customer" limit 1001 offset 0;
select "_"."placed" as "c2" from (select "placed", "_"."t0_0" as "t0_0", "_"."t1_0" as "t1_0" from (select "_"."placed" as "placed", case when "_"."o0" is not null then "_"."o0" else timestamp '1899-12-28 00:00:00' end as "t0_0", case when "_"."o0" is null then 0 else 1 end as "t1_0"
from (select "rows"."placed" as "placed", "rows"."o0" as "o0" from (select "placed" as "placed", "placed" as "o0" from "public"."orders" "$Table") "rows" group by "placed", "o0") "_") "_") "_" order by "_"."t0_0", "_"."t1_0" limit 501;
select "_"."id" as "id", replace("_"."note", 'first', '1st') as "t0_0", upper("_"."note") as "t1_0", strpos("_"."note", 'r') - 1 as "t2_0", 1 as "c0" from (select * from orders) "_" where ("_"."note" <> 'x' or "_"."note" is null) order by 1 limit 1000;
select cast("_"."total" as decimal) + 1 as "t0_0", cast("_"."id" as double precision) / 3 > 0 as "t1_0", cast("_"."total" as bigint) as "t2_0", "_"."id"::varchar(10) as "t3_0" from orders "_" order by "_"."id";
select date_part('year', "_"."placed") as "t0_0", date_trunc('day', "_"."placed") as "t1_0", "_"."placed" + interval '1 day' * 3 as "t2_0", make_date(extract(year from "_"."placed")::int, 1, 1) as "t3_0" from orders "_"
where "_"."placed" >= timestamp '2024-01-01 00:00:00' and "_"."placed" < timestamp '2027-01-01 00:00:00' order by 1;
select "$Outer"."name" as "c1", sum("$Inner"."total") as "a0" from (select "id", "name" from "public"."customers" "$Table") "$Outer" left outer join (select "customer" as "c", "total" from "public"."orders" "$Table") "$Inner"
on ("$Outer"."id" = "$Inner"."c" or "$Outer"."id" is null and "$Inner"."c" is null) group by "$Outer"."name" order by 1 limit 1000001;
select count(1) as "a0" from orders "rows" where "rows"."note" in ('first', 'second') and "rows"."total" between 1.0E0 and 1.0E6 or lower("rows"."note") like '%x~_%' escape '~';
