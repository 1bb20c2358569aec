using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Numbers are the same when their bits are, so that zeros of both signs and every NaN keep theirs.</summary>
internal sealed unsafe class NumberDictionary<T>(MemoryPool pool) : ValueDictionary
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly NumberBuffer<T> _entries = new(pool);
    private readonly IdTable _table = new(pool);

    public override ValueBuffer Entries => _entries;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryEncode(ValueBuffer values, Span<int> ids, long maxBytes)
    {
        var numbers = ((NumberBuffer<T>)values).Values;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (_table.IsFull(_entries.Count + 1))
            {
                Grow();
            }

            var slot = FindSlot(numbers[i]);
            var id = _table.Slots[slot];
            if (id < 0)
            {
                id = _entries.Count;
                _entries.Append(numbers[i]);
                _table.Slots[slot] = id;
                if (_entries.PlainBytes > maxBytes)
                {
                    return false;
                }
            }

            ids[i] = id;
        }

        return true;
    }

    public override void Dispose()
    {
        _entries.Dispose();
        _table.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(T value) => sizeof(T) == sizeof(ulong) ? Unsafe.BitCast<T, ulong>(value) : Unsafe.BitCast<T, uint>(value);

    /// <summary>The slot of a value, or the empty one where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindSlot(T value)
    {
        var bits = Bits(value);
        var slots = _table.Slots;
        var entries = _entries.Values;
        var slot = (int)((bits * Spread) >> _table.Shift);
        while (slots[slot] >= 0 && Bits(entries[slots[slot]]) != bits)
        {
            slot = (slot + 1) & _table.Mask;
        }

        return slot;
    }

    private void Grow()
    {
        _table.Grow();
        var entries = _entries.Values;
        for (var id = 0; id < entries.Length; id++)
        {
            _table.Slots[FindSlot(entries[id])] = id;
        }
    }
}
