using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Core.Types;
using Engine.Exec.Operators.Aggregate;
using Engine.Exec.Operators.Expand;
using Engine.Exec.Operators.Filter;
using Engine.Exec.Operators.Join;
using Engine.Exec.Operators.Limit;
using Engine.Exec.Operators.Project;
using Engine.Exec.Operators.Recursion;
using Engine.Exec.Operators.Scan;
using Engine.Exec.Operators.SetOperation;
using Engine.Exec.Operators.Shared;
using Engine.Exec.Operators.SingleRow;
using Engine.Exec.Operators.Sort;
using Engine.Exec.Operators.Unnest;
using Engine.Exec.Operators.Values;
using Engine.Exec.Operators.Window;
using Engine.Exec.Spill;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Exec.Pipelines;

/// <summary>
/// Cuts a plan into pipelines at its breakers, in the order in which they must run. What breakers share among drivers is disposed with the builder.
/// </summary>
internal sealed class PipelineBuilder : IDisposable
{
    private readonly QueryContext _execution;
    private readonly List<PipelineStep> _steps = [];

    /// <summary>Kept rows by the number that scans know them by.</summary>
    private readonly Dictionary<int, SharedRows> _kept;
    private readonly List<IDisposable> _shared = [];

    /// <summary>Bounds that breakers find for the scans below them.</summary>
    private readonly List<TopNThreshold> _thresholds = [];

    public PipelineBuilder(QueryContext execution)
        : this(execution, [])
    {
    }

    private PipelineBuilder(QueryContext execution, Dictionary<int, SharedRows> kept)
    {
        _execution = execution;
        _kept = kept;
    }

    /// <summary>The steps that push the plan's rows into sinks made by <paramref name="createSink"/>, one a driver.</summary>
    public IReadOnlyList<PipelineStep> Build(PlanNode plan, Func<DriverContext, IBatchSink> createSink)
    {
        var order = Share(new OrderGate());
        Produce(plan, driver => order.CreateSink(driver, createSink(driver)));
        return _steps;
    }

    public void Dispose() => _shared.ForEach(shared => shared.Dispose());

