using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Types;

namespace Engine.Server.Metadata;

/// <summary>A table that tells of the engine itself.</summary>
internal abstract class MetadataTable(string name)
{
    public string Name => name;

    public abstract Schema Schema { get; }

    /// <summary>The columns that say what a row is about, so that a filter on them spares looking at others.</summary>
    public MetadataPlaces Places { get; protected init; } = new();

    /// <summary>With the columns that all of PostgreSQL's tables have and that no star shows: the number of the table, and the transaction that made the row.</summary>
    /// <param name="tableId">The number of the table.</param>
    public abstract MetadataTable WithSystemColumns(long tableId);

    /// <summary>Its rows, each with the values of the columns asked for in managed form.</summary>
    public abstract IEnumerable<object?[]> Read(MetadataScope scope, ImmutableArray<int> projection);
}

/// <summary>The columns that say which catalog, schema and relation a row is about, the relation by its name or its number; -1 for none.</summary>
internal sealed record MetadataPlaces
{
    public int Catalog { get; init; } = -1;

    public int Schema { get; init; } = -1;

    public int Relation { get; init; } = -1;

    public int RelationId { get; init; } = -1;
}

/// <summary>A table whose rows are made of things of one kind. It is put together column by column.</summary>
internal sealed class MetadataTable<T>(string name, Func<MetadataScope, IEnumerable<T>> rows) : MetadataTable(name)
{
    private readonly ImmutableArray<(Field Field, Func<T, object?> Value)> _columns = [];

    private MetadataTable(string name, Func<MetadataScope, IEnumerable<T>> rows, ImmutableArray<(Field Field, Func<T, object?> Value)> columns)
        : this(name, rows)
    {
        _columns = columns;
    }

    public override Schema Schema => field ??= new Schema([.. _columns.Select(column => column.Field)]);

    /// <summary>A table without columns yet.</summary>
    public static MetadataTable<T> Of(string name, Func<MetadataScope, IEnumerable<T>> rows) => new(name, rows);

    public MetadataTable<T> Text(string column, Func<T, string?> value) => With(column, DataType.Varchar, value);

    public MetadataTable<T> Number(string column, Func<T, int?> value) => With(column, DataType.Integer, row => value(row));

    public MetadataTable<T> Count(string column, Func<T, long?> value) => With(column, DataType.BigInt, row => value(row));

    public MetadataTable<T> Small(string column, Func<T, int> value) => With(column, DataType.SmallInt, row => (short)value(row));

    public MetadataTable<T> Oid(string column, Func<T, long> value) => With(column, OidType.ByName["oid"], row => value(row));

    /// <summary>A column of a type that has no shorter way.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">In managed form.</param>
    public MetadataTable<T> Value(string column, string type, Func<T, object?> value) => With(column, TypeName.Parse(type), value);

    public MetadataTable<T> Boolean(string column, Func<T, bool> value) => With(column, DataType.Boolean, row => value(row));

    /// <summary>A moment, in UTC.</summary>
    public MetadataTable<T> Time(string column, Func<T, DateTime?> value) =>
        With(column, DataType.TimestampTz, row => value(row) is { } time ? (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : null);

    /// <summary>YES or NO, as the SQL standard has it.</summary>
    public MetadataTable<T> Flag(string column, Func<T, bool> value) => Text(column, row => value(row) ? "YES" : "NO");

    /// <summary>Columns of the standard that have nothing to say here, separated by blanks: a bare name is text, <c>name:integer</c> says its type.</summary>
    public MetadataTable<T> Nothing(string columns) => columns.Split(' ').Aggregate(this, (table, column) => column.Split(':') is [var named, var type]
        ? table.With(named, TypeName.Parse(type), _ => null)
        : table.With(column, DataType.Varchar, _ => null));

    /// <summary>Columns that say the same in every row, as above: <c>name:type=value</c>.</summary>
    public MetadataTable<T> Fixed(string columns) => columns.Split(' ').Aggregate(this, (table, column) =>
    {
        var (name, value) = column.Split('=') is [var named, var text] ? (named, text) : throw new ArgumentException(column, nameof(columns));
        return name.Split(':') is [var plain, var type]
            ? table.With(plain, TypeName.Parse(type), FixedValue(TypeName.Parse(type), value) is var constant ? _ => constant : null!)
            : table.With(name, DataType.Varchar, _ => value);
    });

    /// <summary>The column that says which relation a row is about, by its number.</summary>
    public MetadataTable<T> RelationId(string column, Func<T, long> value) =>
        new(Name, rows, _columns.Add((new Field(column, OidType.ByName["oid"]), row => value(row)))) { Places = Places with { RelationId = _columns.Length } };

    /// <summary>The column that says which catalog a row is about.</summary>
    public MetadataTable<T> Catalog(string column, Func<T, string?> value) => Placed(column, value, Places with { Catalog = _columns.Length });

    /// <summary>The column that says which schema a row is about.</summary>
    public MetadataTable<T> InSchema(string column, Func<T, string?> value) => Placed(column, value, Places with { Schema = _columns.Length });

    /// <summary>The column that says which table or view a row is about.</summary>
    public MetadataTable<T> Relation(string column, Func<T, string?> value) => Placed(column, value, Places with { Relation = _columns.Length });

    public override MetadataTable WithSystemColumns(long tableId) => new MetadataTable<T>(
        Name,
        rows,
        [.. _columns, (new Field("tableoid", OidType.ByName["oid"], IsHidden: true), _ => tableId), (new Field("xmin", OidType.ByName["xid"], IsHidden: true), _ => 0L)]) { Places = Places };

    public override IEnumerable<object?[]> Read(MetadataScope scope, ImmutableArray<int> projection) =>
        rows(scope).Select(row => projection.Select(column => _columns[column].Value(row)).ToArray());

    private MetadataTable<T> Placed(string column, Func<T, string?> value, MetadataPlaces places) =>
        new(Name, rows, _columns.Add((new Field(column, DataType.Varchar), value))) { Places = places };

    private static object FixedValue(DataType type, string value) => type.Kind switch
    {
        TypeKind.Boolean => value == "t",
        TypeKind.SmallInt => short.Parse(value, CultureInfo.InvariantCulture),
        TypeKind.Integer => int.Parse(value, CultureInfo.InvariantCulture),
        TypeKind.Real => float.Parse(value, CultureInfo.InvariantCulture),
        _ => long.Parse(value, CultureInfo.InvariantCulture),
    };

    private MetadataTable<T> With(string column, DataType type, Func<T, object?> value) =>
        new(Name, rows, _columns.Add((new Field(column, type), value))) { Places = Places };
}
