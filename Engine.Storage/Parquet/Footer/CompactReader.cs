namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads Thrift's compact protocol. Every length is held against the bytes that are left; whatever does not fit is an <see cref="InvalidDataException"/>.</summary>
/// <param name="bytes">The data, which may go on behind what is to be read.</param>
/// <param name="position">Where in it to begin.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes, int position = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where in the bytes the next value begins.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The next field of a struct; false at its end.</summary>
    /// <param name="id">The last field's id, 0 before the first; becomes this one's.</param>
    /// <param name="type">What follows. Booleans are wholly in the type.</param>
    public bool NextField(ref int id, out CompactType type)
    {
        var head = ReadByte();
        type = (CompactType)(head & 15);
        if (head == 0)
        {
            return false;
        }

        if (type is CompactType.Stop or > CompactType.Uuid)
        {
            throw CompactError.UnknownType(type);
        }

        id = head >> 4 == 0 ? (short)ReadInt64() : id + (head >> 4);
        return true;
    }

    /// <summary>The head of a list or set.</summary>
    public int ReadListHead(out CompactType element)
    {
        var head = ReadByte();
        element = (CompactType)(head & 15);
        var count = head >> 4 == 15 ? ReadVarint() : (ulong)(head >> 4);

        // Every element takes a byte at least, so that a count is never larger than what is left.
        // An empty one may leave the type of its elements out.
        return count <= (ulong)(_bytes.Length - Position) && (count == 0 || element is not CompactType.Stop and <= CompactType.Uuid)
            ? (int)count
            : throw CompactError.TooManyElements(count);
    }

    /// <summary>The head of a map, whose entries are a key and a value each.</summary>
    public int ReadMapHead(out CompactType key, out CompactType value)
    {
        (key, value) = (CompactType.Stop, CompactType.Stop);
        var count = ReadVarint();
        if (count == 0)
        {
            return 0;
        }

        var types = ReadByte();
        (key, value) = ((CompactType)(types >> 4), (CompactType)(types & 15));
        return count <= (ulong)(_bytes.Length - Position)
            && key is not CompactType.Stop and <= CompactType.Uuid && value is not CompactType.Stop and <= CompactType.Uuid
            ? (int)count
            : throw CompactError.TooManyEntries(count);
    }

    public long ReadInt64()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int ReadInt32()
    {
        var value = ReadInt64();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw CompactError.NotInt32(value);
    }

    public ReadOnlySpan<byte> ReadBinary()
    {
        var length = ReadVarint();
        return length <= (ulong)(_bytes.Length - Position)
            ? Take((int)length)
            : throw CompactError.TooLong(length);
    }

    public string ReadString() => System.Text.Encoding.UTF8.GetString(ReadBinary());

    public int ReadInt8() => (sbyte)ReadByte();

    /// <summary>What has been read from a position on.</summary>
    public readonly ReadOnlySpan<byte> Since(int position) => _bytes[position..Position];

    /// <summary>Passes over a value.</summary>
    public void Skip(CompactType type) => Position = CompactSkip.Field(_bytes, Position, type);

    /// <summary>Passes over an element of a list.</summary>
    public void SkipElement(CompactType type) => Position = CompactSkip.Element(_bytes, Position, type);

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = ReadByte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number takes more than ten bytes");
    }

    private byte ReadByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position)
        {
            throw CompactError.End();
        }

        Position += count;
        return _bytes.Slice(Position - count, count);
    }
}
