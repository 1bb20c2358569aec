using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Truth, bits, collections, winners and estimates.</summary>
internal static unsafe class FurtherAggregates
{
    public static readonly ImmutableArray<AggregateFunction> All =
    [
        new(Info("bool_and(condition)", "Whether all values are true.", "bool_and(x) FROM (VALUES (true), (false)) t(x) = false", "every"), [Truth(-1)]) { IgnoresDistinct = true },
        new(Info("bool_or(condition)", "Whether any value is true.", "bool_or(x) FROM (VALUES (true), (false)) t(x) = true"), [Truth(1)]) { IgnoresDistinct = true },
        new(Info("count_if(condition)", "Rows in which the condition is true.", "count_if(x > 1) FROM (VALUES (1), (2)) t(x) = 1"), [new([DataType.Boolean], _ => DataType.BigInt, _ => [DataType.BigInt], (_, pool) => new CountIfAccumulator(pool))]) { IsZeroOfNone = true },
        new(Info("bit_and(value)", "Bits set in all values.", "bit_and(x) FROM (VALUES (6), (3)) t(x) = 2"), [.. Bits((left, right) => left & right, -1)]) { IgnoresDistinct = true },
        new(Info("bit_or(value)", "Bits set in any value.", "bit_or(x) FROM (VALUES (6), (3)) t(x) = 7"), [.. Bits((left, right) => left | right, 0)]) { IgnoresDistinct = true },
        new(Info("bit_xor(value)", "Bits set in an odd number of values.", "bit_xor(x) FROM (VALUES (6), (3)) t(x) = 5"), [.. Bits((left, right) => left ^ right, 0)]),
        new(Info("max_by(value, key, count)", "The first argument where the second is greatest.", "max_by(x, y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y) = 'b'", "arg_max"), [By(1), CollectedAggregates.FirstBy(1)]) { IgnoresDistinct = true },
        new(Info("min_by(value, key, count)", "The first argument where the second is least.", "min_by(x, y) FROM (VALUES ('a', 1), ('b', 2)) t(x, y) = 'a'", "arg_min"), [By(-1), CollectedAggregates.FirstBy(-1)]) { IgnoresDistinct = true },
        new(
            Info("array_agg(value)", "All values, NULLs among them, as an array.", "array_agg(x ORDER BY x) FROM (VALUES (2), (1)) t(x) = ARRAY[1, 2]", "list"),
            [new([AnyParameter.T], types => DataType.Array(types[0]), CollectAccumulator.StateOf, (binding, pool) =>
                new CollectAccumulator(binding.ArgumentTypes, binding.ResultType, skipsNulls: false, WriteArray, pool))])
        {
            DependsOnOrder = true,
        },
        new(
            Info("string_agg(text, separator)", "All texts that are not NULL, with a separator between them.", "string_agg(x, ',' ORDER BY x) FROM (VALUES ('b'), ('a')) t(x) = 'a,b'", "listagg"),
            [Joined([DataType.Varchar, DataType.Varchar]), Joined([DataType.Varchar])])
        {
            DependsOnOrder = true,
        },
        new(
            Info("median(value)", "The middle value; between two of them their mean.", "median(x) FROM (VALUES (1), (2)) t(x) = 1.5"),
            [new([DataType.Double], _ => DataType.Double, CollectAccumulator.StateOf, (binding, pool) =>
                new CollectAccumulator(binding.ArgumentTypes, DataType.Double, skipsNulls: true, WriteMedian, pool))]),
        new(
            Info("approx_distinct(value)", "About how many different values there are; the standard error is 2.3 %.", "approx_distinct(x) FROM (VALUES (1), (2), (1)) t(x) = 2", "approx_count_distinct"),
            [new([AnyParameter.T], _ => DataType.BigInt, _ => [DataType.Varbinary], (_, pool) => new DistinctEstimate(pool))])
        {
            IgnoresDistinct = true,
            IsZeroOfNone = true,
        },
    ];

    private static FunctionInfo Info(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "aggregate", description, example) { Aliases = aliases };

    /// <summary>False is the least truth value: all are true when the least is.</summary>
    private static AggregateOverload Truth(int sign) =>
        new([DataType.Boolean], _ => DataType.Boolean, _ => [DataType.Boolean], (_, pool) => new WinnerAccumulator([DataType.Boolean], sign, pool));

