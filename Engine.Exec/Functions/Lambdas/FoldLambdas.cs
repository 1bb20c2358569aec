using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Lambdas;

/// <summary>Arrays folded to one value. Step i folds the i-th items of all rows that have one, so that a batch takes as many steps as its longest array.</summary>
internal static class FoldLambdas
{
    private static readonly AnyParameter S = new("S");
    private static readonly LambdaParameter Step = LambdaFunctions.Lambda(S, LambdaFunctions.T, S);
    private static readonly LambdaParameter Combine = LambdaFunctions.Lambda(LambdaFunctions.T, LambdaFunctions.T, LambdaFunctions.T);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("reduce(array, start, (state, item) -> state, state -> result)", "A state to which a lambda adds each item in turn, and what another lambda makes of it in the end.", "reduce(ARRAY[1, 2, 3], 0, (s, x) -> s + x, s -> s * 10) = 60", "array_reduce"),
            [
                LambdaFunctions.Overload([ArrayParameter.OfT, S, Step, LambdaFunctions.Lambda(S, LambdaFunctions.R)], types => types[3], _ => Reduce),
                LambdaFunctions.Overload([ArrayParameter.OfT, S, Step], types => types[1], _ => Reduce),
            ]),
        new(
            Info("list_reduce(array, (state, item) -> state)", "The first item, or the third argument, to which a lambda adds each further item in turn.", "list_reduce(ARRAY[1, 2, 3], (s, x) -> s + x) = 6"),
            [
                LambdaFunctions.Overload([ArrayParameter.OfT, Combine], types => ((ArrayType)types[0]).Element, _ => ReduceFromFirst, canFail: true),
                LambdaFunctions.Overload([ArrayParameter.OfT, Step, S], types => types[2], _ => Reduce),
            ]),
    ];

    private static FunctionInfo Info(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "lambda", description, example) { Aliases = aliases };

    private static Column Reduce(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        using var items = new ListItems(arguments[0], context.Pool);
        using var states = Fold(context, items, arguments[1].Retain(), firstStep: 0);
        if (context.Lambdas.Length == 1)
        {
            return states.Retain();
        }

        // The result of a NULL array is NULL, whatever the lambda makes of the state.
        using var rows = new RowIndexes(rowCount, context.Pool);
        using var places = RowIndexes.Repeat(-1, rowCount, context.Pool);
        var count = 0;
        for (var row = 0; row < rowCount; row++)
        {
            if (!items.Lists.IsNull(row))
            {
                places.Span[row] = count;
                rows.Span[count++] = row;
            }
        }

        using var folded = states.Take(rows.Span[..count], context.Pool);
        using var results = context.Lambdas[1].Invoke([folded], rows.Span[..count]);
        return results.Take(places.Span, context.Pool);
    }

    private static unsafe Column ReduceFromFirst(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        using var items = new ListItems(arguments[0], context.Pool);
        using var first = RowIndexes.Repeat(-1, rowCount, context.Pool);
        for (var row = 0; row < rowCount; row++)
        {
            if (items.CountOf(row) > 0)
            {
                first.Span[row] = items.Offsets[row];
            }
            else if (!items.Lists.IsNull(row))
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, "list_reduce of an empty array: {}", context.Span, "Give a third argument to start from.");
            }
        }

        return Fold(context, items, items.Values.Take(first.Span, context.Pool), firstStep: 1);
    }

    /// <summary>The state of each row after its last item; NULL for NULL arrays. Takes the states over.</summary>
    private static unsafe Column Fold(in KernelContext context, ListItems items, Column states, int firstStep)
    {
        using var finished = ColumnBuilder.Create(states.Type, context.Pool);
        using var places = RowIndexes.Repeat(-1, items.Lists.Length, context.Pool);
        var rows = Enumerable.Range(0, items.Lists.Length).Where(row => !items.Lists.IsNull(row)).ToArray();
        states = Replace(states, rows, context.Pool);
        for (var step = firstStep; rows.Length > 0; step++)
        {
            var (open, done) = (new List<int>(), new List<int>());
            for (var i = 0; i < rows.Length; i++)
            {
                (items.CountOf(rows[i]) > step ? open : done).Add(i);
            }

            if (done.Count > 0)
            {
                for (var i = 0; i < done.Count; i++)
                {
                    places.Span[rows[done[i]]] = finished.Count + i;
                }

                finished.Append(states, done.ToArray());
                states = Replace(states, open.ToArray(), context.Pool);
                rows = [.. open.Select(i => rows[i])];
            }

            if (rows.Length > 0)
            {
                var at = rows.Select(row => items.Offsets[row] + step).ToArray();
                using var values = items.Values.Take(at, context.Pool);
                using var before = states;
                states = context.Lambdas[0].Invoke([before, values], rows);
            }
        }

        states.Dispose();
        using var all = finished.Finish();
        return all.Take(places.Span, context.Pool);
    }

    private static Column Replace(Column column, int[] rows, MemoryPool pool)
    {
        using var before = column;
        return before.Take(rows, pool);
    }
}
