// Object mappers and readers of schemas: what Sequelize, TypeORM, knex, knex-schema-inspector, pg-structure and drizzle-kit make of the tables.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import knex from 'knex';
import inspector from 'knex-schema-inspector';
import pgStructure from 'pg-structure';
import { DataTypes, Op, QueryTypes, Sequelize, fn, col } from 'sequelize';
import typeorm from 'typeorm';

const { PGHOST: host, PGPORT: port, PGUSER: username, PGDATABASE: database } = process.env;
const show = (...values) => console.log(...values.map(value => typeof value === 'string' ? value : JSON.stringify(value)));
const byName = (a, b) => a.name < b.name ? -1 : 1;
const attempt = async (name, work) => {
    show(`== ${name}`);
    try {
        await work();
    } catch (error) {
        show(`error ${error.message}`);
    }
};

await attempt('Sequelize', async () => {
    const sequelize = new Sequelize(database, username, '', { host, port, dialect: 'postgres', logging: false });
    await sequelize.authenticate();
    const schema = sequelize.getQueryInterface();
    show((await schema.showAllTables()).sort());
    for (const table of ['orders', 'feelings']) {
        show(Object.entries(await schema.describeTable(table)).sort());
    }
    show((await schema.showIndex('orders')).map(index => [index.name, index.primary, index.unique, index.fields.map(field => field.attribute)]));
    show(await schema.getForeignKeyReferencesForTable('orders'));
    const options = { timestamps: false };
    const Customer = sequelize.define('customer', { id: { type: DataTypes.BIGINT, primaryKey: true }, name: DataTypes.TEXT }, { ...options, tableName: 'customers' });
    const Order = sequelize.define('order', {
        id: { type: DataTypes.BIGINT, primaryKey: true }, total: DataTypes.DECIMAL(12, 2), placed: DataTypes.DATE, tags: DataTypes.ARRAY(DataTypes.TEXT), note: DataTypes.STRING(40),
    }, { ...options, tableName: 'orders' });
    Order.belongsTo(Customer, { foreignKey: 'customer', as: 'buyer' });
    show(await Order.findAll({ include: 'buyer', where: { [Op.or]: [{ total: { [Op.gt]: 100 } }, { tags: { [Op.contains]: ['a'] } }, { note: { [Op.iLike]: 'F%' } }] }, order: [['id', 'DESC']], limit: 2, offset: 0 }));
    show(await Order.findAndCountAll({ attributes: ['id'], where: { placed: { [Op.between]: [new Date(0), new Date(Date.UTC(2027, 0))] } }, order: ['id'] }));
    show(await Order.findAll({ attributes: ['customer', [fn('sum', col('total')), 'total'], [fn('date_trunc', 'year', fn('max', col('placed'))), 'year']], group: ['customer'], order: ['customer'], raw: true }));
    show(await sequelize.query('SELECT $1::int + 1 AS next', { bind: [1], type: QueryTypes.SELECT }), await sequelize.databaseVersion().then(version => version.split('.')[0]));
    await sequelize.close();
});

