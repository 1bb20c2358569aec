using System.Buffers.Binary;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Core.Arrow.Writing;

/// <summary>Collects nodes and buffers of one record batch, and writes them. Buffers lie on multiples of 64 bytes.</summary>
internal sealed unsafe class ArrowBodyBuilder(MemoryPool pool, ArrowCompression compression, IArrowCodec? codec) : IDisposable
{
    public const int Alignment = 64;

    private const int LengthPrefix = sizeof(long);
    private const int MaxCompressible = 1 << 30;

    private readonly List<(BufferSlice Bytes, long Length)> _buffers = [];
    private readonly List<ArrowNode> _nodes = [];

    /// <summary>Bytes of the body.</summary>
    public long Length => _buffers.Sum(buffer => Padded(buffer.Length));

    public void AddNode(long length, long nullCount) => _nodes.Add(new ArrowNode(length, nullCount));

    /// <summary>Adds bytes of a column, which are shared until the body is written.</summary>
    public void Add(BufferSlice bytes, long length)
    {
        if (length > 0 && compression != ArrowCompression.None)
        {
            AddCompressed(bytes.Pointer, length);
        }
        else
        {
            _buffers.Add((bytes.Retain(), length));
        }
    }

    /// <summary>Adds the bytes that <paramref name="bytes"/> has been filled with, and takes it over.</summary>
    public void AddOwned(NativeBuffer bytes, long length)
    {
        try
        {
            Add(new BufferSlice(bytes), length);
        }
        finally
        {
            bytes.Release();
        }
    }

    /// <summary>Adds the first bits alone, so that the same rows give the same bytes.</summary>
    public void AddBits(BufferSlice bits, int count)
    {
        if (bits.IsNone || count == 0)
        {
            _buffers.Add(default);
            return;
        }

        var copy = pool.Allocate(Bitmap.ByteCount(count), "arrow bits");
        Bitmap.Copy(bits.Pointer, 0, copy.Pointer, count);
        AddOwned(copy, (count + 7L) >> 3);
    }

    /// <summary>The RecordBatch table (Message.fbs).</summary>
    public int WriteHeader(FlatBuilder builder, long rowCount)
    {
        var nodes = new byte[_nodes.Count * 16];
        for (var i = 0; i < _nodes.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(nodes.AsSpan(i * 16), _nodes[i].Length);
            BinaryPrimitives.WriteInt64LittleEndian(nodes.AsSpan((i * 16) + 8), _nodes[i].NullCount);
        }

        var ranges = new byte[_buffers.Count * 16];
        var offset = 0L;
        for (var i = 0; i < _buffers.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(ranges.AsSpan(i * 16), offset);
            BinaryPrimitives.WriteInt64LittleEndian(ranges.AsSpan((i * 16) + 8), _buffers[i].Length);
            offset += Padded(_buffers[i].Length);
        }

        var rangeVector = builder.Structs(ranges, _buffers.Count);
        var nodeVector = builder.Structs(nodes, _nodes.Count);
        var method = 0;
        if (compression != ArrowCompression.None)
        {
            builder.StartTable(2);
            builder.Add(0, (byte)compression);
            method = builder.EndTable();
        }

        builder.StartTable(5);
        builder.Add(0, rowCount);
        builder.AddOffset(1, nodeVector);
        builder.AddOffset(2, rangeVector);
        builder.AddOffset(3, method);
        return builder.EndTable();
    }

    public void WriteBody(Stream output)
    {
        Span<byte> padding = stackalloc byte[Alignment];
        padding.Clear();
        foreach (var (bytes, length) in _buffers)
        {
            for (var written = 0L; written < length; written += MaxCompressible)
            {
                output.Write(new ReadOnlySpan<byte>(bytes.Pointer + written, (int)Math.Min(MaxCompressible, length - written)));
            }

            output.Write(padding[..(int)(Padded(length) - length)]);
        }
    }

    public void Dispose()
    {
        _buffers.ForEach(buffer => buffer.Bytes.Release());
        _buffers.Clear();
    }

    private static long Padded(long length) => (length + Alignment - 1) & -Alignment;

    /// <summary>Behind its length uncompressed, or behind -1 as it is where compressing gains nothing.</summary>
    private void AddCompressed(byte* bytes, long length)
    {
        var isTried = length <= MaxCompressible;
        var room = isTried ? Math.Max(length, codec!.MaxCompressedLength(compression, (int)length)) : length;
        var target = pool.Allocate(LengthPrefix + room, "arrow buffer");
        try
        {
            var content = target.Pointer + LengthPrefix;
            var compressed = isTried ? codec!.Compress(compression, new ReadOnlySpan<byte>(bytes, (int)length), new Span<byte>(content, (int)room)) : length;
            if (compressed >= length)
            {
                Buffer.MemoryCopy(bytes, content, length, length);
            }

            BinaryPrimitives.WriteInt64LittleEndian(new Span<byte>(target.Pointer, LengthPrefix), compressed < length ? length : -1);
            _buffers.Add((new BufferSlice(target.Retain()), LengthPrefix + Math.Min(compressed, length)));
        }
        finally
        {
            target.Release();
        }
    }
}
