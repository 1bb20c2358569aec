using Engine.Core.Columns;
using Engine.Core.Connectors;

namespace Engine.Storage.Connectors;

/// <summary>No rows.</summary>
internal sealed class EmptyBatchSource : IBatchSource
{
    public static readonly EmptyBatchSource Instance = new();

    public Batch? Next(CancellationToken cancellationToken) => null;

    public void Dispose()
    {
    }
}
