using Engine.Core.Errors;

namespace Engine.Storage.Compression;

/// <summary>Compresses block after block with one context, which is dear to make. Not for several threads at once.</summary>
internal sealed unsafe class ZstdCompressor : IDisposable
{
    private readonly int _level;
    private nint _context;

    /// <exception cref="QueryException">58030 where the library is missing.</exception>
    public ZstdCompressor(int level)
    {
        Zstd.Require();
        _level = level;
        _context = ZstdNative.CreateWriter();
    }

    /// <summary>One frame; the target has room for <see cref="Zstd.MaxCompressedLength"/> bytes.</summary>
    public int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var written = ZstdNative.CompressWith(_context, to, (nuint)target.Length, from, (nuint)source.Length, _level);
            return ZstdNative.IsError(written) == 0
                ? (int)written
                : throw new QueryException(ErrorCodes.InternalError, $"zstd: {ZstdNative.ErrorName(written)}");
        }
    }

    public void Dispose()
    {
        if (_context != 0)
        {
            _ = ZstdNative.FreeWriter(_context);
            _context = 0;
        }
    }
}
