namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads Thrift's compact protocol. Every length is held against the bytes that are left; whatever does not fit is an <see cref="InvalidDataException"/>.</summary>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

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
            throw new InvalidDataException($"unknown Thrift type {head & 15}");
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
            : throw new InvalidDataException($"a Thrift list of {count} elements does not fit");
    }

    public long ReadInt64()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int ReadInt32()
    {
        var value = ReadInt64();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new InvalidDataException($"{value} is not a 32-bit number");
    }

    public ReadOnlySpan<byte> ReadBinary()
    {
        var length = ReadVarint();
        return length <= (ulong)(_bytes.Length - Position)
            ? Take((int)length)
            : throw new InvalidDataException($"a Thrift string of {length} bytes does not fit");
    }

    public string ReadString() => System.Text.Encoding.UTF8.GetString(ReadBinary());

    public int ReadInt8() => (sbyte)ReadByte();

    /// <summary>Passes over a value.</summary>
    public void Skip(CompactType type) => Skip(type, isElement: false, MaxDepth);

    /// <summary>Passes over an element of a list.</summary>
    public void SkipElement(CompactType type) => Skip(type, isElement: true, MaxDepth);

    private void Skip(CompactType type, bool isElement, int depth)
    {
        if (depth == 0)
        {
            throw new InvalidDataException("Thrift values are nested too deeply");
        }

        switch (type)
        {
            case CompactType.True or CompactType.False:
                Take(isElement ? 1 : 0);
                break;
            case CompactType.Byte:
                Take(1);
                break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64:
                ReadVarint();
                break;
            case CompactType.Double:
                Take(8);
                break;
            case CompactType.Uuid:
                Take(16);
                break;
            case CompactType.Binary:
                ReadBinary();
                break;
            case CompactType.List or CompactType.Set:
                for (var left = ReadListHead(out var element); left > 0; left--)
                {
                    Skip(element, isElement: true, depth - 1);
                }

                break;
            case CompactType.Map:
                SkipMap(depth);
                break;
            default:
                var id = 0;
                while (NextField(ref id, out var field))
                {
                    Skip(field, isElement: false, depth - 1);
                }

                break;
        }
    }

    private void SkipMap(int depth)
    {
        var count = ReadVarint();
        if (count == 0)
        {
            return;
        }

        var types = ReadByte();
        if (count > (ulong)(_bytes.Length - Position) || types >> 4 is 0 or > (int)CompactType.Uuid || (types & 15) is 0 or > (int)CompactType.Uuid)
        {
            throw new InvalidDataException($"a Thrift map of {count} entries does not fit");
        }

        for (; count > 0; count--)
        {
            Skip((CompactType)(types >> 4), isElement: true, depth - 1);
            Skip((CompactType)(types & 15), isElement: true, depth - 1);
        }
    }

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
            throw new EndOfStreamException("the Thrift data ends early");
        }

        Position += count;
        return _bytes.Slice(Position - count, count);
    }
}
