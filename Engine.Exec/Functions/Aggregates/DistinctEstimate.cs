using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Keys;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>approx_distinct: HyperLogLog over 64-bit hashes with 2048 registers a group; the standard error is 2.3 %.</summary>
internal sealed unsafe class DistinctEstimate(MemoryPool pool) : GroupedAccumulator
{
    private const int RegisterBits = 11;
    private const int Registers = 1 << RegisterBits;

    private readonly GroupStates<byte> _registers = new(pool);

    public override void Resize(int groupCount) => _registers.Resize(checked(groupCount * Registers), 0);

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var writer = new ByteWriter();
        for (var row = 0; row < groups.Length; row++)
        {
            if (arguments[0].IsNull(row))
            {
                continue;
            }

            var hash = Mix(HashOf(arguments[0], row, writer));
            var register = _registers.Pointer + ((long)groups[row] * Registers) + (long)(hash >> (64 - RegisterBits));
            var rank = (byte)(BitOperations.LeadingZeroCount((hash << RegisterBits) | (1UL << (RegisterBits - 1))) + 1);
            *register = Math.Max(*register, rank);
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        for (var row = 0; row < groups.Length; row++)
        {
            var other = ((TextColumn)states[0]).Bytes(row);
            var target = _registers.Pointer + ((long)groups[row] * Registers);
            for (var i = 0; i < other.Length; i++)
            {
                target[i] = Math.Max(target[i], other[i]);
            }
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount)
    {
        using var builder = new TextBuilder(DataType.Varbinary, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            builder.Append(_registers.Pointer + ((long)group * Registers), Registers);
        }

        return [builder.Finish()];
    }

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = new FixedBuilder<long>(DataType.BigInt, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            builder.Append(Estimate(new ReadOnlySpan<byte>(_registers.Pointer + ((long)group * Registers), Registers)));
        }

        return builder.Finish();
    }

    public override void Dispose() => _registers.Dispose();

    private static long Estimate(ReadOnlySpan<byte> registers)
    {
        var sum = 0.0;
        var zeros = 0;
        foreach (var rank in registers)
        {
            sum += Math.ScaleB(1, -rank);
            zeros += rank == 0 ? 1 : 0;
        }

        var estimate = 0.7213 / (1 + (1.079 / Registers)) * Registers * Registers / sum;

        // Few values leave registers empty; how many is the better measure then.
        return (long)Math.Round(estimate <= 2.5 * Registers && zeros > 0 ? Registers * Math.Log((double)Registers / zeros) : estimate);
    }

    private static ulong HashOf(Column column, int row, ByteWriter writer)
    {
        if (column is FixedColumn { Type.IsFloating: false } values)
        {
            return values.Type.ByteWidth switch
            {
                1 => KeyHash.Of((ulong)values.Pointer<sbyte>()[row], 1),
                2 => KeyHash.Of((ulong)values.Pointer<short>()[row], 1),
                4 => KeyHash.Of((ulong)values.Pointer<int>()[row], 1),
                8 => KeyHash.Of((ulong)values.Pointer<long>()[row], 1),
                _ => KeyHash.Of(((ulong*)values.Data.Pointer)[row * 2], ((ulong*)values.Data.Pointer)[(row * 2) + 1]),
            };
        }

        writer.Clear();
        ColumnText.TryWrite(column, row, writer);

        if (column.Type.IsFloating && writer.Written.SequenceEqual("-0"u8))
        {
            // -0 and 0 are one value.
            writer.Clear();
            writer.Add((byte)'0');
        }

        // The hash reads whole words: there is room for them behind the text.
        var length = writer.Length;
        writer.GetSpan(sizeof(ulong));
        fixed (byte* bytes = writer.Written)
        {
            return KeyHash.Of(bytes, length);
        }
    }

    /// <summary>Every bit of the hash has to be as good as random here (the finalizer of MurmurHash3).</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
