using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Engine.Core.Columns;
using Engine.Core.Connectors;

namespace Engine.Exec.Pipelines;

/// <summary>Runs the steps of a plan one after another, each on the threads of a worker pool.</summary>
internal sealed class PipelineRunner(QueryContext execution, WorkerPool workers)
{
    private int _nextMorsel;

    public void Run(IEnumerable<PipelineStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (step)
            {
                case RunAction action:
                    action.Action(cancellationToken);
                    break;
                case RunPipeline pipeline:
                    Run(pipeline, cancellationToken);
                    break;
                case RunRounds rounds:
                    while (rounds.NextRound() is { } round && Run(rounds.Given, cancellationToken))
                    {
                        Run(round, cancellationToken);
                    }

                    break;
            }
        }
    }

    /// <returns>Whether its sink would take more.</returns>
    private bool Run(RunPipeline pipeline, CancellationToken cancellationToken)
    {
        var source = pipeline.OpenSource(cancellationToken);
        var drivers = Math.Clamp(source.MorselCount, 1, execution.Options.Threads);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = new PipelineRun(drivers, _nextMorsel, stop.Token);
        _nextMorsel += source.MorselCount;
        ExceptionDispatchInfo? failure = null;
        var isSatisfied = false;
        workers.RunAll(drivers, () =>
        {
            try
            {
                if (!Drive(pipeline, source, run))
                {
                    Volatile.Write(ref isSatisfied, true);
                }
            }
            catch (Exception error)
            {
                // The first failure is the query's; what the others say after being stopped is noise.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
                stop.Cancel();
            }
        });
        failure?.Throw();
        return !isSatisfied;
    }

    private bool Drive(RunPipeline pipeline, IMorselSource source, PipelineRun run)
    {
        using var sink = pipeline.CreateSink(new DriverContext(execution, run));
        var cancellationToken = run.CancellationToken;
        var metrics = execution.MetricsOf(pipeline.NodeId);
        var wantsMore = true;
        while (wantsMore && source.TryTake(cancellationToken) is { } morsel)
        {
            using var rows = morsel.Rows;
            sink.BeginMorsel(run.FirstMorsel + morsel.Index);
            while (wantsMore && Read(rows, metrics, cancellationToken) is { } batch)
            {
                wantsMore = sink.Push(batch);
            }

            if (wantsMore)
            {
                sink.EndMorsel();
            }
        }

        sink.Complete();
        return wantsMore;
    }

    private static Batch? Read(IBatchSource rows, NodeMetrics metrics, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = Stopwatch.GetTimestamp();
        var batch = rows.Next(cancellationToken);
        metrics.AddSource(Stopwatch.GetTimestamp() - start);
        return batch;
    }
}
