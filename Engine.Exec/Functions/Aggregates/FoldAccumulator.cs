using System.Collections.Immutable;
using System.IO.Hashing;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Folds one number a row into one a group, in any order: product and checksum.</summary>
/// <typeparam name="T">The state, stored as <paramref name="stateType"/>.</typeparam>
/// <param name="stateType">Of the partial results.</param>
/// <param name="initial">The state of no rows.</param>
/// <param name="read">The number of a row; null to leave it out.</param>
/// <param name="combine">Two states together.</param>
/// <param name="finish">Appends a result; NULL stands for groups without rows.</param>
/// <param name="resultType">Of the results.</param>
/// <param name="pool">What the states are accounted to.</param>
internal sealed unsafe class FoldAccumulator<T>(
    DataType stateType, T initial, Func<Column, int, T?> read, Func<T, T, T> combine, Action<T, ColumnBuilder> finish, DataType resultType, MemoryPool pool) : GroupedAccumulator
    where T : unmanaged
{
    private readonly GroupStates<T> _values = new(pool);
    private readonly GroupStates<byte> _isKnown = new(pool);

    public override void Resize(int groupCount)
    {
        _values.Resize(groupCount, initial);
        _isKnown.Resize(groupCount, 0);
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        for (var row = 0; row < groups.Length; row++)
        {
            if (read(arguments[0], row) is { } value)
            {
                Add(groups[row], value);
            }
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        for (var row = 0; row < groups.Length; row++)
        {
            if (!states[0].IsNull(row))
            {
                Add(groups[row], ((FixedColumn)states[0]).Pointer<T>()[row]);
            }
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) =>
        [Build(stateType, firstGroup, groupCount, (value, builder) => ((FixedBuilder<T>)builder).Append(value))];

    public override Column GetResult(int firstGroup, int groupCount) => Build(resultType, firstGroup, groupCount, finish);

    public override void Dispose()
    {
        _values.Dispose();
        _isKnown.Dispose();
    }

    private void Add(int group, T value)
    {
        _values.Pointer[group] = combine(_values.Pointer[group], value);
        _isKnown.Pointer[group] = 1;
    }

    private Column Build(DataType type, int firstGroup, int groupCount, Action<T, ColumnBuilder> append)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            if (_isKnown.Pointer[group] == 0)
            {
                builder.AppendNull();
            }
            else
            {
                append(_values.Pointer[group], builder);
            }
        }

        return builder.Finish();
    }
}

/// <summary>Aggregates that fold one number a row.</summary>
internal static unsafe class FoldAggregates
{
    public static readonly ImmutableArray<AggregateFunction> All =
    [
        new(
            new FunctionInfo("product(value)", "aggregate", "The product of the values that are not NULL.", "product(x) FROM (VALUES (2), (3), (NULL)) t(x) = 6"),
            [new([DataType.Double], _ => DataType.Double, _ => [DataType.Double], (_, pool) => new FoldAccumulator<double>(
                DataType.Double,
                1,
                (column, row) => column.IsNull(row) ? null : ((FixedColumn)column).Pointer<double>()[row],
                (left, right) => left * right,
                (value, builder) => ((FixedBuilder<double>)builder).Append(value),
                DataType.Double,
                pool))]),
        new(
            new FunctionInfo("checksum(value)", "aggregate", "Eight bytes that are equal for equal values in whatever order; NULLs count.", "octet_length(checksum(x)) FROM (VALUES (1), (2)) t(x) = 8"),
            [new([AnyParameter.T], _ => DataType.Varbinary, _ => [DataType.BigInt], (_, pool) => new FoldAccumulator<long>(
                DataType.BigInt,
                0,
                (column, row) => HashOf(column, row),
                (left, right) => left + right,
                WriteBytes,
                DataType.Varbinary,
                pool))]),
    ];

    private static long HashOf(Column column, int row)
    {
        var writer = new ByteWriter();
        return ColumnText.TryWrite(column, row, writer) ? (long)XxHash3.HashToUInt64(writer.Written) : unchecked((long)0x9E3779B185EBCA87);
    }

    private static void WriteBytes(long value, ColumnBuilder builder)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        ((TextBuilder)builder).Append(bytes);
    }
}
