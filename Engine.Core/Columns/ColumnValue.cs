using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>
/// Single values in managed form, for literals, constant folding, statistics and tests; never in the data path. bool, sbyte, short, int, long,
/// float and double stand for themselves; every decimal is its unscaled <see cref="Int128"/>; varchar and json are strings, varbinary a byte array;
/// dates are days (int), times and timestamps counts (long); uuid a UInt128; arrays are ImmutableArray of values, rows ImmutableArray of field
/// values, maps ImmutableArray of key-value rows.
/// </summary>
public static class ColumnValue
{
    /// <summary>The value of one row; null for NULL.</summary>
    public static object? Get(Column column, int row)
    {
        if (column.IsNull(row))
        {
            return null;
        }

        return column switch
        {
            ConstantColumn constant => Get(constant.Value, 0),
            DictionaryColumn dictionary => Get(dictionary.Dictionary, dictionary.Id(row)),
            BooleanColumn booleans => booleans[row],
            FixedColumn values => GetFixed(values, row),
            TextColumn texts => column.Type.Kind == TypeKind.Varbinary ? texts.Bytes(row).ToArray() : texts.Text(row),
            ListColumn lists => GetItems(lists, row),
            StructColumn structs => structs.Children.Select(child => Get(child, row)).ToImmutableArray(),
            RunEndColumn runs => runs.GetRun(row),
            _ => throw new UnreachableException(column.GetType().Name),
        };
    }

    /// <summary>A constant column of one value.</summary>
    public static Column ToConstant(DataType type, object? value, int length, MemoryPool pool)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        builder.AppendValue(value);
        return new ConstantColumn(builder.Finish(), length);
    }

    private static object GetFixed(FixedColumn column, int row) => column.Type.Kind switch
    {
        TypeKind.TinyInt => column.Values<sbyte>()[row],
        TypeKind.SmallInt => column.Values<short>()[row],
        TypeKind.Integer or TypeKind.Date or TypeKind.Enum => column.Values<int>()[row],
        TypeKind.Real => column.Values<float>()[row],
        TypeKind.Double => column.Values<double>()[row],
        TypeKind.Decimal => column.Type.ByteWidth == 8 ? (Int128)column.Values<long>()[row] : column.Values<Int128>()[row],
        TypeKind.Interval => column.Values<Interval>()[row],
        TypeKind.Uuid => column.Values<UInt128>()[row],
        _ => column.Values<long>()[row],
    };

    private static unsafe ImmutableArray<object?> GetItems(ListColumn lists, int row)
    {
        var start = lists.Offsets[row];
        return [.. Enumerable.Range(start, lists.ItemCount(row)).Select(item => Get(lists.Child, item))];
    }
}
