import java.sql.*;
import java.util.*;

/** pgjdbc: what tools ask by DatabaseMetaData, prepared statements past the threshold where they become binary, cursors, batches, errors. */
public class Jdbc {
    static final List<String> unstable = List.of("REMARKS_OID");

    public static void main(String[] args) throws Exception {
        String url = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE") + "?user=" + System.getenv("PGUSER");
        try (Connection connection = DriverManager.getConnection(url)) {
            metadata(connection.getMetaData());
            types(connection);
            prepared(connection);
            cursors(connection);
            batches(connection);
            errors(connection);
        }
    }

    static void metadata(DatabaseMetaData data) throws Exception {
        System.out.println("== product " + data.getDatabaseProductName() + " " + data.getDatabaseMajorVersion() + " " + data.getUserName() + " " + data.getMaxColumnNameLength());
        print("catalogs", data.getCatalogs(), 1);
        print("schemas", data.getSchemas(), 1);
        print("table types", data.getTableTypes(), 1);
        print("tables", data.getTables(null, "public", "%", new String[] {"TABLE", "VIEW"}), 5);
        print("all kinds", data.getTables(null, "public", "%", null), 5);
        print("columns", data.getColumns(null, "public", "%", "%"), 0);
        print("primary keys", data.getPrimaryKeys(null, "public", "orders"), 0);
        print("imported keys", data.getImportedKeys(null, "public", "orders"), 0);
        print("exported keys", data.getExportedKeys(null, "public", "customers"), 0);
        print("cross reference", data.getCrossReference(null, "public", "customers", null, "public", "orders"), 0);
        print("indexes", data.getIndexInfo(null, "public", "orders", false, true), 9);
        print("unique indexes", data.getIndexInfo(null, "public", "orders", true, true), 9);
        print("best row", data.getBestRowIdentifier(null, "public", "orders", DatabaseMetaData.bestRowSession, true), 0);
        print("version columns", data.getVersionColumns(null, "public", "orders"), 0);
        print("functions", data.getFunctions(null, "pg_catalog", "lower"), 3);
        print("procedures", data.getProcedures(null, "public", "%"), 0);
        print("privileges of columns", data.getColumnPrivileges(null, "public", "nothing", "%"), 0);
        print("user types", data.getUDTs(null, "public", "%", null), 0);
        print("super tables", data.getClientInfoProperties(), 0);
        Set<String> names = new TreeSet<>();
        try (ResultSet types = data.getTypeInfo()) {
            while (types.next()) {
                names.add(types.getString(1) + "/" + types.getInt(2));
            }
        }
        for (String type : new String[] {"bool/-7", "int2/5", "int4/4", "int8/-5", "float4/7", "float8/8", "numeric/2", "text/12", "varchar/12", "bytea/-2", "date/91", "timestamp/93", "timestamptz/93", "uuid/1111", "json/1111", "_int4/2003", "_text/2003", "mood/12"}) {
            System.out.println("type " + type + " " + names.contains(type));
        }
        System.out.println("keywords " + (data.getSQLKeywords() != null));
    }

