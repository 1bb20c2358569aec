using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>A row of pg_attribute: a column of a table, view, index or sequence.</summary>
/// <param name="Relation">The number of what it is a column of.</param>
/// <param name="Number">From 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values.</param>
internal sealed record AttributeRow(long Relation, int Number, string Name, DataType Type)
{
    public int? MaxLength { get; init; }

    public bool IsNotNull { get; init; }

    /// <summary>The SQL of the value where none is given; null for NULL.</summary>
    public string? Default { get; init; }

    /// <summary>What the type is further said to be; -1 for nothing.</summary>
    public int Modifier => PgObjects.ModifierOf(Type, MaxLength);

    public static IEnumerable<AttributeRow> All(PgObjects objects) =>
    [
        .. objects.Relations.Where(relation => objects.Scope.Allows(objects.Scope.IdOf(relation))).SelectMany(relation => objects.Scope.ColumnsOf(relation).Select(column => Of(objects.Scope.IdOf(relation), column))),
        .. objects.Indexes.SelectMany(index => OfIndex(objects.IdOf(index), index)),
        .. objects.Scope.Sequences.SelectMany(sequence => OfSequence(objects.IdOf(sequence))),
    ];

    public long TypeId(PgObjects objects) => objects.IdOfType(Type, MaxLength);

    /// <summary>Its type as PostgreSQL has it; null for one that CREATE TYPE made.</summary>
    public BuiltInType? TypeOf(PgObjects objects) => BuiltInType.Find(TypeId(objects));

    private static AttributeRow Of(long relation, ColumnRow column) => new(relation, column.Position, column.Column.Name, column.Column.Type)
    {
        MaxLength = column.Column.MaxLength,
        IsNotNull = !column.Column.IsNullable,
        Default = column.Column.Default,
    };

    private static IEnumerable<AttributeRow> OfIndex(long id, IndexRow index) =>
        index.Columns.Select((name, i) => index.Table.Columns[index.Table.PlaceOf(name)] is var column ? new AttributeRow(id, i + 1, column.Name, column.Type) { MaxLength = column.MaxLength } : null!);

    private static ImmutableArray<AttributeRow> OfSequence(long id) =>
    [
        new(id, 1, "last_value", DataType.BigInt) { IsNotNull = true },
        new(id, 2, "log_cnt", DataType.BigInt) { IsNotNull = true },
        new(id, 3, "is_called", DataType.Boolean) { IsNotNull = true },
    ];
}
