using System.Buffers;
using System.Text;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Writes Thrift's compact protocol ("Thrift compact protocol encoding", thrift.apache.org), the counterpart of <see cref="CompactReader"/>.</summary>
internal sealed class CompactWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Stack<int> _outerIds = new();
    private int _lastId;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public int Length => _bytes.WrittenCount;

    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Begins a structure: the root, a list's element, or, with an id, a field.</summary>
    public void BeginStruct(int id = 0)
    {
        if (id > 0)
        {
            WriteField(id, CompactType.Struct);
        }

        _outerIds.Push(_lastId);
        _lastId = 0;
    }

    public void EndStruct()
    {
        WriteByte((byte)CompactType.Stop);
        _lastId = _outerIds.Pop();
    }

    /// <summary>A structure without fields, as unions have to name a choice.</summary>
    public void WriteEmptyStruct(int id)
    {
        BeginStruct(id);
        EndStruct();
    }

    public void BeginList(int id, CompactType element, int count)
    {
        WriteField(id, CompactType.List);
        WriteByte((byte)((Math.Min(count, 15) << 4) | (int)element));
        if (count >= 15)
        {
            WriteVarint((ulong)count);
        }
    }

    public void Write(int id, int value)
    {
        WriteField(id, CompactType.Int32);
        WriteElement(value);
    }

    public void Write(int id, long value)
    {
        WriteField(id, CompactType.Int64);
        WriteElement(value);
    }

    public void Write(int id, short value)
    {
        WriteField(id, CompactType.Int16);
        WriteElement(value);
    }

    public void Write(int id, sbyte value)
    {
        WriteField(id, CompactType.Byte);
        WriteByte((byte)value);
    }

    public void Write(int id, bool value) => WriteField(id, value ? CompactType.True : CompactType.False);

    public void Write(int id, ReadOnlySpan<byte> value)
    {
        WriteField(id, CompactType.Binary);
        WriteElement(value);
    }

    public void Write(int id, string value) => Write(id, Encoding.UTF8.GetBytes(value));

    /// <summary>A number inside a list, of any of the integer types.</summary>
    public void WriteElement(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    public void WriteElement(bool value) => WriteByte((byte)(value ? CompactType.True : CompactType.False));

    public void WriteElement(ReadOnlySpan<byte> value)
    {
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
    }

    public void WriteElement(string value) => WriteElement(Encoding.UTF8.GetBytes(value));

    private void WriteField(int id, CompactType type)
    {
        var step = id - _lastId;
        if (step is > 0 and <= 15)
        {
            WriteByte((byte)((step << 4) | (int)type));
        }
        else
        {
            WriteByte((byte)type);
            WriteElement(id);
        }

        _lastId = id;
    }

    private void WriteVarint(ulong value)
    {
        for (; value >= 128; value >>= 7)
        {
            WriteByte((byte)(value | 128));
        }

        WriteByte((byte)value);
    }

    private void WriteByte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
