using Engine.Core.Connectors;
using Engine.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace Engine.Storage.ObjectStores.Local;

/// <summary>Positioned reads of a local file, without a shared file position.</summary>
internal sealed class LocalRangeReader : IRangeReader
{
    /// <summary>What a disk reads in the time that a request of its own would take.</summary>
    private const long Gap = 256 << 10;

    private readonly SafeFileHandle _handle;

    public LocalRangeReader(DataFile file, SafeFileHandle handle)
    {
        Path = file.Path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long Length { get; }

    public int Read(long offset, Span<byte> target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var total = 0;
        try
        {
            while (total < target.Length)
            {
                var count = RandomAccess.Read(_handle, target[total..], offset + total);
                if (count == 0)
                {
                    break;
                }

                total += count;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFileErrors.Unreadable(Path, e);
        }

        // A file that shrinks while it is read would otherwise look like one that simply ends here.
        return total == target.Length || offset + total >= Length
            ? total
            : throw new QueryException(ErrorCodes.IoError, $"file \"{Path}\" became shorter while it was read");
    }

    public void Prefetch(IReadOnlyCollection<ByteRange> ranges)
    {
        foreach (var range in ByteRange.Coalesce(ranges, Gap))
        {
            PageCacheAdvice.WillRead(_handle, range);
        }
    }

    public void Dispose() => _handle.Dispose();
}
