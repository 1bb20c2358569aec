using System.Collections.Immutable;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns.Builders;

/// <summary>Builds rows of named fields: append to every field, then close the row.</summary>
public sealed class StructBuilder : ColumnBuilder
{
    public StructBuilder(RowType type, MemoryPool pool)
        : base(type, pool)
    {
        Fields = [.. type.Fields.Select(field => Create(field.Type, pool))];
    }

    public ImmutableArray<ColumnBuilder> Fields { get; }

    /// <summary>Ends a row: every field has got its value.</summary>
    public void EndRow() => Count++;

    public override void AppendFlat(Column source, ReadOnlySpan<int> rows)
    {
        var structs = (StructColumn)source;
        foreach (var row in rows)
        {
            if (row < 0 || structs.IsNull(row))
            {
                AppendNull();
                continue;
            }

            for (var i = 0; i < Fields.Length; i++)
            {
                Fields[i].Append(structs.Children[i], [row]);
            }

            EndRow();
        }
    }

    public override void Dispose()
    {
        foreach (var field in Fields)
        {
            field.Dispose();
        }

        base.Dispose();
    }

    private protected override void AppendDefault()
    {
        foreach (var field in Fields)
        {
            field.AppendNull();
        }

        EndRow();
    }

    private protected override void AppendNonNull(object value)
    {
        var values = (ImmutableArray<object?>)value;
        for (var i = 0; i < Fields.Length; i++)
        {
            Fields[i].AppendValue(values[i]);
        }

        EndRow();
    }

    private protected override Column Build(BufferSlice validity) =>
        new StructColumn(Type, Count, [.. Fields.Select(field => field.Finish())], validity);
}
