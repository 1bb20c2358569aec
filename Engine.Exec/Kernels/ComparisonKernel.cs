using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Kernels;

/// <summary>One of the comparison operators, on the sign of a three-way comparison and on vectors.</summary>
internal interface IComparison
{
    static abstract bool Holds(int sign);

    static abstract Vector512<T> Compare<T>(Vector512<T> left, Vector512<T> right);
}

/// <summary>Compares two arguments of one type into a bitmap. NaN equals itself and is above every number, as in PostgreSQL.</summary>
internal static unsafe class ComparisonKernel
{
    public static ScalarKernel Bind<TComparison>(ScalarBinding binding)
        where TComparison : struct, IComparison
    {
        var type = binding.ArgumentTypes[0];
        return type.Kind switch
        {
            TypeKind.Boolean => Rows<TComparison>(CompareBooleans),
            TypeKind.TinyInt => Integers<sbyte, TComparison>(),
            TypeKind.SmallInt => Integers<short, TComparison>(),
            TypeKind.Integer or TypeKind.Date or TypeKind.Enum => Integers<int, TComparison>(),
            TypeKind.BigInt or TypeKind.Oid or TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz => Integers<long, TComparison>(),
            TypeKind.Decimal when type.ByteWidth == 8 => Integers<long, TComparison>(),
            TypeKind.Decimal => Values<Int128, TComparison>(),
            TypeKind.Real => Values<float, TComparison>(),
            TypeKind.Double => Values<double, TComparison>(),
            TypeKind.Interval => Values<Interval, TComparison>(),
            TypeKind.Uuid => Values<UInt128, TComparison>(),
            TypeKind.Varchar or TypeKind.Varbinary or TypeKind.Json => Texts<TComparison>(),
            _ => Rows<TComparison>(ValueComparison.Compare),
        };
    }

    private delegate int RowComparison(Column left, int leftRow, Column right, int rightRow);

    private static ScalarKernel Integers<T, TComparison>()
        where T : unmanaged, IBinaryInteger<T>
        where TComparison : struct, IComparison => (in context, arguments, rowCount) =>
        {
            var bits = context.Pool.Allocate(Bitmap.ByteCount(rowCount), "booleans");
            RunIntegers<T, TComparison>(new FixedArgument<T>(arguments[0]), new FixedArgument<T>(arguments[1]), (ulong*)bits.Pointer, rowCount);
            return new BooleanColumn(rowCount, new BufferSlice(bits), ResultValidity.Of(arguments, rowCount, context.Pool));
        };

    private static ScalarKernel Values<T, TComparison>()
        where T : unmanaged, IComparable<T>
        where TComparison : struct, IComparison => (in context, arguments, rowCount) =>
        {
            var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(rowCount), "booleans");
            var left = new FixedArgument<T>(arguments[0]);
            var right = new FixedArgument<T>(arguments[1]);
            for (var row = 0; row < rowCount; row++)
            {
                // CompareTo puts NaN below; PostgreSQL puts it on top.
                var sign = ValueComparison.Order(left[row], right[row]);
                if (TComparison.Holds(sign))
                {
                    Bitmap.Set(bits.Pointer, row);
                }
            }

