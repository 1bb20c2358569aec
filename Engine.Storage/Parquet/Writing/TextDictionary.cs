using System.Runtime.CompilerServices;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Byte strings, found by hash, length and bytes.</summary>
internal sealed unsafe class TextDictionary(bool isText, MemoryPool pool) : ValueDictionary
{
    private readonly TextBuffer _entries = new(isText, pool);
    private readonly GrowingBuffer _places = new(pool, "parquet dictionary entries");
    private readonly IdTable _table = new(pool);

    public override ValueBuffer Entries => _entries;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryEncode(ValueBuffer values, Span<int> ids, long maxBytes)
    {
        var texts = (TextBuffer)values;
        var lengths = texts.Lengths;
        var from = texts.Bytes;
        for (var i = 0; i < lengths.Length; i++)
        {
            var value = new ReadOnlySpan<byte>(from, lengths[i]);
            from += lengths[i];
            if (i > 0 && Continues(value, ids[i - 1]))
            {
                ids[i] = ids[i - 1];
                continue;
            }

            if (_table.IsFull(_entries.Count + 1))
            {
                Grow();
            }

            var hash = XxHash64.Hash(value);
            var slot = FindSlot(value, hash);
            var id = _table.Slots[slot];
            if (id < 0)
            {
                id = _entries.Count;
                Add(value, hash);
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
        _places.Dispose();
        _table.Dispose();
    }

    /// <summary>Whether a value is the one before it again, as in sorted and grouped data.</summary>
    private bool Continues(ReadOnlySpan<byte> value, int id)
    {
        var place = (Place*)_places.Pointer + id;
        return place->Length == value.Length && value.SequenceEqual(new ReadOnlySpan<byte>(_entries.Bytes + place->Offset, place->Length));
    }

    private int FindSlot(ReadOnlySpan<byte> value, ulong hash)
    {
        var places = (Place*)_places.Pointer;
        var slot = (int)(hash >> _table.Shift);
        for (; _table.Slots[slot] >= 0; slot = (slot + 1) & _table.Mask)
        {
            var place = places + _table.Slots[slot];
            if (place->Hash == hash && value.SequenceEqual(new ReadOnlySpan<byte>(_entries.Bytes + place->Offset, place->Length)))
            {
                break;
            }
        }

        return slot;
    }

    private void Add(ReadOnlySpan<byte> value, ulong hash)
    {
        var count = _entries.Count;
        var offset = (int)_entries.ByteArrayBytes!.Value;
        _places.Ensure((count + 1L) * sizeof(Place), count * (long)sizeof(Place));
        ((Place*)_places.Pointer)[count] = new Place(hash, offset, value.Length);
        _entries.Append(value);
    }

    private void Grow()
    {
        _table.Grow();
        for (var id = 0; id < _entries.Count; id++)
        {
            var slot = (int)(((Place*)_places.Pointer)[id].Hash >> _table.Shift);
            while (_table.Slots[slot] >= 0)
            {
                slot = (slot + 1) & _table.Mask;
            }

            _table.Slots[slot] = id;
        }
    }

    /// <summary>Where an entry lies among the bytes, and its hash.</summary>
    private readonly record struct Place(ulong Hash, int Offset, int Length);
}
