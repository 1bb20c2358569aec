using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;

namespace Engine.Storage.ObjectStores;

/// <summary>All stores of a process: sends each location to the first that owns it.</summary>
public sealed class ObjectStoreSet(ImmutableArray<IObjectStore> stores) : IObjectStore
{
    public bool Owns(string location) => stores.Any(store => store.Owns(location));

    public IReadOnlyList<DataFile> List(string location, CancellationToken cancellationToken) => Find(location).List(location, cancellationToken);

    public IRangeReader Open(DataFile file) => Find(file.Path).Open(file);

    private IObjectStore Find(string location) =>
        stores.FirstOrDefault(store => store.Owns(location))
        ?? throw new QueryException(ErrorCodes.FeatureNotSupported, $"no storage is configured for location \"{location}\"");
}
