using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Pipelines;

/// <summary>A step in the middle of a pipeline: works on a batch and pushes what comes of it on.</summary>
internal abstract class Operator(IBatchSink next) : IBatchSink
{
    protected IBatchSink Next { get; } = next;

    public abstract bool Push(Batch batch);

    public virtual void Complete() => Next.Complete();

    public virtual void Dispose()
    {
        Next.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What the operators of one driver may use.</summary>
/// <param name="Execution">The query.</param>
internal sealed record DriverContext(QueryContext Execution)
{
    public MemoryPool Pool => Execution.Pool;
}
