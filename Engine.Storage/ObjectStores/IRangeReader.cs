namespace Engine.Storage.ObjectStores;

/// <summary>Reads stretches of one file. Safe for several threads at once.</summary>
public interface IRangeReader : IDisposable
{
    /// <summary>The file, as messages name it.</summary>
    string Path { get; }

    long Length { get; }

    /// <summary>Fills as much of the target as the file has from the offset on; less than asked only at its end.</summary>
    int Read(long offset, Span<byte> target, CancellationToken cancellationToken);

    /// <summary>
    /// Says which ranges are about to be read. Storage that is slow to answer begins to fetch all of them at once, nearby ones together, and they
    /// arrive in any order: a read waits for its own range only. Never waits and never fails; what cannot be fetched fails when it is read.
    /// </summary>
    void Prefetch(IReadOnlyCollection<ByteRange> ranges);
}
