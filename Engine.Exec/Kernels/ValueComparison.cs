using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Exec.Kernels;

/// <summary>SQL's total order of single values of flat columns of one type, NULL aside: NaN on top, nested values item by item.</summary>
internal static unsafe class ValueComparison
{
    /// <summary>The sign of left compared with right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Order<T>(T left, T right)
        where T : IComparable<T>
    {
        if (typeof(T) == typeof(double))
        {
            return OrderFloats((double)(object)left, (double)(object)right);
        }

        return typeof(T) == typeof(float) ? OrderFloats((float)(object)left, (float)(object)right) : left.CompareTo(right);
    }

    /// <summary>The sign of one row's value compared with another's; neither is NULL.</summary>
    public static int Compare(Column left, int leftRow, Column right, int rightRow) => (left, right) switch
    {
        (FixedColumn a, FixedColumn b) => CompareFixed(a, leftRow, b, rightRow),
        (TextColumn a, TextColumn b) => a.Bytes(leftRow).SequenceCompareTo(b.Bytes(rightRow)),
        (BooleanColumn a, BooleanColumn b) => a[leftRow].CompareTo(b[rightRow]),
        (ListColumn a, ListColumn b) => CompareLists(a, leftRow, b, rightRow),
        (StructColumn a, StructColumn b) => CompareStructs(a, leftRow, b, rightRow),
        _ => throw new System.Diagnostics.UnreachableException($"{left.GetType().Name} and {right.GetType().Name}"),
    };

    /// <summary>As <see cref="Compare"/>, with NULL equal to NULL and above every value, as inside arrays and rows.</summary>
    public static int CompareNullable(Column left, int leftRow, Column right, int rightRow)
    {
        var leftIsNull = left.IsNull(leftRow);
        var rightIsNull = right.IsNull(rightRow);
        return leftIsNull || rightIsNull ? leftIsNull.CompareTo(rightIsNull) : Compare(left, leftRow, right, rightRow);
    }

    private static int OrderFloats(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? double.IsNaN(left).CompareTo(double.IsNaN(right)) : left.CompareTo(right);

    private static int CompareFixed(FixedColumn left, int leftRow, FixedColumn right, int rightRow)
    {
        return left.Type.Kind switch
        {
            TypeKind.TinyInt => Of<sbyte>(),
            TypeKind.SmallInt => Of<short>(),
            TypeKind.Integer or TypeKind.Date or TypeKind.Enum => Of<int>(),
            TypeKind.Real => Of<float>(),
            TypeKind.Double => Of<double>(),
            TypeKind.Interval => Of<Interval>(),
            TypeKind.Uuid => Of<UInt128>(),
            TypeKind.Decimal when left.Type.ByteWidth == 16 => Of<Int128>(),
            _ => Of<long>(),
        };

        int Of<T>()
            where T : unmanaged, IComparable<T> => Order(left.Pointer<T>()[leftRow], right.Pointer<T>()[rightRow]);
    }

    private static int CompareLists(ListColumn left, int leftRow, ListColumn right, int rightRow)
    {
        var leftCount = left.ItemCount(leftRow);
        var rightCount = right.ItemCount(rightRow);
        for (var i = 0; i < Math.Min(leftCount, rightCount); i++)
        {
            var sign = CompareNullable(left.Child, left.Offsets[leftRow] + i, right.Child, right.Offsets[rightRow] + i);
            if (sign != 0)
            {
                return sign;
            }
        }

        return leftCount.CompareTo(rightCount);
    }

    private static int CompareStructs(StructColumn left, int leftRow, StructColumn right, int rightRow)
    {
        for (var i = 0; i < left.Children.Length; i++)
        {
            var sign = CompareNullable(left.Children[i], leftRow, right.Children[i], rightRow);
            if (sign != 0)
            {
                return sign;
            }
        }

        return 0;
    }
}
