namespace Engine.Exec.Pipelines;

/// <summary>Something that has to be done in order to run a plan.</summary>
internal abstract record PipelineStep;

/// <summary>Drives a source's batches through operators into a sink, by as many drivers as there are threads and pieces.</summary>
/// <param name="NodeId">The plan node that begins it.</param>
/// <param name="OpenSource">Lists the pieces; called when the step's turn comes, after the steps it depends on.</param>
/// <param name="CreateSink">The operators and the sink of one driver.</param>
internal sealed record RunPipeline(int NodeId, Func<CancellationToken, IMorselSource> OpenSource, Func<DriverContext, IBatchSink> CreateSink) : PipelineStep;

/// <summary>Steps that are run again and again, until there are none or nobody asks for more rows.</summary>
/// <param name="NextRound">The steps of the next round; null when there is none.</param>
/// <param name="Given">Gives the rows that the next round works on to who asked; runs before it.</param>
internal sealed record RunRounds(Func<IReadOnlyList<PipelineStep>?> NextRound, RunPipeline Given) : PipelineStep;

/// <summary>Something done once between pipelines: a breaker makes its input ready to be read.</summary>
internal sealed record RunAction(Action<CancellationToken> Action) : PipelineStep;