await attempt('TypeORM', async () => {
    const { DataSource, EntitySchema } = typeorm;
    const Customer = new EntitySchema({ name: 'customers', columns: { id: { type: 'bigint', primary: true }, name: { type: 'text' }, vip: { type: 'boolean', nullable: true, default: false } } });
    const Order = new EntitySchema({
        name: 'orders',
        columns: {
            id: { type: 'bigint', primary: true }, total: { type: 'numeric', precision: 12, scale: 2, default: 0, nullable: true }, placed: { type: 'timestamp', nullable: true },
            tags: { type: 'text', array: true, nullable: true }, note: { type: 'varchar', length: 40, unique: true, nullable: true }, customer: { type: 'bigint' },
        },
    });
    const Feeling = new EntitySchema({ name: 'feelings', columns: { who: { type: 'text', primary: true, nullable: true }, feels: { type: 'enum', enumName: 'mood', enum: ['sad', 'ok', 'happy'], nullable: true } } });
    const source = new DataSource({ type: 'postgres', host, port, username, database, entities: [Customer, Order, Feeling] });
    await source.initialize();
    const changes = await source.driver.createSchemaBuilder().log();
    changes.upQueries.map(change => change.query).sort().forEach(query => show(query.replace(/"[A-Z]+_[0-9a-f]{20,}"/g, '"ID"')));
    const orders = source.getRepository('orders');
    show(await orders.find({ where: { customer: '1' }, order: { id: 'ASC' }, take: 10 }), await orders.findAndCount({ where: { note: typeorm.ILike('f%') } }));
    show(await orders.createQueryBuilder('o').innerJoin('customers', 'c', 'c.id = o.customer').select('c.name', 'name').addSelect('SUM(o.total)', 'total').groupBy('c.name').orderBy('1').getRawMany());
    const runner = source.createQueryRunner();
    const table = await runner.getTable('orders');
    table.columns.sort(byName).forEach(column => show([column.name, column.type, column.length, column.precision, column.scale, column.isNullable, column.isArray, column.isPrimary, column.isUnique, column.comment]));
    show(table.indices.map(index => [index.name, index.columnNames.sort(), index.isUnique]), table.foreignKeys.map(key => [key.name, key.columnNames, key.referencedTableName, key.onDelete]), table.uniques.map(unique => unique.name));
    show(await runner.hasTable('orders'), await runner.hasColumn('orders', 'nothing'), await runner.getCurrentDatabase(), await runner.getCurrentSchema());
    await source.destroy();
});

await attempt('knex', async () => {
    const db = knex({ client: 'pg', connection: { host, port, user: username, database } });
    show(await db('orders').join('customers', 'customers.id', 'orders.customer').select('name').sum('total as total').groupBy('name').orderBy('name'), await db.schema.hasTable('orders'), Object.entries(await db('orders').columnInfo()).sort());
    const reader = (inspector.default ?? inspector)(db);
    show(await reader.tables(), await reader.tableInfo('orders'), await reader.primary('orders'));
    for (const column of (await reader.columnInfo('orders')).sort(byName)) {
        show(column);
    }
    show(await reader.foreignKeys('orders'), await reader.hasColumn('orders', 'total'));
    await db.destroy();
});

await attempt('pg-structure', async () => {
    const structure = await (pgStructure.default ?? pgStructure)({ host, port, user: username, database }, { includeSchemas: ['public'], name: 'compared' });
    for (const table of structure.tables) {
        show(table.name, table.comment ?? '', table.columns.map(column => [column.name, column.type.name, column.length, column.precision, column.scale, column.notNull, column.arrayDimension, column.comment]));
        show(table.indexes.map(index => [index.name, index.isUnique, index.isPrimaryKey, index.columns.map(column => column.name)]), table.foreignKeys.map(key => [key.name, key.referencedTable.name, key.onDelete]));
        show(table.o2mRelations.map(relation => relation.name), table.m2oRelations.map(relation => relation.name));
    }
    const schema = structure.schemas.get('public');
    show(schema.views.map(view => view.name), schema.types.map(type => [type.name, type.values]).sort(), schema.sequences.map(sequence => [sequence.name, sequence.start, sequence.increment]));
});

await attempt('drizzle-kit', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-'));
    const config = path.join(folder, 'drizzle.config.json');
    fs.writeFileSync(config, JSON.stringify({ dialect: 'postgresql', out: `${folder}/out`, dbCredentials: { url: `postgres://${username}@${host}:${port}/${database}` } }));
    const here = path.dirname(fileURLToPath(import.meta.url));
    execFileSync(path.join(here, 'node_modules/.bin/drizzle-kit'), ['introspect', `--config=${config}`], { cwd: here, stdio: 'pipe' });
    fs.readFileSync(`${folder}/out/schema.ts`, 'utf8').split(/\n(?=export)/).slice(1).sort().forEach(part => show(part.trim()));
    show(fs.readFileSync(`${folder}/out/relations.ts`, 'utf8'));
    fs.rmSync(folder, { recursive: true });
});
process.exit();
