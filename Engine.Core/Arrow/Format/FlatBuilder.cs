using System.Buffers.Binary;
using System.Text;

namespace Engine.Core.Arrow.Format;

/// <summary>
/// Writes FlatBuffers. What is pointed to is written before what points to it, and the bytes grow towards their start, so that all offsets point
/// forward as the format wants; a place is named by its distance from the end.
/// </summary>
internal sealed class FlatBuilder
{
    private byte[] _bytes = new byte[1024];
    private int _length;
    private int _alignment = 1;
    private int[] _slots = [];
    private int _tableStart;

    /// <summary>Ends the buffer; the bytes are whole multiples of 8.</summary>
    public ReadOnlySpan<byte> Finish(int root)
    {
        Align(Math.Max(_alignment, 8), sizeof(int));
        PutOffset(root);
        return _bytes.AsSpan(_bytes.Length - _length);
    }

    public int Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Align(sizeof(int), bytes.Length + 1);
        Grow(1)[0] = 0;
        bytes.CopyTo(Grow(bytes.Length));
        PutInt32(bytes.Length);
        return _length;
    }

    /// <summary>A vector of offsets to things written before.</summary>
    public int Offsets(ReadOnlySpan<int> targets)
    {
        Align(sizeof(int), targets.Length * sizeof(int));
        for (var i = targets.Length - 1; i >= 0; i--)
        {
            PutOffset(targets[i]);
        }

        PutInt32(targets.Length);
        return _length;
    }

    /// <summary>A vector of numbers or structs, as their bytes, that hold 64-bit numbers.</summary>
    public int Structs(ReadOnlySpan<byte> bytes, int count)
    {
        Align(sizeof(long), bytes.Length);
        bytes.CopyTo(Grow(bytes.Length));
        PutInt32(count);
        return _length;
    }

    /// <summary>Begins a table of so many slots; nothing else may be written until it ends.</summary>
    public void StartTable(int slotCount)
    {
        _slots = new int[slotCount];
        _tableStart = _length;
    }

    public void Add(int slot, bool value)
    {
        if (value)
        {
            Grow(1)[0] = 1;
            _slots[slot] = _length;
        }
    }

    public void Add(int slot, byte value)
    {
        Grow(1)[0] = value;
        _slots[slot] = _length;
    }

    public void Add(int slot, short value)
    {
        Align(sizeof(short), 0);
        BinaryPrimitives.WriteInt16LittleEndian(Grow(sizeof(short)), value);
        _slots[slot] = _length;
    }

    public void Add(int slot, int value)
    {
        Align(sizeof(int), 0);
        PutInt32(value);
        _slots[slot] = _length;
    }

    public void Add(int slot, long value)
    {
        Align(sizeof(long), 0);
        BinaryPrimitives.WriteInt64LittleEndian(Grow(sizeof(long)), value);
        _slots[slot] = _length;
    }

    /// <summary>Points to something written before; 0 leaves the field out.</summary>
    public void AddOffset(int slot, int target)
    {
        if (target != 0)
        {
            Align(sizeof(int), 0);
            PutOffset(target);
            _slots[slot] = _length;
        }
    }

    public int EndTable()
    {
        Align(sizeof(int), 0);
        PutInt32(0);
        var table = _length;
        for (var i = _slots.Length - 1; i >= 0; i--)
        {
            PutInt16(_slots[i] == 0 ? 0 : table - _slots[i]);
        }

        PutInt16(table - _tableStart);
        PutInt16((_slots.Length + 2) * sizeof(short));

        // The table begins with the way back to its vtable, which lies before it.
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_bytes.Length - table), _length - table);
        return table;
    }

    private void PutOffset(int target)
    {
        var place = _length + sizeof(int);
        PutInt32(place - target);
    }

    private void PutInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Grow(sizeof(int)), value);

    private void PutInt16(int value) => BinaryPrimitives.WriteInt16LittleEndian(Grow(sizeof(short)), checked((short)value));

    /// <summary>Pads so that what is written once <paramref name="before"/> more bytes are there lies aligned.</summary>
    private void Align(int alignment, int before)
    {
        _alignment = Math.Max(_alignment, alignment);
        Grow(-(_length + before) & (alignment - 1)).Clear();
    }

    private Span<byte> Grow(int count)
    {
        if (_length + count > _bytes.Length)
        {
            var larger = new byte[Math.Max(_bytes.Length * 2, _length + count)];
            _bytes.AsSpan(_bytes.Length - _length).CopyTo(larger.AsSpan(larger.Length - _length));
            _bytes = larger;
        }

        _length += count;
        return _bytes.AsSpan(_bytes.Length - _length, count);
    }
}