    private void Produce(PlanNode node, Func<DriverContext, IBatchSink> consumer)
    {
        var metrics = _execution.MetricsOf(node.Id);
        IBatchSink Next(DriverContext driver) => new MeteredSink(consumer(driver), metrics, driver.Run.CancellationToken);
        switch (node)
        {
            case ScanNode scan:
                AddPipeline(node, cancellationToken => ScanSource.Open(scan, _thresholds.Where(threshold => threshold.ScanId == scan.Id), _execution, cancellationToken), Next);
                break;
            case ValuesNode values:
                AddPipeline(node, _ => new MorselList(1, _ => new ValuesSource(values, _execution)), Next);
                break;
            case FilterNode filter:
                Produce(filter.Input, driver => new FilterOperator(filter.Predicate, _execution, Next(driver)));
                break;
            case ProjectNode project:
                Produce(project.Input, driver => new ProjectOperator(project.Values, _execution, Next(driver)));
                break;
            case ExpandNode expand:
                Produce(expand.Input, driver => new ExpandOperator(expand, _execution, Next(driver)));
                break;
            case UnnestNode unnest:
                Produce(unnest.Input, driver => new UnnestOperator(unnest, _execution, Next(driver)));
                break;
            case LimitNode limit:
                var state = new LimitState(limit.Offset, limit.Count);
                var order = Share(new OrderGate());
                Produce(limit.Input, driver => order.CreateSink(driver, new LimitOperator(state, _execution.Pool, Next(driver))));
                break;
            case UnionNode union:
                Produce(union.Left, Next);
                Produce(union.Right, Next);
                break;
            case AggregateNode aggregate:
                ProduceAggregate(aggregate, Next);
                break;
            case SortNode sort:
                ProduceSorted(node, sort.Input, Share(new SortBreaker(sort.Output, sort.Keys, 0, null, null, _execution.SpillArea(node.Id), _execution)), Next);
                break;
            case TopNNode top:
                var threshold = TopNThreshold.Find(top, _execution);
                if (threshold is not null)
                {
                    _thresholds.Add(threshold);
                }

                ProduceSorted(
                    node, top.Input, Share(new SortBreaker(top.Output, top.Keys, top.Offset, top.Count, threshold, _execution.SpillArea(node.Id), _execution)), Next);
                break;
            case WindowNode window:
                var sorted = Share(new WindowBreaker(window, _execution.SpillArea(node.Id), _execution));
                Produce(window.Input, _ => sorted.CreateSink());
                AddPipeline(node, _ => sorted.OpenResult(), Next);
                break;
            case SingleRowNode single:
                var row = Share(new SingleRowBreaker(single.Output, _execution.Pool));
                Produce(single.Input, _ => row.CreateSink());
                AddPipeline(node, _ => row.OpenResult(), Next);
                break;
            case SetOperationNode operation:
                var sets = Share(new SetOperationState(operation, _execution));
                Produce(operation.Right, _ => sets.CreateRightSink());
                Produce(operation.Left, driver => sets.CreateLeftOperator(Next(driver)));
                break;
            case HashJoinNode join:
                var build = Share(new BuildSide(join.RightKeys, join.MatchesNull, join.Right.Output, join.Type is JoinType.Right or JoinType.Full, _execution.SpillArea(node.Id), _execution));
                ProduceJoin(join, join.Type, join.Left, join.Right, build, driver => new HashJoinOperator(join, build, _execution, Next(driver)), Next);
                AddPipeline(node, _ => SpilledPartitions(build), driver => new SpilledJoinOperator(join, build, driver, Next(driver)));
                break;
            case NestedLoopJoinNode join:
                var rows = Share(new BuildSide([], [], join.Right.Output, join.Type is JoinType.Right or JoinType.Full, _execution.SpillArea(node.Id), _execution));
                ProduceJoin(join, join.Type, join.Left, join.Right, rows, driver => new NestedLoopJoinOperator(join, rows.Table!, driver, Next(driver)), Next);
                break;
            case WithNode with:
                with.Definitions.ToList().ForEach(Keep);
                Produce(with.Body, Next);
                break;
            case SharedScanNode shared:
                AddPipeline(node, _ => _kept[shared.SharedId].Open(shared.Places), Next);
                break;
            case RecursionNode recursion:
                ProduceRecursion(recursion, Next);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    private void Keep(SharedPlanDefinition definition)
    {
        var rows = Share(new SharedRows([.. definition.Plan.Output.Select(field => field.Type)], _execution.SpillArea(definition.Plan.Id), _execution));
        _kept[definition.Id] = rows;
        Produce(definition.Plan, _ => rows.CreateSink());
    }

    private void ProduceRecursion(RecursionNode node, Func<DriverContext, IBatchSink> next)
    {
        var rounds = Share(new RecursionRounds(node, _execution.SpillArea(node.Id), _execution));
        rounds.Begin();
        Produce(node.Base, _ => rounds.CreateSink());
        PipelineBuilder? round = null;
        _shared.Add(new LastRound(() => round?.Dispose()));
        _steps.Add(new RunRounds(
            () =>
            {
                round?.Dispose();
                round = null;
                if (rounds.Begin() is not { } input)
                {
                    return null;
                }

                round = new PipelineBuilder(_execution, new Dictionary<int, SharedRows>(_kept) { [node.RecursionId] = input });
                return round.Build(node.Step, _ => rounds.CreateSink());
            },
            new RunPipeline(node.Id, _ => rounds.OpenInput(), next)));
    }

    private void ProduceAggregate(AggregateNode node, Func<DriverContext, IBatchSink> next)
    {
        var groups = Share(new AggregateBreaker(node, _execution));
        Produce(node.Input, _ => groups.CreateSink());
        _steps.Add(new RunAction(_ => groups.Finish()));
        AddPipeline(node, _ => groups.OpenResult(), next);
    }

    private void ProduceSorted(PlanNode node, PlanNode input, SortBreaker rows, Func<DriverContext, IBatchSink> next)
    {
        Produce(input, _ => rows.CreateSink());
        AddPipeline(node, _ => rows.OpenResult(), next);
    }

    private void ProduceJoin(
        PlanNode node,
        JoinType type,
        PlanNode left,
        PlanNode right,
        BuildSide build,
        Func<DriverContext, IBatchSink> probe,
        Func<DriverContext, IBatchSink> next)
    {
        Produce(right, _ => build.CreateSink());
        _steps.Add(new RunAction(_ => build.Finish()));
        Produce(left, probe);
        if (type is JoinType.Right or JoinType.Full)
        {
            ImmutableArray<DataType> leftTypes = [.. left.Output.Select(field => field.Type)];
            AddPipeline(node, _ => new MorselList(build.Table is null ? 0 : 1, _ => new UnmatchedSource(build.Table!, leftTypes, _execution)), next);
        }
    }

    /// <summary>The left sides of a join on disk; nothing where all was in memory.</summary>
    private static MorselList SpilledPartitions(BuildSide build) => build.Spilled is { } spilled
        ? new MorselList(SpillPartitions.Count, spilled.OpenProbe)
        : new MorselList(0, _ => throw new UnreachableException("nothing was spilled"));

    private void AddPipeline(PlanNode node, Func<CancellationToken, IMorselSource> source, Func<DriverContext, IBatchSink> sink) =>
        _steps.Add(new RunPipeline(node.Id, source, sink));

    /// <summary>Disposes whatever round was built last.</summary>
    private sealed class LastRound(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }

    private T Share<T>(T shared)
        where T : IDisposable
    {
        _shared.Add(shared);
        return shared;
    }
}
