using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Connectors;

/// <summary>Numbers of a file as the wider type that its table has, because another file needs it. No value changes.</summary>
internal static unsafe class NumberWidening
{
    /// <summary>Whether every value of one type is one of the other; true for equal types.</summary>
    public static bool IsSafe(DataType from, DataType to) => from.Equals(to)
        || (from.IsInteger && to.IsInteger && from.Kind < to.Kind)
        || (to.Kind == TypeKind.Double && from.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.Real);

    /// <summary>A flat column of the wider type; the column stays the caller's.</summary>
    public static Column Widen(Column column, DataType to, MemoryPool pool)
    {
        using var flat = (FixedColumn)column.Flatten(pool);
        return flat.Type.Kind switch
        {
            TypeKind.TinyInt => WidenFrom<sbyte>(flat, to, pool),
            TypeKind.SmallInt => WidenFrom<short>(flat, to, pool),
            TypeKind.Integer => WidenFrom<int>(flat, to, pool),
            _ => WidenFrom<float>(flat, to, pool),
        };
    }

    private static FixedColumn WidenFrom<TFrom>(FixedColumn column, DataType to, MemoryPool pool)
        where TFrom : unmanaged, INumber<TFrom> => to.Kind switch
    {
        TypeKind.SmallInt => Widen<TFrom, short>(column, to, pool),
        TypeKind.Integer => Widen<TFrom, int>(column, to, pool),
        TypeKind.BigInt => Widen<TFrom, long>(column, to, pool),
        _ => Widen<TFrom, double>(column, to, pool),
    };

    private static FixedColumn Widen<TFrom, TTo>(FixedColumn column, DataType to, MemoryPool pool)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        var target = pool.Allocate((long)column.Length * sizeof(TTo), "widened values");
        var values = column.Values<TFrom>();
        for (var i = 0; i < values.Length; i++)
        {
            ((TTo*)target.Pointer)[i] = TTo.CreateTruncating(values[i]);
        }

        return new FixedColumn(to, column.Length, new BufferSlice(target), column.Validity.Retain());
    }
}
