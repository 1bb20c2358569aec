using Engine.Core.Columns;

namespace Engine.Exec.Pipelines;

/// <summary>Where batches go. An instance belongs to one driver; what drivers share stands behind it.</summary>
public interface IBatchSink : IDisposable
{
    /// <summary>Takes a batch over. False: no more rows are wanted, from anyone.</summary>
    bool Push(Batch batch);

    /// <summary>The driver has no more input: pass on what is held back.</summary>
    void Complete();
}
