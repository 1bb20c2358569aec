using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Tokens;

namespace Engine.Parser.Building;

/// <summary>From the parse tree to spans and lists.</summary>
internal static class ContextExtensions
{
    /// <summary>The text that a rule covers; a rule that matched nothing has an empty span where it would stand.</summary>
    public static SourceSpan Span(this ParserRuleContext context)
    {
        var start = (SqlToken)context.Start;
        return context.Stop is SqlToken stop && stop.TokenIndex >= start.TokenIndex
            ? SourceSpan.Covering(start.Span, stop.Span)
            : new SourceSpan(start.StartIndex, 0);
    }

    public static SqlToken Token(this ITerminalNode node) => (SqlToken)node.Symbol;

    /// <summary>Builds one node per context.</summary>
    public static SyntaxList<TNode> Map<TContext, TNode>(this TContext[] contexts, Func<TContext, TNode> build)
        where TNode : notnull
    {
        if (contexts.Length == 0)
        {
            return [];
        }

        var nodes = new TNode[contexts.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = build(contexts[i]);
        }

        return new SyntaxList<TNode>(nodes);
    }

    /// <summary>
    /// The left spine of a left-recursive rule: the innermost context, which starts with something else, and the ones around it from the inside
    /// out. Chains of thousands of operators are as deep as they are long, so nobody may walk them by recursion.
    /// </summary>
    public static (T Innermost, Stack<T> Around) LeftSpine<T>(this T context)
        where T : ParserRuleContext
    {
        var around = new Stack<T>();
        while (context.GetChild(0) is T left)
        {
            around.Push(context);
            context = left;
        }

        return (context, around);
    }
}
