using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Simplify;

/// <summary>
/// Drops what a condition says twice or for nothing: TRUE in an AND, FALSE in an OR, nested and repeated terms, NOT of a comparison, a CASE or
/// COALESCE decided by its first constant. A filter that is always true goes; one that is never true becomes no rows.
/// </summary>
internal sealed class SimplifyConditions : IPlanRule
{
    private static readonly ImmutableDictionary<string, string> Opposites = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["="] = "<>", ["<>"] = "=", ["<"] = ">=", [">="] = "<", [">"] = "<=", ["<="] = ">",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public string Name => "simplify_conditions";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node =>
        node.RewriteExpressions(expression => expression.Rewrite(Simplify)) switch
        {
            LogicalFilter { Predicate: Literal { Value: true } } filter => filter.Input,
            LogicalFilter { Predicate: Literal } filter when filter.Input is not LogicalValues { Rows.IsEmpty: true } => new LogicalValues(filter.Output, []),
            var simplified => simplified,
        });

    private static Expression Simplify(Expression expression) => expression switch
    {
        Junction junction => SimplifyJunction(junction),
        Call { Function: "not", Arguments: [Call { Function: "not", Arguments: [var inner] }] } => inner,
        Call { Function: "not", Arguments: [IsNull test] } => test with { IsNegated = !test.IsNegated },
        Call { Function: "not", Arguments: [Call { Arguments.Length: 2 } comparison] } when Opposites.TryGetValue(comparison.Function, out var opposite) =>
            comparison with { Function = opposite },
        Case { Conditions: [Literal first, ..] } choice => SimplifyCase(choice, first),
        Coalesce { Arguments: [Literal { Value: not null } first, ..] } => first,
        InList { Items: [var item], Operand: var operand } => new Call("=", [operand, item], DataType.Boolean) { Span = expression.Span },
        _ => expression,
    };

    private static Expression SimplifyJunction(Junction junction)
    {
        var neutral = junction.IsAnd;
        var terms = junction.Terms.SelectMany(term => term is Junction inner && inner.IsAnd == junction.IsAnd ? inner.Terms : [term])
            .Where(term => term is not Literal { Value: bool value } || value != neutral)
            .Distinct()
            .ToImmutableArray();

        // A deciding constant makes terms that raise errors irrelevant too: their rows are decided before they run.
        if (terms.Any(term => term is Literal { Value: bool }))
        {
            return new Literal(!neutral, DataType.Boolean) { Span = junction.Span };
        }

        return terms.Length switch
        {
            0 => new Literal(neutral, DataType.Boolean) { Span = junction.Span },
            1 => terms[0],
            _ when terms.AsSpan().SequenceEqual(junction.Terms.AsSpan()) => junction,
            _ => junction with { Terms = terms },
        };
    }

    private static Expression SimplifyCase(Case choice, Literal first)
    {
        if (first.Value is true)
        {
            return choice.Results[0];
        }

        return choice.Conditions.Length == 1
            ? choice.Else
            : choice with { Conditions = choice.Conditions[1..], Results = choice.Results[1..] };
    }
}
