using Engine.Planner.Logical;
using Engine.Planner.Statistics;

namespace Engine.Planner.Rules.Joins;

/// <summary>
/// Puts the smaller input of a join on the right, where the hash table is built: Inner and Full are symmetric, Left and Right turn into each other.
/// </summary>
internal sealed class ChooseJoinSides : IPlanRule
{
    public string Name => "choose_join_sides";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node => node is LogicalJoin join ? Choose(join) : node);

    private static LogicalNode Choose(LogicalJoin join)
    {
        if (join.Right is LogicalSingleRow || RowEstimate.Of(join.Left) >= RowEstimate.Of(join.Right) || Swapped(join.Type) is not { } type)
        {
            return join;
        }

        var swapped = new LogicalJoin(type, join.Right, join.Left, [.. join.Keys.Select(key => new JoinKey(key.Right, key.Left, key.MatchesNull))], join.Residual);
        return new LogicalProject(swapped, [.. join.Output.Select(Projection.Keep)]);
    }

    private static JoinType? Swapped(JoinType type) => type switch
    {
        JoinType.Inner => JoinType.Inner,
        JoinType.Full => JoinType.Full,
        JoinType.Left => JoinType.Right,
        JoinType.Right => JoinType.Left,
        _ => null,
    };
}
