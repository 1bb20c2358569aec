using System.Collections.Concurrent;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Compressors for as many threads as encode at once: they are dear to make, and a wide table has thousands of columns.</summary>
internal sealed class CompressorSet(ParquetWriteOptions options, MemoryPool pool) : IDisposable
{
    private readonly ConcurrentBag<PageCompressor> _idle = [];

    public PageCompressor Rent() => _idle.TryTake(out var compressor) ? compressor : new PageCompressor(options.Compression, options.Level, pool);

    public void Return(PageCompressor compressor) => _idle.Add(compressor);

    public void Dispose()
    {
        while (_idle.TryTake(out var compressor))
        {
            compressor.Dispose();
        }
    }
}