            return new BooleanColumn(rowCount, new BufferSlice(bits), ResultValidity.Of(arguments, rowCount, context.Pool));
        };

    private static ScalarKernel Texts<TComparison>()
        where TComparison : struct, IComparison => (in context, arguments, rowCount) =>
        {
            var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(rowCount), "booleans");
            var left = new TextArgument(arguments[0]);
            var right = new TextArgument(arguments[1]);
            for (var row = 0; row < rowCount; row++)
            {
                if (TComparison.Holds(left[row].SequenceCompareTo(right[row])))
                {
                    Bitmap.Set(bits.Pointer, row);
                }
            }

            return new BooleanColumn(rowCount, new BufferSlice(bits), ResultValidity.Of(arguments, rowCount, context.Pool));
        };

    private static ScalarKernel Rows<TComparison>(RowComparison compare)
        where TComparison : struct, IComparison => (in context, arguments, rowCount) =>
        {
            var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(rowCount), "booleans");
            var left = arguments[0] is ConstantColumn a ? a.Value : arguments[0];
            var right = arguments[1] is ConstantColumn b ? b.Value : arguments[1];
            var leftMask = arguments[0] is ConstantColumn ? 0 : -1;
            var rightMask = arguments[1] is ConstantColumn ? 0 : -1;
            for (var row = 0; row < rowCount; row++)
            {
                if (!left.IsNull(row & leftMask) && !right.IsNull(row & rightMask) && TComparison.Holds(compare(left, row & leftMask, right, row & rightMask)))
                {
                    Bitmap.Set(bits.Pointer, row);
                }
            }

            return new BooleanColumn(rowCount, new BufferSlice(bits), ResultValidity.Of(arguments, rowCount, context.Pool));
        };

    private static int CompareBooleans(Column left, int leftRow, Column right, int rightRow) =>
        ((BooleanColumn)left)[leftRow].CompareTo(((BooleanColumn)right)[rightRow]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunIntegers<T, TComparison>(FixedArgument<T> left, FixedArgument<T> right, ulong* bits, int rowCount)
        where T : unmanaged, IBinaryInteger<T>
        where TComparison : struct, IComparison
    {
        var row = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; row + 64 <= rowCount; row += 64)
            {
                ulong word = 0;
                for (var lane = 0; lane < 64; lane += Vector512<T>.Count)
                {
                    var a = left.IsConstant ? Vector512.Create(*left.Pointer) : Vector512.Load(left.Pointer + row + lane);
                    var b = right.IsConstant ? Vector512.Create(*right.Pointer) : Vector512.Load(right.Pointer + row + lane);
                    word |= Vector512.ExtractMostSignificantBits(TComparison.Compare(a, b)) << lane;
                }

                bits[row >> 6] = word;
            }
        }

        for (; row < rowCount; row += 64)
        {
            ulong word = 0;
            var count = Math.Min(64, rowCount - row);
            for (var lane = 0; lane < count; lane++)
            {
                word |= TComparison.Holds(left[row + lane].CompareTo(right[row + lane])) ? 1UL << lane : 0;
            }

            bits[row >> 6] = word;
        }
    }
}

internal readonly struct EqualComparison : IComparison
{
    public static bool Holds(int sign) => sign == 0;

    public static Vector512<T> Compare<T>(Vector512<T> left, Vector512<T> right) => Vector512.Equals(left, right);
}

internal readonly struct NotEqualComparison : IComparison
{
    public static bool Holds(int sign) => sign != 0;

    public static Vector512<T> Compare<T>(Vector512<T> left, Vector512<T> right) => ~Vector512.Equals(left, right);
}

internal readonly struct LessComparison : IComparison
{
    public static bool Holds(int sign) => sign < 0;

    public static Vector512<T> Compare<T>(Vector512<T> left, Vector512<T> right) => Vector512.LessThan(left, right);
}

internal readonly struct LessOrEqualComparison : IComparison
{
    public static bool Holds(int sign) => sign <= 0;

    public static Vector512<T> Compare<T>(Vector512<T> left, Vector512<T> right) => Vector512.LessThanOrEqual(left, right);
}

internal readonly struct GreaterComparison : IComparison
{
    public static bool Holds(int sign) => sign > 0;

    public static Vector512<T> Compare<T>(Vector512<T> left, Vector512<T> right) => Vector512.GreaterThan(left, right);
}

internal readonly struct GreaterOrEqualComparison : IComparison
{
    public static bool Holds(int sign) => sign >= 0;

    public static Vector512<T> Compare<T>(Vector512<T> left, Vector512<T> right) => Vector512.GreaterThanOrEqual(left, right);
}