    private static IEnumerable<AggregateOverload> Bits(Func<long, long, long> combine, long initial) =>
    [
        new([DataType.Integer], _ => DataType.Integer, _ => [DataType.Integer], (_, pool) => new BitAccumulator<int>(DataType.Integer, combine, initial, pool)),
        new([DataType.BigInt], _ => DataType.BigInt, _ => [DataType.BigInt], (_, pool) => new BitAccumulator<long>(DataType.BigInt, combine, initial, pool)),
    ];

    private static AggregateOverload By(int sign) => new(
        [new AnyParameter("V"), new AnyParameter("K")],
        types => types[0],
        types => [types[0], types[1]],
        (binding, pool) => new WinnerAccumulator(binding.ArgumentTypes, sign, pool));

    private static AggregateOverload Joined(ImmutableArray<ParameterType> parameters) => new(
        parameters,
        _ => DataType.Varchar,
        CollectAccumulator.StateOf,
        (binding, pool) => new CollectAccumulator(binding.ArgumentTypes, DataType.Varchar, skipsNulls: true, WriteJoined, pool));

    private static void WriteArray(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        var list = (ListBuilder)result;
        list.Items.AppendFlat(columns[0], rows);
        list.EndRow();
    }

    private static void WriteJoined(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        var writer = new ByteWriter();
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (i > 0 && columns.Length > 1 && !columns[1].IsNull(row))
            {
                writer.Add(((TextColumn)columns[1]).Bytes(row));
            }

            writer.Add(((TextColumn)columns[0]).Bytes(row));
        }

        ((TextBuilder)result).Append(writer.Written);
    }

    private static void WriteMedian(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        var all = ((FixedColumn)columns[0]).Values<double>();
        var values = new double[rows.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = all[rows[i]];
        }

        values.AsSpan().Sort(ValueComparison.Order);
        var middle = values.Length / 2;
        ((FixedBuilder<double>)result).Append(values.Length % 2 == 1 ? values[middle] : values[middle - 1] + ((values[middle] - values[middle - 1]) / 2));
    }
}

/// <summary>count_if.</summary>
internal sealed unsafe class CountIfAccumulator(MemoryPool pool) : GroupedAccumulator
{
    private readonly GroupStates<long> _counts = new(pool);

    public override void Resize(int groupCount) => _counts.Resize(groupCount, 0);

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = (BooleanColumn)arguments[0];
        for (var row = 0; row < groups.Length; row++)
        {
            _counts.Pointer[groups[row]] += !values.IsNull(row) && values[row] ? 1 : 0;
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)states[0]).Pointer<long>();
        for (var row = 0; row < groups.Length; row++)
        {
            _counts.Pointer[groups[row]] += values[row];
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) => [GetResult(firstGroup, groupCount)];

    public override Column GetResult(int firstGroup, int groupCount) => new FixedColumn(DataType.BigInt, groupCount, _counts.Copy(firstGroup, groupCount), default);

    public override void Dispose() => _counts.Dispose();
}

/// <summary>bit_and, bit_or and bit_xor.</summary>
internal sealed unsafe class BitAccumulator<T>(DataType type, Func<long, long, long> combine, long initial, MemoryPool pool) : GroupedAccumulator
    where T : unmanaged, System.Numerics.IBinaryInteger<T>
{
    private readonly GroupStates<long> _values = new(pool);
    private readonly GroupStates<byte> _isKnown = new(pool);

    public override void Resize(int groupCount)
    {
        _values.Resize(groupCount, initial);
        _isKnown.Resize(groupCount, 0);
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)arguments[0]).Pointer<T>();
        for (var row = 0; row < groups.Length; row++)
        {
            if (!arguments[0].IsNull(row))
            {
                var state = _values.Pointer + groups[row];
                *state = combine(*state, long.CreateTruncating(values[row]));
                _isKnown.Pointer[groups[row]] = 1;
            }
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups) => Update(states, groups);

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) => [GetResult(firstGroup, groupCount)];

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = new FixedBuilder<T>(type, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            builder.Append(T.CreateTruncating(_values.Pointer[group]));
            if (_isKnown.Pointer[group] == 0)
            {
                builder.MakeLastNull();
            }
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        _values.Dispose();
        _isKnown.Dispose();
    }
}
