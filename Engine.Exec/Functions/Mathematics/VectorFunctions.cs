using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Arrays of numbers as vectors: products, distances, similarity. A NULL among the numbers makes the answer NULL.</summary>
internal static unsafe class VectorFunctions
{
    private static readonly ArrayParameter Vector = new(DataType.Double);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Pair("dot_product", "The sum of the products of two vectors' numbers.", "dot_product(ARRAY[1, 2], ARRAY[3, 4]) = 11", (x, y) => Sum(x, y, (a, b) => a * b), "array_inner_product", "list_dot_product", "inner_product"),
        Pair("euclidean_distance", "The length of the straight line between two vectors.", "euclidean_distance(ARRAY[0, 0], ARRAY[3, 4]) = 5", (x, y) => Math.Sqrt(Sum(x, y, (a, b) => (a - b) * (a - b))), "array_distance", "list_distance"),
        Pair("cosine_similarity", "The cosine of the angle between two vectors.", "cosine_similarity(ARRAY[1, 0], ARRAY[0, 1]) = 0", Similarity, "list_cosine_similarity", "array_cosine_similarity"),
        Pair("cosine_distance", "1 less the cosine of the angle between two vectors.", "cosine_distance(ARRAY[1, 0], ARRAY[1, 0]) = 0", (x, y) => 1 - Similarity(x, y), "list_cosine_distance", "array_cosine_distance"),
    ];

    private delegate double PairOperation(ReadOnlySpan<double> left, ReadOnlySpan<double> right);

    private delegate double Term(double left, double right);

    private static double Sum(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Term term)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += term(left[i], right[i]);
        }

        return sum;
    }

    private static double Similarity(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        Sum(x, y, (a, b) => a * b) / (Math.Sqrt(Sum(x, x, (a, b) => a * b)) * Math.Sqrt(Sum(y, y, (a, b) => a * b)));

    private static ScalarFunction Pair(string name, string description, string example, PairOperation operation, params ImmutableArray<string> aliases) => new(
        MathInfo.Of($"{name}(left, right)", description, example, aliases),
        [RowKernel.Overload<FixedBuilder<double>>(
            [Vector, Vector],
            DataType.Double,
            (a, row, result) =>
            {
                if (TryGet(a, 0, row, out var left) & TryGet(a, 1, row, out var right))
                {
                    result.Append(left.Length == right.Length
                        ? operation(left, right)
                        : throw new QueryException(ErrorCodes.InvalidParameterValue, $"{name} needs arrays of one length, not of {left.Length} and {right.Length} items"));
                }
                else
                {
                    result.AppendNull();
                }
            },
            canFail: true)]);

    /// <summary>The numbers of an array; false when one is NULL.</summary>
    private static bool TryGet(RowArguments a, int argument, int row, out ReadOnlySpan<double> numbers)
    {
        var lists = (ListColumn)a.Column(argument);
        var place = a.Place(argument, row);
        var (start, count) = (lists.Offsets[place], lists.ItemCount(place));
        numbers = new ReadOnlySpan<double>(((FixedColumn)lists.Child).Pointer<double>() + start, count);
        return !lists.Child.MayHaveNulls || !Enumerable.Range(start, count).Any(lists.Child.IsNull);
    }
}
