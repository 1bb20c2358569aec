using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Connectors;

/// <summary>Values of a file as the wider type that its table has, because another file needs it. No value changes; one that would have to is an error.</summary>
internal static unsafe class TypeWidening
{
    /// <summary>Whether values of one type can be read as the other; true for equal types.</summary>
    public static bool IsPossible(DataType from, DataType to) => from.Equals(to) || (from, to) switch
    {
        (DecimalType a, DecimalType b) => b.Scale >= a.Scale && b.Precision - b.Scale >= a.Precision - a.Scale,
        ({ IsInteger: true }, DecimalType b) => b.Precision - b.Scale >= CastRules.IntegerAsDecimal(from).Precision,
        ({ IsInteger: true }, { IsInteger: true }) => from.Kind < to.Kind,
        ({ IsInteger: true } or { Kind: TypeKind.Real }, { Kind: TypeKind.Double }) => true,
        ({ Kind: TypeKind.Date }, { Kind: TypeKind.Timestamp }) => true,
        (TimestampType a, TimestampType b) => a.Kind == b.Kind && b.Unit > a.Unit,
        (ArrayType a, ArrayType b) => IsPossible(a.Element, b.Element),
        (MapType a, MapType b) => IsPossible(a.Key, b.Key) && IsPossible(a.Value, b.Value),
        (RowType a, RowType b) => a.Fields.All(field => Find(b, field.Name) is { } other && IsPossible(field.Type, other.Type)),
        _ => false,
    };

    /// <summary>The type that values of both can be read as, rows with the fields of both; null when there is none.</summary>
    public static DataType? Common(DataType left, DataType right)
    {
        if (IsPossible(left, right))
        {
            return right;
        }

        return IsPossible(right, left) ? left : (left, right) switch
        {
            ({ IsFloating: true } or { IsInteger: true }, { IsFloating: true } or { IsInteger: true }) => DataType.Double,
            (DecimalType or { IsInteger: true }, DecimalType or { IsInteger: true }) =>
                CastRules.CommonType(left, right) is { } number && IsPossible(left, number) && IsPossible(right, number) ? number : null,
            (ArrayType a, ArrayType b) => Common(a.Element, b.Element) is { } element ? new ArrayType(element) : null,
            (MapType a, MapType b) => Common(a.Key, b.Key) is { } key && Common(a.Value, b.Value) is { } value ? new MapType(key, value) : null,
            (RowType a, RowType b) => CommonRow(a, b),
            _ => null,
        };
    }

    /// <summary>A column of the wider type: itself, with a reference more, when it is of that type already. The column stays the caller's.</summary>
    /// <exception cref="OverflowException">A value has no place in the wider type, such as a year in nanoseconds.</exception>
    public static Column Widen(Column column, DataType to, MemoryPool pool)
    {
        if (column.Type.Equals(to))
        {
            return column.Retain();
        }

        using var flat = column.Flatten(pool);
        switch (flat)
        {
            case ListColumn lists:
                var item = to is MapType map ? map.Entry : ((ArrayType)to).Element;
                return new ListColumn(to, lists.Length, lists.OffsetData.Retain(), Widen(lists.Child, item, pool), lists.Validity.Retain());
            case StructColumn rows:
                return WidenRows(rows, (RowType)to, pool);
            default:
                return WidenValues((FixedColumn)flat, to, pool);
        }
    }

    private static RowType? CommonRow(RowType left, RowType right)
    {
        var fields = left.Fields.ToList();
        foreach (var field in right.Fields)
        {
            var place = fields.FindIndex(known => known.Name == field.Name);
            if (place < 0)
            {
                fields.Add(field);
            }
            else if (Common(fields[place].Type, field.Type) is { } type)
            {
                fields[place] = field with { Type = type };
            }
            else
            {
                return null;
            }
        }

        return new RowType([.. fields]);
    }

    private static Field? Find(RowType row, string name) => row.Fields.FirstOrDefault(field => field.Name == name);

