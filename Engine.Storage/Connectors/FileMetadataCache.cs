using System.Collections.Concurrent;
using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Connectors;

/// <summary>What files say of themselves, read once for each version of a file.</summary>
/// <param name="store">Where the files lie.</param>
/// <param name="read">Reads it.</param>
internal sealed class FileMetadataCache<T>(IObjectStore store, Func<IRangeReader, CancellationToken, T> read)
{
    private const int MaxEntries = 1024;

    private readonly ConcurrentDictionary<DataFile, T> _known = new();

    public T Get(DataFile file, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(file, out var known))
        {
            return known;
        }

        using var reader = store.Open(file);
        var metadata = read(reader, cancellationToken);
        if (_known.Count >= MaxEntries)
        {
            // Rare, and cheap to read again.
            _known.Clear();
        }

        _known[file] = metadata;
        return metadata;
    }
}
