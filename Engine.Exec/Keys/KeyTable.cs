using System.Runtime.CompilerServices;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;

namespace Engine.Exec.Keys;

/// <summary>
/// Numbers distinct keys from 0: a hash table with linear probing over group numbers, and the keys themselves beside it in group order. Keys of at
/// most 16 bytes are compared as two words, longer ones in an arena.
/// </summary>
public sealed unsafe class KeyTable : IDisposable
{
    private const int MinSlots = 1024;
    private const int ArenaBytes = 1 << 20;

    private readonly MemoryPool _pool;
    private readonly bool _isPacked;
    private readonly GrowingBuffer _hashes;
    private readonly GrowingBuffer _keys;
    private readonly List<NativeBuffer> _arenas = [];
    private NativeBuffer _slots;
    private int _mask;
    private byte* _free;
    private long _freeBytes;

    /// <param name="fixedWidth">Bytes of every key, or 0 when they differ.</param>
    /// <param name="pool">What the table's memory is accounted to.</param>
    public KeyTable(int fixedWidth, MemoryPool pool)
    {
        _pool = pool;
        _isPacked = fixedWidth is > 0 and <= 16;
        _hashes = new GrowingBuffer(pool, "key hashes");
        _keys = new GrowingBuffer(pool, "keys");
        _slots = NewSlots(MinSlots);
        _mask = MinSlots - 1;
    }

    /// <summary>Distinct keys so far.</summary>
    public int Count { get; private set; }

    /// <summary>The hash of each key, by number.</summary>
    public ReadOnlySpan<ulong> Hashes => new(_hashes.Pointer, Count);

    /// <summary>The number of each row's key. New keys are added; the rows that brought them are listed.</summary>
    public void FindOrAdd(in EncodedKeys keys, Span<int> groups, List<int> newRows)
    {
        for (var row = 0; row < keys.Count; row++)
        {
            var entry = KeyOf(keys, row);
            var slot = Probe(entry, out var group);
            if (group < 0)
            {
                group = Add(entry, slot);
                newRows.Add(row);
            }

            groups[row] = group;
        }
    }

    /// <summary>The number of each row's key, -1 where the table does not have it.</summary>
    public void Find(in EncodedKeys keys, Span<int> groups)
    {
        for (var row = 0; row < keys.Count; row++)
        {
            Probe(KeyOf(keys, row), out groups[row]);
        }
    }

    public void Dispose()
    {
        _hashes.Dispose();
        _keys.Dispose();
        _slots.Release();
        foreach (var arena in _arenas)
        {
            arena.Release();
        }
    }

    /// <summary>A key on its way through the table: the words of a packed key, or where its bytes are.</summary>
    private readonly ref struct Key(ulong hash, ulong low, ulong high, byte* bytes)
    {
        public readonly ulong Hash = hash;
        public readonly ulong Low = low;
        public readonly ulong High = high;
        public readonly byte* Bytes = bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Key KeyOf(in EncodedKeys keys, int row)
    {
        var bytes = keys.Pointer(row);
        if (_isPacked)
        {
            var low = KeyHash.Tail(bytes, Math.Min(keys.Width, 8));
            var high = keys.Width > 8 ? KeyHash.Tail(bytes + 8, keys.Width - 8) : 0;
            return new Key(KeyHash.Of(low, high), low, high, null);
        }

        var length = keys.Length(row);
        return new Key(KeyHash.Of(bytes, length), (ulong)length, 0, bytes);
    }

    /// <returns>The slot where the key is or belongs.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Probe(in Key key, out int group)
    {
        var slots = (int*)_slots.Pointer;
        var hashes = (ulong*)_hashes.Pointer;
        for (var slot = (int)key.Hash & _mask; ; slot = (slot + 1) & _mask)
        {
            group = slots[slot] - 1;
            if (group < 0 || (hashes[group] == key.Hash && IsEqual(key, group)))
            {
                return slot;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsEqual(in Key key, int group)
    {
        var stored = (ulong*)_keys.Pointer + (group * 2L);
        if (_isPacked)
        {
            return stored[0] == key.Low && stored[1] == key.High;
        }

        // The second word is the length, the first where the bytes are.
        return stored[1] == key.Low && new ReadOnlySpan<byte>((byte*)stored[0], (int)key.Low).SequenceEqual(new ReadOnlySpan<byte>(key.Bytes, (int)key.Low));
    }

    private int Add(in Key key, int slot)
    {
        var group = Count++;
        _hashes.Ensure(Count * 8L, group * 8L);
        _keys.Ensure(Count * 16L, group * 16L);
        ((ulong*)_hashes.Pointer)[group] = key.Hash;
        var stored = (ulong*)_keys.Pointer + (group * 2L);
        stored[0] = _isPacked ? key.Low : (ulong)Store(key.Bytes, (int)key.Low);
        stored[1] = _isPacked ? key.High : key.Low;
        ((int*)_slots.Pointer)[slot] = group + 1;
        if (Count * 2L > _mask)
        {
            Grow();
        }

        return group;
    }

    private byte* Store(byte* bytes, int length)
    {
        if (length > _freeBytes)
        {
            var arena = _pool.Allocate(Math.Max(length, ArenaBytes - NativeBuffer.Padding), "key arena");
            _arenas.Add(arena);
            _free = arena.Pointer;
            _freeBytes = arena.Length;
        }

        var target = _free;
        Buffer.MemoryCopy(bytes, target, length, length);
        _free += length;
        _freeBytes -= length;
        return target;
    }

    private void Grow()
    {
        var count = checked((_mask + 1) * 2);
        var larger = NewSlots(count);
        _mask = count - 1;
        var slots = (int*)larger.Pointer;
        var hashes = (ulong*)_hashes.Pointer;
        for (var group = 0; group < Count; group++)
        {
            var slot = (int)hashes[group] & _mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & _mask;
            }

            slots[slot] = group + 1;
        }

        _slots.Release();
        _slots = larger;
    }

    private NativeBuffer NewSlots(int count) => _pool.AllocateCleared(count * 4L, "key slots");
}