    private static StructColumn WidenRows(StructColumn rows, RowType to, MemoryPool pool)
    {
        var from = ((RowType)rows.Type).Fields;
        var children = ImmutableArray.CreateBuilder<Column>(to.Fields.Length);
        try
        {
            foreach (var field in to.Fields)
            {
                var place = from.ToList().FindIndex(own => own.Name == field.Name);
                using var missing = place < 0 ? ColumnValue.ToConstant(field.Type, null, rows.Length, pool) : null;
                children.Add(missing?.Flatten(pool) ?? Widen(rows.Children[place], field.Type, pool));
            }
        }
        catch
        {
            foreach (var child in children)
            {
                child.Dispose();
            }

            throw;
        }

        return new StructColumn(to, rows.Length, children.ToImmutable(), rows.Validity.Retain());
    }

    private static FixedColumn WidenValues(FixedColumn column, DataType to, MemoryPool pool) => column.Type.Kind switch
    {
        TypeKind.TinyInt => WidenFrom<sbyte>(column, to, pool),
        TypeKind.SmallInt => WidenFrom<short>(column, to, pool),
        TypeKind.Integer or TypeKind.Date => WidenFrom<int>(column, to, pool),
        TypeKind.Real => WidenFrom<float>(column, to, pool),
        _ when column.Type.ByteWidth == 16 => WidenFrom<Int128>(column, to, pool),
        _ => WidenFrom<long>(column, to, pool),
    };

    private static FixedColumn WidenFrom<TFrom>(FixedColumn column, DataType to, MemoryPool pool)
        where TFrom : unmanaged, INumber<TFrom> => to.Kind switch
    {
        TypeKind.SmallInt => Widen<TFrom, short>(column, to, 1, pool),
        TypeKind.Integer => Widen<TFrom, int>(column, to, 1, pool),
        TypeKind.Double => Widen<TFrom, double>(column, to, 1, pool),
        TypeKind.Decimal when to.ByteWidth == 16 => Widen<TFrom, Int128>(column, to, DecimalText.PowerOfTen(ScaleOf(to) - ScaleOf(column.Type)), pool),
        TypeKind.Decimal => Widen<TFrom, long>(column, to, (long)DecimalText.PowerOfTen(ScaleOf(to) - ScaleOf(column.Type)), pool),
        TypeKind.Timestamp or TypeKind.TimestampTz => Widen<TFrom, long>(column, to, UnitsOf(column.Type, (TimestampType)to), pool),
        _ => Widen<TFrom, long>(column, to, 1, pool),
    };

    private static int ScaleOf(DataType type) => type is DecimalType number ? number.Scale : 0;

    /// <summary>How many of a timestamp's units one unit of the narrower type is.</summary>
    private static long UnitsOf(DataType from, TimestampType to)
    {
        var nanos = to.Unit == TimeUnit.Nanosecond ? 1000L : 1;
        return from.Kind == TypeKind.Date ? TimeScale.MicrosPerDay * nanos : nanos;
    }

    private static FixedColumn Widen<TFrom, TTo>(FixedColumn column, DataType to, TTo factor, MemoryPool pool)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        var target = pool.AllocateCleared((long)column.Length * sizeof(TTo), "widened values");
        try
        {
            var values = column.Values<TFrom>();
            for (var i = 0; i < values.Length; i++)
            {
                if (!column.IsNull(i))
                {
                    ((TTo*)target.Pointer)[i] = checked(TTo.CreateTruncating(values[i]) * factor);
                }
            }

            if (typeof(TFrom) == typeof(long) && typeof(TTo) == typeof(double))
            {
                CheckExact(column, (double*)target.Pointer);
            }
        }
        catch
        {
            target.Release();
            throw;
        }

        return new FixedColumn(to, column.Length, new BufferSlice(target), column.Validity.Retain());
    }

    /// <summary>Beyond 53 bits not every integer is a double.</summary>
    private static void CheckExact(FixedColumn column, double* doubles)
    {
        var values = column.Values<long>();
        for (var i = 0; i < values.Length; i++)
        {
            if (!column.IsNull(i) && (Int128)doubles[i] != values[i])
            {
                throw new OverflowException($"{values[i]} is not exact as a double, which another file of the table has");
            }
        }
    }
}
