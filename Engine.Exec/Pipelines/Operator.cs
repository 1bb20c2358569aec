using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Pipelines;

/// <summary>A step in the middle of a pipeline: works on a batch and pushes what comes of it on.</summary>
internal abstract class Operator(IBatchSink next) : IBatchSink
{
    protected IBatchSink Next { get; } = next;

    public virtual void BeginMorsel(int morsel) => Next.BeginMorsel(morsel);

    public abstract bool Push(Batch batch);

    public virtual void EndMorsel() => Next.EndMorsel();

    public virtual void Complete() => Next.Complete();

    public virtual void Dispose()
    {
        Next.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The end of a pipeline: keeps what it needs of every batch. Most care neither for pieces nor for the end of their driver's input.</summary>
internal abstract class CollectingSink(MemoryPool pool) : IBatchSink
{
    public virtual void BeginMorsel(int morsel)
    {
    }

    public bool Push(Batch batch)
    {
        using var rows = batch.Compact(pool);
        Add(rows);
        return true;
    }

    public void EndMorsel()
    {
    }

    public virtual void Complete()
    {
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Takes rows in; the batch has no selection and stays the caller's.</summary>
    protected abstract void Add(Batch rows);
}

/// <summary>What the operators of one driver may use.</summary>
/// <param name="Execution">The query.</param>
/// <param name="Run">The pipeline that it drives.</param>
internal sealed record DriverContext(QueryContext Execution, PipelineRun Run)
{
    public MemoryPool Pool => Execution.Pool;
}

/// <summary>One pipeline at work: what its drivers have in common.</summary>
/// <param name="DriverCount">Threads that run it.</param>
/// <param name="FirstMorsel">The number of its first piece: pieces are numbered through the whole query, pipeline after pipeline.</param>
/// <param name="CancellationToken">Ends it.</param>
internal sealed record PipelineRun(int DriverCount, int FirstMorsel, CancellationToken CancellationToken);
