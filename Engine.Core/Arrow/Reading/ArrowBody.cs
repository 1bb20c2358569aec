using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;

namespace Engine.Core.Arrow.Reading;

/// <summary>A buffer of a body, uncompressed. Valid as long as the body; columns take <see cref="ToSlice"/>.</summary>
internal readonly unsafe struct ArrowBuffer(NativeBuffer? owner, byte* pointer, long length)
{
    public byte* Pointer { get; } = pointer;

    public long Length { get; } = length;

    /// <summary>The bytes from an offset on, with a reference that keeps them.</summary>
    public BufferSlice ToSlice(long offset = 0) => owner is null ? default : new BufferSlice(owner.Retain(), Pointer + offset);
}

/// <summary>
/// Those stretches of a message's body that the columns wanted lie in, in native memory. Columns share it: a buffer is copied only where it is
/// compressed or does not lie on a multiple of its values' width.
/// </summary>
internal sealed unsafe class ArrowBody : IDisposable
{
    private const int Alignment = NativeBuffer.Alignment;
    private const int LengthPrefix = sizeof(long);
    private const long UncompressedMark = -1;

    /// <summary>Stretches that are no further apart are read at once.</summary>
    private const long MaxGap = 16 << 10;

    private readonly ArrowBatchHeader _header;
    private readonly IArrowCodec? _codec;
    private readonly MemoryPool _pool;
    private readonly List<(long Start, long End, NativeBuffer Bytes)> _stretches = [];
    private readonly List<NativeBuffer> _copies = [];

    private ArrowBody(ArrowBatchHeader header, IArrowCodec? codec, MemoryPool pool)
    {
        _header = header;
        _codec = codec;
        _pool = pool;
    }

    /// <summary>Reads the stretches that the buffers wanted lie in; the input stands behind the body then.</summary>
    /// <param name="input">Stands at the body's start.</param>
    /// <param name="message">The body's metadata.</param>
    /// <param name="wanted">Indexes of buffers, ascending.</param>
    /// <param name="codec">Null where none is at hand.</param>
    /// <param name="pool">Holds the memory.</param>
    public static ArrowBody Read(ArrowInput input, ArrowMessage message, IReadOnlyList<int> wanted, IArrowCodec? codec, MemoryPool pool)
    {
        input.Require(message.BodyLength);
        var body = new ArrowBody(message.Batch!, codec, pool);
        try
        {
            long position = 0;
            foreach (var (start, end) in body.FindStretches(wanted, message.BodyLength))
            {
                input.Skip(start - position);
                body._stretches.Add((start, end, input.Read(end - start, pool)));
                position = end;
            }

            input.Skip(message.BodyLength - position);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>A buffer that was wanted.</summary>
    /// <param name="index">Its place in the metadata.</param>
    /// <param name="alignment">What its address must be a multiple of.</param>
    public ArrowBuffer Buffer(int index, int alignment)
    {
        var range = _header.Buffers[index];
        if (range.Length == 0)
        {
            return default;
        }

        var (start, _, bytes) = _stretches.Find(stretch => range.Offset >= stretch.Start && range.Offset + range.Length <= stretch.End);
        var buffer = new ArrowBuffer(bytes, bytes.Pointer + (range.Offset - start), range.Length);
        if (_header.Compression != ArrowCompression.None)
        {
            return Decompress(buffer, bytes, alignment);
        }

        return Aligned(buffer, alignment);
    }

    /// <summary>Memory for what does not lie in the body as columns have it; the body's, as its buffers are.</summary>
    public ArrowBuffer Allocate(long length)
    {
        var copy = _pool.Allocate(length, "arrow buffer");
        _copies.Add(copy);
        return new ArrowBuffer(copy, copy.Pointer, length);
    }

    public void Dispose()
    {
        foreach (var (_, _, bytes) in _stretches)
        {
            bytes.Release();
        }

        _copies.ForEach(copy => copy.Release());
        _stretches.Clear();
        _copies.Clear();
    }

    private List<(long Start, long End)> FindStretches(IReadOnlyList<int> wanted, long bodyLength)
    {
        var stretches = new List<(long Start, long End)>();
        foreach (var range in wanted.Select(index => _header.Buffers[index]).Where(range => range.Length > 0).OrderBy(range => range.Offset))
        {
            var start = range.Offset & -Alignment;
            var end = Math.Min(bodyLength, range.Offset + range.Length);
            if (stretches.Count > 0 && start <= stretches[^1].End + MaxGap)
            {
                stretches[^1] = (stretches[^1].Start, Math.Max(stretches[^1].End, end));
            }
            else
            {
                stretches.Add((start, end));
            }
        }

        return stretches;
    }

    private ArrowBuffer Decompress(ArrowBuffer stored, NativeBuffer owner, int alignment)
    {
        if (stored.Length < LengthPrefix || stored.Length > int.MaxValue)
        {
            throw new InvalidDataException($"a compressed buffer of {stored.Length} bytes");
        }

        var content = new ReadOnlySpan<byte>(stored.Pointer + LengthPrefix, (int)stored.Length - LengthPrefix);
        var length = BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(stored.Pointer, LengthPrefix));
        if (length == UncompressedMark)
        {
            return Aligned(new ArrowBuffer(owner, stored.Pointer + LengthPrefix, content.Length), alignment);
        }

        if (_codec is null || _header.Compression is not (ArrowCompression.Lz4Frame or ArrowCompression.Zstd))
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, $"the Arrow data is compressed in an unknown way ({(int)_header.Compression})");
        }

        if (length < 0 || length > int.MaxValue || length > _codec.MaxDecompressedLength(_header.Compression, content.Length))
        {
            throw new InvalidDataException($"{content.Length} compressed bytes claim to be {length}");
        }

        if (length == 0)
        {
            return default;
        }

        var target = Allocate(length);
        return _codec.TryDecompress(_header.Compression, content, new Span<byte>(target.Pointer, (int)length))
            ? target
            : throw new InvalidDataException($"a buffer is not {length} bytes of {_header.Compression} data");
    }

    private ArrowBuffer Aligned(ArrowBuffer buffer, int alignment)
    {
        if (((nint)buffer.Pointer & (alignment - 1)) == 0)
        {
            return buffer;
        }

        var copy = Allocate(buffer.Length);
        System.Buffer.MemoryCopy(buffer.Pointer, copy.Pointer, buffer.Length, buffer.Length);
        return copy;
    }
}
