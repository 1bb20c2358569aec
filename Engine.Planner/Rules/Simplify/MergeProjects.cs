using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Simplify;

/// <summary>
/// Project(Project(x)) becomes one Project when nothing expensive is computed twice by it, and a Project that only hands its input through goes.
/// </summary>
internal sealed class MergeProjects : IPlanRule
{
    public string Name => "merge_projects";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node => node switch
    {
        LogicalProject project when IsIdentity(project) => project.Input,
        LogicalProject { Input: LogicalProject inner } outer => Merge(outer, inner) ?? outer,
        _ => node,
    });

    private static bool IsIdentity(LogicalProject project) =>
        project.Projections.All(projection => projection.IsIdentity)
        && project.Output.Select(column => (column.Id, column.Name)).SequenceEqual(project.Input.Output.Select(column => (column.Id, column.Name)));

    private static LogicalProject? Merge(LogicalProject outer, LogicalProject inner)
    {
        var values = inner.Projections.ToDictionary(projection => projection.Column.Id, projection => projection.Value);
        var uses = outer.Expressions
            .SelectMany(expression => expression.SelfAndDescendants().OfType<ColumnReference>())
            .GroupBy(reference => reference.Column)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (var (id, value) in values)
        {
            var isCheap = value is ColumnReference or Literal;
            if (!isCheap && (uses.GetValueOrDefault(id) > 1 || value.IsVolatile()))
            {
                return null;
            }
        }

        ImmutableArray<Projection> merged = [.. outer.Projections.Select(projection => projection with { Value = projection.Value.Inline(values) })];
        return new LogicalProject(inner.Input, merged);
    }
}
