using System.Diagnostics;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules;

/// <summary>What must hold after every rule; a breach names the rule.</summary>
internal static class PlanCheck
{
    public static void Verify(string rule, LogicalNode before, LogicalNode after)
    {
        if (!before.Output.Select(column => (column.Id, column.Type)).SequenceEqual(after.Output.Select(column => (column.Id, column.Type))))
        {
            throw new UnreachableException($"rule {rule} changed the output of the plan");
        }

        CheckReferences(rule, after);
    }

    /// <summary>Every expression reads only columns that its node's inputs give.</summary>
    private static void CheckReferences(string rule, LogicalNode node)
    {
        var known = node.Inputs.SelectMany(input => input.Output).Select(column => column.Id).ToHashSet();
        foreach (var missing in node.Expressions.SelectMany(expression => expression.ReferencedColumns()).Where(id => !known.Contains(id)))
        {
            throw new UnreachableException($"after rule {rule} a {node.GetType().Name} reads column {missing}, which its inputs do not give");
        }

        foreach (var input in node.Inputs)
        {
            CheckReferences(rule, input);
        }
    }
}
