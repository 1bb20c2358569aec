"""SQLAlchemy: reflection of all there is, and queries through its expression language. Superset and pandas stand on it."""
import datetime

import sqlalchemy as sa

engine = sa.create_engine("postgresql+psycopg2://")
print(sa.__version__.split(".")[0], engine.dialect.name)
inspector = sa.inspect(engine)
print(engine.dialect.server_version_info[0], inspector.default_schema_name)
print(sorted(name for name in inspector.get_schema_names()))
print(sorted(inspector.get_table_names()), inspector.get_view_names(), inspector.get_sequence_names())
for table in ["customers", "orders", "feelings", "every_type", "large_orders"]:
    print(table)
    for column in inspector.get_columns(table):
        print("   ", {key: repr(value) if key == "type" else value for key, value in column.items()})
    print("   ", inspector.get_pk_constraint(table), inspector.get_table_comment(table))
    for what in (inspector.get_foreign_keys, inspector.get_indexes, inspector.get_unique_constraints, inspector.get_check_constraints):
        print("   ", sorted(what(table), key=lambda item: item["name"]))
print(inspector.get_enums())
print(inspector.get_view_definition("large_orders") is not None, inspector.has_table("orders"), inspector.has_table("nothing"))

metadata = sa.MetaData()
metadata.reflect(engine)
print(sorted(metadata.tables))
orders, customers = metadata.tables["orders"], metadata.tables["customers"]
with engine.connect() as connection:
    query = (
        sa.select(customers.c.name, sa.func.count(), sa.func.sum(orders.c.total), sa.func.max(orders.c.placed))
        .select_from(customers.outerjoin(orders, orders.c.customer == customers.c.id)).group_by(customers.c.name).order_by(customers.c.name))
    print(connection.execute(query).fetchall())
    month = sa.func.date_trunc("month", orders.c.placed).label("month")
    print(connection.execute(sa.select(month, sa.func.count()).where(orders.c.placed > datetime.datetime(2020, 1, 1)).group_by(month).order_by(month)).fetchall())
    print(connection.execute(sa.select(orders.c.tags[1], sa.cast(orders.c.total, sa.Integer), sa.extract("year", orders.c.placed)).order_by(orders.c.id)).fetchall())
    print(connection.execute(sa.select(sa.func.row_number().over(order_by=orders.c.total.desc()), orders.c.id).order_by(orders.c.id).limit(2).offset(1)).fetchall())
    print(connection.execute(sa.select(orders.c.id).where(orders.c.id.in_([1, 2]), orders.c.note.ilike("FIR%"))).fetchall())

own = sa.Table("own", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True, autoincrement=False), sa.Column("name", sa.String(20), nullable=False), sa.Column("at", sa.DateTime))
own.create(engine)
with engine.begin() as connection:
    connection.execute(own.insert(), [{"id": i, "name": f"n{i}", "at": datetime.datetime(2024, 1, i + 1)} for i in range(5)])
    print(connection.execute(own.update().where(own.c.id == 3).values(name="three")).rowcount)
    print(connection.execute(sa.select(own).order_by(own.c.id)).fetchall())
try:
    with engine.begin() as connection:
        connection.execute(own.insert().values(id=1, name="twice"))
except sa.exc.IntegrityError as error:
    print(type(error.orig).__name__, error.orig.pgcode)
own.drop(engine)
