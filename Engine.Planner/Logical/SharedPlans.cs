using System.Collections.Immutable;

namespace Engine.Planner.Logical;

/// <summary>A plan whose rows are computed once and read by several <see cref="LogicalSharedScan"/>s.</summary>
/// <param name="Id">What the scans know it by; unique in a plan.</param>
/// <param name="Name">What EXPLAIN calls it.</param>
/// <param name="Plan">Refers to nothing outside, other than to definitions before it.</param>
public sealed record SharedPlan(int Id, string Name, LogicalNode Plan);

/// <summary>Plans that are computed first, in order, and then the one that reads them.</summary>
public sealed record LogicalWith(ImmutableArray<SharedPlan> Definitions, LogicalNode Body) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Body.Output;

    public override ImmutableArray<LogicalNode> Inputs => [.. Definitions.Select(definition => definition.Plan), Body];

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) =>
        new LogicalWith([.. Definitions.Zip(inputs, (definition, plan) => definition with { Plan = plan })], inputs[^1]);
}

/// <summary>Reads the rows of a shared plan, or those that the step of a recursion works on.</summary>
/// <param name="Id">Of the <see cref="SharedPlan"/> or <see cref="LogicalRecursion"/>.</param>
/// <param name="Name">What EXPLAIN calls it.</param>
/// <param name="Columns">The columns read, with ids of their own.</param>
/// <param name="Places">Where they are among the columns of what is read.</param>
/// <param name="EstimatedRows">The planner's guess when it was bound.</param>
public sealed record LogicalSharedScan(int Id, string Name, ImmutableArray<LogicalColumn> Columns, ImmutableArray<int> Places, double EstimatedRows) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Columns;
}

/// <summary>
/// WITH RECURSIVE: the rows of the base, then those that the step makes of the rows that were new the last time, until none are.
/// </summary>
/// <param name="Id">What the step's <see cref="LogicalSharedScan"/>s know the new rows by.</param>
/// <param name="Name">What EXPLAIN calls it.</param>
/// <param name="IsAll">Whether rows that came before count as new.</param>
/// <param name="Base">Gives the first rows.</param>
/// <param name="Step">Gives the next ones, of the same types.</param>
/// <param name="Columns">The columns of all rows.</param>
public sealed record LogicalRecursion(int Id, string Name, bool IsAll, LogicalNode Base, LogicalNode Step, ImmutableArray<LogicalColumn> Columns) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Columns;

    public override ImmutableArray<LogicalNode> Inputs => [Base, Step];

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Base = inputs[0], Step = inputs[1] };
}
