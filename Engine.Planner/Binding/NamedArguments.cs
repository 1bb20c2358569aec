using System.Collections.Frozen;
using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Arguments given by name, <c>make_interval(days =&gt; 3)</c>, of the functions whose parameters have names and a default of zero.</summary>
internal static class NamedArguments
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Parameters = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        ["make_interval"] = ["years", "months", "weeks", "days", "hours", "mins", "secs"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The arguments in the order of the parameters; null for a function that takes none by name.</summary>
    public static List<Expression>? TryOrder(Ast.FunctionCall call, Func<Ast.Expression, Expression> bind)
    {
        if (!Parameters.TryGetValue(call.Name.Last.Value, out var names))
        {
            return null;
        }

        var ordered = new List<Expression>();
        foreach (var (place, argument) in call.Arguments.Index())
        {
            var at = argument.Name is null ? place : names.IndexOf(argument.Name.Value);
            if (at < 0)
            {
                throw new QueryException(
                    ErrorCodes.UndefinedFunction, $"{call.Name.Last.Value} has no parameter \"{argument.Name!.Value}\"", argument.Span, NearNames.Hint(argument.Name.Value, names));
            }

            while (ordered.Count <= at)
            {
                ordered.Add(new Literal(0, DataType.Integer));
            }

            ordered[at] = bind(argument.Value);
        }

        return ordered;
    }
}
