using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Nested;

namespace Engine.Exec.Functions.Lambdas;

/// <summary>
/// array_sort with a lambda that compares. A merge sort from below, of all arrays of a batch side by side: each step compares one pair of items for
/// every two runs that are being merged anywhere, so that a batch of arrays of n items takes about 2n calls of the lambda, however many arrays there are.
/// </summary>
internal static unsafe class SortLambda
{
    private static readonly LambdaParameter Compare = LambdaFunctions.Lambda(LambdaFunctions.T, LambdaFunctions.T, DataType.BigInt);

    public static readonly ScalarFunction Function = new(
        new FunctionInfo(
            "array_sort(array, (item, other) -> order)",
            "lambda",
            "The items in order, NULLs last, or in that of a lambda which gives a negative number, 0 or a positive one.",
            "array_sort(ARRAY[3, 1, 2], (x, y) -> y - x) = ARRAY[3, 2, 1]")
        {
            Aliases = ["list_sort"],
        },
        [
            ArrayFunctions.Sorted,
            LambdaFunctions.Overload([ArrayParameter.OfT, Compare], types => types[0], _ => Sort, canFail: true),
        ]);

    private static Column Sort(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        using var items = new ListItems(arguments[0], context.Pool);
        var order = new int[items.Count];
        var target = new int[items.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var longest = Enumerable.Range(0, rowCount).Select(items.CountOf).DefaultIfEmpty().Max();
        for (var width = 1L; width < longest; width *= 2)
        {
            MergeRuns(context, items, order, target, (int)width);
            (order, target) = (target, order);
        }

        return items.WithValues(arguments[0].Type, items.Values.Take(order, context.Pool));
    }

    /// <summary>Merges every two neighbouring runs of a width.</summary>
    private static void MergeRuns(in KernelContext context, ListItems items, int[] order, int[] target, int width)
    {
        var merges = new List<Merge>();
        for (var row = 0; row < items.Lists.Length; row++)
        {
            var end = items.Offsets[row + 1];
            for (long start = items.Offsets[row]; start < end; start += 2L * width)
            {
                merges.Add(new Merge(row, (int)start, (int)Math.Min(start + width, end), (int)Math.Min(start + (2L * width), end)));
            }
        }

        while (merges.Count > 0)
        {
            merges.RemoveAll(merge => merge.TryEnd(order, target));
            if (merges.Count == 0)
            {
                break;
            }

            using var left = items.Values.Take(merges.Select(merge => order[merge.Left]).ToArray(), context.Pool);
            using var right = items.Values.Take(merges.Select(merge => order[merge.Right]).ToArray(), context.Pool);
            using var signs = (FixedColumn)context.Lambdas[0].Invoke([left, right], merges.Select(merge => merge.Row).ToArray());
            for (var i = 0; i < merges.Count; i++)
            {
                if (signs.IsNull(i))
                {
                    throw new QueryException(ErrorCodes.InvalidParameterValue, "a lambda that compares items must not give NULL", context.Span);
                }

                merges[i].Take(order, target, isLeft: signs.Pointer<long>()[i] <= 0);
            }
        }
    }

    /// <summary>Two runs, from left to middle and from middle to end, on their way into one.</summary>
    private sealed class Merge(int row, int start, int middle, int end)
    {
        private readonly int _middle = middle;
        private int _next = start;

        public int Row => row;

        public int Left { get; private set; } = start;

        public int Right { get; private set; } = middle;

        public void Take(int[] order, int[] target, bool isLeft) => target[_next++] = order[isLeft ? Left++ : Right++];

        /// <summary>Takes the rest over when one run is used up.</summary>
        public bool TryEnd(int[] order, int[] target)
        {
            if (Left < _middle && Right < end)
            {
                return false;
            }

            while (Left < _middle)
            {
                Take(order, target, isLeft: true);
            }

            while (Right < end)
            {
                Take(order, target, isLeft: false);
            }

            return true;
        }
    }
}
