using Engine.Core.Columns;

namespace Engine.Core.Connectors;

/// <summary>Gives batches until it is exhausted. Used by one thread at a time; may block on storage.</summary>
public interface IBatchSource : IDisposable
{
    /// <summary>The next batch, which the caller disposes, never empty; null at the end.</summary>
    Batch? Next(CancellationToken cancellationToken);
}
