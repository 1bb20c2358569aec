using System.Buffers.Binary;
using System.Text;

namespace Engine.Core.Arrow.Format;

/// <summary>
/// A table inside FlatBuffers bytes that nobody has checked: every place, length and offset is, when it is used. Fields go by their slot, their
/// place in the schema's declaration; an absent one has its default. Specification: "FlatBuffers internals", flatbuffers.dev.
/// </summary>
/// <exception cref="InvalidDataException">From every member, for what points outside the bytes.</exception>
internal readonly ref struct FlatTable
{
    private const int VTableHead = 4;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _start;
    private readonly int _tableLength;
    private readonly int _vtable;
    private readonly int _vtableLength;

    private FlatTable(ReadOnlySpan<byte> bytes, long start)
    {
        _bytes = bytes;
        _start = Check(bytes, start, sizeof(int));
        _vtable = Check(bytes, start - BinaryPrimitives.ReadInt32LittleEndian(bytes[_start..]), VTableHead);
        _vtableLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[_vtable..]);
        _tableLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(_vtable + 2)..]);
        Check(bytes, _vtable, _vtableLength);
        Check(bytes, _start, _tableLength);
    }

    /// <summary>Bytes that the table lies in: no more things than that can be in it.</summary>
    public int TotalLength => _bytes.Length;

    public static FlatTable Root(ReadOnlySpan<byte> bytes) => new(bytes, BinaryPrimitives.ReadUInt32LittleEndian(bytes[Check(bytes, 0, sizeof(uint))..]));

    public bool Boolean(int slot) => Place(slot, 1) is > 0 and var place && _bytes[place] != 0;

    public byte Byte(int slot) => Place(slot, 1) is > 0 and var place ? _bytes[place] : (byte)0;

    public short Int16(int slot, short absent = 0) => Place(slot, 2) is > 0 and var place ? BinaryPrimitives.ReadInt16LittleEndian(_bytes[place..]) : absent;

    public int Int32(int slot, int absent = 0) => Place(slot, 4) is > 0 and var place ? BinaryPrimitives.ReadInt32LittleEndian(_bytes[place..]) : absent;

    public long Int64(int slot) => Place(slot, 8) is > 0 and var place ? BinaryPrimitives.ReadInt64LittleEndian(_bytes[place..]) : 0;

    public bool Has(int slot) => Place(slot, 1) > 0;

    /// <summary>The table that a field points to, which must be there.</summary>
    public FlatTable Table(int slot) => new(_bytes, Target(slot) is > 0 and var target ? target : throw new InvalidDataException("a table is missing in its metadata"));

    /// <summary>A text, or null when it is absent.</summary>
    public string? Text(int slot)
    {
        var vector = Vector(slot, 1);
        if (!vector.IsPresent)
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(vector.Bytes);
        }
        catch (ArgumentException problem)
        {
            throw new InvalidDataException("a name in its metadata is not UTF-8", problem);
        }
    }

    /// <summary>A vector of numbers or structs of so many bytes each; an absent one is empty.</summary>
    public FlatVector Vector(int slot, int elementLength)
    {
        if (Target(slot) is not (> 0 and var target))
        {
            return default;
        }

        var start = Check(_bytes, target, sizeof(uint));
        var count = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[start..]);
        Check(_bytes, start + sizeof(uint), count * (long)elementLength);
        return new FlatVector(_bytes.Slice(start + sizeof(uint), (int)count * elementLength), (int)count);
    }

    /// <summary>Tables in a vector; an absent one is empty.</summary>
    public FlatTables Tables(int slot)
    {
        var vector = Vector(slot, sizeof(uint));
        return new FlatTables(_bytes, vector.Count == 0 ? 0 : Target(slot) + sizeof(uint), vector.Count);
    }

    internal static FlatTable At(ReadOnlySpan<byte> bytes, long start) => new(bytes, start);

    private static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static int Check(ReadOnlySpan<byte> bytes, long start, long length) =>
        start >= 0 && length <= bytes.Length - start ? (int)start : throw new InvalidDataException("its metadata points outside of itself");

    /// <summary>Where a field of so many bytes lies, or 0 when it is absent.</summary>
    private int Place(int slot, int length)
    {
        var entry = VTableHead + (slot * 2);
        var offset = entry + 2 <= _vtableLength ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(_vtable + entry)..]) : 0;
        return offset == 0 ? 0
            : offset + length <= _tableLength ? _start + offset
            : throw new InvalidDataException("a field of its metadata lies outside of its table");
    }

    /// <summary>Where an offset field points to, or 0 when it is absent.</summary>
    private long Target(int slot) =>
        Place(slot, sizeof(uint)) is > 0 and var place ? place + (long)BinaryPrimitives.ReadUInt32LittleEndian(_bytes[place..]) : 0;
}

/// <summary>The elements of a vector.</summary>
internal readonly ref struct FlatVector(ReadOnlySpan<byte> bytes, int count)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Count { get; } = count;

    /// <summary>False where there is no vector at all, not even an empty one.</summary>
    public bool IsPresent { get; } = true;

    public long Int64(int byteOffset) => BinaryPrimitives.ReadInt64LittleEndian(Bytes[byteOffset..]);

    public int Int32(int byteOffset) => BinaryPrimitives.ReadInt32LittleEndian(Bytes[byteOffset..]);
}

/// <summary>The tables of a vector.</summary>
internal readonly ref struct FlatTables(ReadOnlySpan<byte> bytes, long start, int count)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Count { get; } = count;

    public FlatTable this[int index]
    {
        get
        {
            var place = (int)start + (index * sizeof(uint));
            return FlatTable.At(_bytes, place + (long)BinaryPrimitives.ReadUInt32LittleEndian(_bytes[place..]));
        }
    }
}
