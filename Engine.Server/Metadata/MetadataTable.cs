using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Server.Metadata;

/// <summary>A table that tells of the engine itself.</summary>
internal abstract class MetadataTable(string name)
{
    public string Name => name;

    public abstract Schema Schema { get; }

    /// <summary>The columns that say which catalog, schema and relation a row is about, so that a filter on them spares looking at others; -1 for none.</summary>
    public (int Catalog, int Schema, int Relation) Places { get; protected init; } = (-1, -1, -1);

    /// <summary>Its rows, each with the values of the columns asked for in managed form.</summary>
    public abstract IEnumerable<object?[]> Read(MetadataScope scope, ImmutableArray<int> projection);
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

    /// <summary>The column that says which catalog a row is about.</summary>
    public MetadataTable<T> Catalog(string column, Func<T, string?> value) => Placed(column, value, Places with { Catalog = _columns.Length });

    /// <summary>The column that says which schema a row is about.</summary>
    public MetadataTable<T> InSchema(string column, Func<T, string?> value) => Placed(column, value, Places with { Schema = _columns.Length });

    /// <summary>The column that says which table or view a row is about.</summary>
    public MetadataTable<T> Relation(string column, Func<T, string?> value) => Placed(column, value, Places with { Relation = _columns.Length });

    public override IEnumerable<object?[]> Read(MetadataScope scope, ImmutableArray<int> projection) =>
        rows(scope).Select(row => projection.Select(column => _columns[column].Value(row)).ToArray());

    private MetadataTable<T> Placed(string column, Func<T, string?> value, (int Catalog, int Schema, int Relation) places) =>
        new(Name, rows, _columns.Add((new Field(column, DataType.Varchar), value))) { Places = places };

    private MetadataTable<T> With(string column, DataType type, Func<T, object?> value) =>
        new(Name, rows, _columns.Add((new Field(column, type), value))) { Places = Places };
}
