using System.Collections.Immutable;

namespace Engine.Core.Types;

/// <summary>A list of values of one type.</summary>
public sealed record ArrayType(DataType Element) : DataType(TypeKind.Array)
{
    /// <summary>Whether it is one of PostgreSQL's vectors, <c>int2vector</c> and <c>oidvector</c>: counted from 0, and shown as items with blanks between.</summary>
    public bool IsVector { get; init; }

    public override ColumnLayout Layout => ColumnLayout.List;

    public override int ByteWidth => 0;

    public override string ToString() => !IsVector ? $"array({Element})" : Element.Kind == TypeKind.SmallInt ? "int2vector" : "oidvector";
}

/// <summary>A list of entries with distinct keys; stored as a list of rows of key and value.</summary>
public sealed record MapType(DataType Key, DataType Value) : DataType(TypeKind.Map)
{
    /// <summary>The type of one stored entry.</summary>
    public RowType Entry { get; } = new([new Field("key", Key), new Field("value", Value)]);

    public override ColumnLayout Layout => ColumnLayout.List;

    public override int ByteWidth => 0;

    public override string ToString() => $"map({Key}, {Value})";
}

/// <summary>Named fields side by side.</summary>
public sealed record RowType(ImmutableArray<Field> Fields) : DataType(TypeKind.Row)
{
    public override ColumnLayout Layout => ColumnLayout.Struct;

    public override int ByteWidth => 0;

    public bool Equals(RowType? other) => other is not null && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var field in Fields)
        {
            hash.Add(field);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"row({string.Join(", ", Fields.Select(field => $"{Field.Quote(field.Name)} {field.Type}"))})";
}
