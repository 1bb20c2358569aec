using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Tests.ObjectStores;

/// <summary>A store of one file that lies in memory.</summary>
internal sealed class MemoryStore(byte[] bytes) : IObjectStore
{
    public bool Owns(string location) => true;

    public IRangeReader Open(DataFile file) => new Reader(file.Path, bytes);

    public IReadOnlyList<DataFile> List(string location, CancellationToken cancellationToken) => [];

    private sealed class Reader(string path, byte[] bytes) : IRangeReader
    {
        public string Path => path;

        public long Length => bytes.Length;

        public int Read(long offset, Span<byte> target, CancellationToken cancellationToken)
        {
            var count = (int)Math.Clamp(bytes.Length - offset, 0, target.Length);
            bytes.AsSpan(count == 0 ? 0 : (int)offset, count).CopyTo(target);
            return count;
        }

        public void Prefetch(IReadOnlyCollection<ByteRange> ranges)
        {
        }

        public void Dispose()
        {
        }
    }
}
