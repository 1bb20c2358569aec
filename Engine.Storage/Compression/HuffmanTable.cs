namespace Engine.Storage.Compression;

/// <summary>Decodes canonical Huffman codes of up to 15 bits: one look-up for short codes, two for long ones.</summary>
internal sealed class HuffmanTable(int primaryBits)
{
    public const int MaxLength = 15;

    /// <summary>In the low byte of an entry: the symbol lies in the second-level table at the entry's value.</summary>
    private const uint Deeper = 0x80;

    private readonly int _secondLength = 1 << (MaxLength - primaryBits);
    private uint[] _entries = new uint[1 << primaryBits];

    /// <summary>Builds the table; false when the lengths are no proper code.</summary>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Span<int> counts = stackalloc int[MaxLength + 1];
        counts.Clear();
        foreach (var length in lengths)
        {
            counts[length]++;
        }

        Span<int> next = stackalloc int[MaxLength + 1];
        var code = 0;
        var left = 1;
        counts[0] = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            code = (code + counts[length - 1]) << 1;
            next[length] = code;
            left = (left << 1) - counts[length];
            if (left < 0)
            {
                return false;
            }
        }

        // A code of one symbol (or none) may leave the rest of the space unused.
        if (left > 0 && lengths.Length - lengths.Count((byte)0) > 1)
        {
            return false;
        }

        _entries.AsSpan().Clear();
        var used = 1 << primaryBits;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            if (length > 0)
            {
                Add(symbol, Reverse(next[length]++, length), length, ref used);
            }
        }

        return true;
    }

    /// <summary>The symbol at the start of the bits and the length of its code; length 0 for bits that are no code.</summary>
    public int Decode(ulong bits, out int length)
    {
        var entries = _entries;
        var entry = entries[(int)bits & ((1 << primaryBits) - 1)];
        if ((entry & Deeper) != 0)
        {
            entry = entries[(int)(entry >> 8) + ((int)(bits >> primaryBits) & (_secondLength - 1))];
        }

        length = (int)(entry & 0x7F);
        return (int)(entry >> 8);
    }

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return reversed;
    }

    private void Add(int symbol, int reversed, int length, ref int used)
    {
        var entry = ((uint)symbol << 8) | (uint)length;
        if (length <= primaryBits)
        {
            for (var i = reversed; i < 1 << primaryBits; i += 1 << length)
            {
                _entries[i] = entry;
            }

            return;
        }

        var prefix = reversed & ((1 << primaryBits) - 1);
        if (_entries[prefix] == 0)
        {
            if (used + _secondLength > _entries.Length)
            {
                Array.Resize(ref _entries, _entries.Length * 2);
            }

            _entries.AsSpan(used, _secondLength).Clear();
            _entries[prefix] = ((uint)used << 8) | Deeper;
            used += _secondLength;
        }

        var second = (int)(_entries[prefix] >> 8);
        for (var i = reversed >> primaryBits; i < _secondLength; i += 1 << (length - primaryBits))
        {
            _entries[second + i] = entry;
        }
    }
}