    static void types(Connection connection) throws Exception {
        // The first runs get text, those behind the threshold binary values.
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM every_type WHERE b = ?")) {
            for (int i = 0; i < 8; i++) {
                statement.setBoolean(1, true);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    StringBuilder line = new StringBuilder();
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        Object value = rows.getObject(column);
                        line.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value instanceof java.sql.Array array ? Arrays.toString((Object[]) array.getArray()) : value).append(" | ");
                    }
                    line.append(rows.getObject("d", java.time.LocalDate.class)).append(' ').append(rows.getObject("ts", java.time.LocalDateTime.class))
                        .append(' ').append(rows.getObject("tz", java.time.OffsetDateTime.class)).append(' ').append(rows.getBigDecimal("n"));
                    System.out.println(line);
                }
            }
        }
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("SELECT * FROM every_type")) {
            ResultSetMetaData meta = rows.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                System.out.println(meta.getColumnName(i) + " " + meta.getColumnTypeName(i) + " " + meta.getColumnType(i) + " " + meta.getColumnClassName(i) + " " + meta.isSigned(i)
                    + " " + meta.getTableName(i) + " " + meta.isNullable(i) + " " + meta.isAutoIncrement(i) + " " + meta.getScale(i));
            }
        }
    }

    static void prepared(Connection connection) throws Exception {
        System.out.println("== prepared");
        String sql = "SELECT ? + 1, ? || 'x', ?::numeric(10,2) * 2, ?::date, ?::timestamp, ?::uuid, ? = ANY (?), ?::float8, ? IS NULL";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < 7; i++) {
                statement.setInt(1, i);
                statement.setString(2, "ü" + i);
                statement.setBigDecimal(3, new java.math.BigDecimal("1.25"));
                statement.setObject(4, java.time.LocalDate.of(2024, 2, 29));
                statement.setTimestamp(5, Timestamp.valueOf("2024-02-29 12:34:56.789"));
                statement.setObject(6, UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
                statement.setInt(7, 2);
                statement.setArray(8, connection.createArrayOf("int4", new Integer[] {1, 2, 3}));
                statement.setDouble(9, 0.1);
                statement.setNull(10, Types.INTEGER);
                print("row " + i, statement.executeQuery(), 0);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT total FROM orders WHERE id = ? AND placed > ?")) {
            ParameterMetaData parameters = statement.getParameterMetaData();
            System.out.println(parameters.getParameterTypeName(1) + " " + parameters.getParameterTypeName(2) + " " + statement.getMetaData().getColumnTypeName(1));
        }
    }

    static void cursors(Connection connection) throws Exception {
        System.out.println("== cursors");
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(100);
            long sum = 0;
            int count = 0;
            try (ResultSet rows = statement.executeQuery("SELECT x, 'row ' || x FROM generate_series(1, 1234) AS g(x)")) {
                while (rows.next()) {
                    sum += rows.getInt(1);
                    count++;
                }
            }
            System.out.println(count + " " + sum);
        }
        connection.rollback();
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(3);
            print("first three", statement.executeQuery("SELECT x FROM generate_series(1, 10) AS g(x)"), 0);
        }
    }

    static void batches(Connection connection) throws Exception {
        System.out.println("== batches");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE batch (id int, name text)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO batch VALUES (?, ?)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "name " + i);
                    insert.addBatch();
                }
                System.out.println(Arrays.toString(insert.executeBatch()));
            }
            statement.addBatch("UPDATE batch SET name = 'x' WHERE id < 5");
            statement.addBatch("DELETE FROM batch WHERE id >= 10");
            System.out.println(Arrays.toString(statement.executeBatch()));
            print("left", statement.executeQuery("SELECT count(*), min(name), max(name) FROM batch"), 0);
            statement.execute("DROP TABLE batch");
        }
    }

    static void errors(Connection connection) throws Exception {
        System.out.println("== errors");
        for (String sql : new String[] {"SELECT missing FROM orders", "SELECT * FROM nothing", "SELECT 1 / 0", "SELECT 'x'::int", "SELEC", "INSERT INTO orders (id) VALUES (1)", "SELECT 1 GROUP BY 2"}) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                System.out.println(sql + ": no error");
            } catch (SQLException error) {
                System.out.println(sql + ": " + error.getSQLState());
            }
        }
        System.out.println("valid " + connection.isValid(5));
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            statement.execute("SELECT pg_sleep(30)");
        } catch (SQLException error) {
            System.out.println("timeout: " + error.getSQLState());
        }
        connection.setSchema("public");
        System.out.println(connection.getSchema() + " " + connection.getCatalog() + " " + connection.getTransactionIsolation());
    }

    /** Rows with their column names, sorted where the order is not said; only the first columns when a number is given. */
    static void print(String title, ResultSet rows, int columns) throws Exception {
        System.out.println("== " + title);
        ResultSetMetaData meta = rows.getMetaData();
        int count = columns > 0 ? Math.min(columns, meta.getColumnCount()) : meta.getColumnCount();
        StringBuilder names = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            names.append(meta.getColumnLabel(i)).append(':').append(meta.getColumnTypeName(i)).append(' ');
        }
        System.out.println(names);
        while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= count; i++) {
                line.append(rows.getObject(i)).append(" | ");
            }
            System.out.println(line);
        }
        rows.close();
    }
}
