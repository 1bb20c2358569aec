using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Planner.Physical;

namespace Engine.Exec.Pipelines;

/// <summary>A running query: read its batches one after another, then dispose it. Disposing early stops it.</summary>
public sealed class QueryExecution : IDisposable
{
    private readonly PlanNode _plan;
    private readonly WorkerPool _workers;
    private readonly CancellationTokenSource _stop;
    private readonly ResultQueue _results = new();
    private bool _ranOutOfMemory;

    private QueryExecution(PlanNode plan, QueryContext context, WorkerPool workers, CancellationToken cancellationToken)
    {
        _plan = plan;
        Context = context;
        _workers = workers;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    public Schema Schema => _plan.Output;

    public QueryContext Context { get; }

    public static QueryExecution Start(PlanNode plan, QueryContext context, WorkerPool workers, CancellationToken cancellationToken)
    {
        var execution = new QueryExecution(plan, context, workers, cancellationToken);
        workers.Queries.Start(execution.Run);
        return execution;
    }

    /// <summary>The next batch, which the caller disposes; null at the end.</summary>
    /// <exception cref="Core.Errors.QueryException">The query failed.</exception>
    public Batch? Next() => _results.Take();

    /// <summary>As <see cref="Next"/>, without a thread that waits.</summary>
    public ValueTask<Batch?> NextAsync() => _results.TakeAsync();

    public void Dispose()
    {
        _stop.Cancel();
        _results.Dispose();
        _results.WaitForEnd();
        _stop.Dispose();
        if (_ranOutOfMemory)
        {
            Context.Pool.Abandon();
        }
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            using var builder = new PipelineBuilder(Context);
            var steps = builder.Build(_plan, _ => _results.CreateSink(Context.Pool, _stop.Token));
            new PipelineRunner(Context, _workers).Run(steps, _stop.Token);
        }
        catch (Exception error)
        {
            failure = error;
            _ranOutOfMemory = error is QueryException { Code: var code } && code == ErrorCodes.OutOfMemory;
        }

        // The last thing that it does: who waits for the end may close everything now.
        _results.Complete(failure);
    }
}
