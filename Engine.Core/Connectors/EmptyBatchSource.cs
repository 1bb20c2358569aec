using Engine.Core.Columns;

namespace Engine.Core.Connectors;

/// <summary>No rows.</summary>
public sealed class EmptyBatchSource : IBatchSource
{
    public static readonly EmptyBatchSource Instance = new();

    public Batch? Next(CancellationToken cancellationToken) => null;

    public void Dispose()
    {
    }
}
