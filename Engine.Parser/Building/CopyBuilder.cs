using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Building;

/// <summary>COPY in its present and in its old spelling; the old one becomes the same options.</summary>
internal sealed class CopyBuilder(SyntaxBuilder builder)
{
    public CopyStatement Build(SqlGrammar.CopyStatementContext context)
    {
        var direction = context.FROM() is not null ? CopyDirection.From : CopyDirection.To;
        if (direction == CopyDirection.From && context.query() is { } query)
        {
            throw SyntaxErrors.Invalid("COPY FROM needs a table, not a query", query.Span());
        }

        var target = context.copyTarget();
        if (target.STDIN() is not null && direction == CopyDirection.To)
        {
            throw SyntaxErrors.Invalid("COPY TO cannot write to STDIN", target.Span());
        }

        if (target.STDOUT() is not null && direction == CopyDirection.From)
        {
            throw SyntaxErrors.Invalid("COPY FROM cannot read from STDOUT", target.Span());
        }

        return new CopyStatement(
            direction,
            context.qualifiedName() is { } table ? NameBuilder.Qualified(table) : null,
            NameBuilder.Columns(context.columnNames()),
            context.query() is { } source ? builder.Queries.Build(source) : null,
            Path(target),
            [.. context.optionItem().Select(OptionBuilder.Build), .. context.legacyCopyOption().Select(Legacy)],
            builder.Selects.Where(context.where()),
            context.Span());
    }

    private static Expression? Path(SqlGrammar.CopyTargetContext context)
    {
        if (context.parameter() is { } parameter)
        {
            return LiteralBuilder.Parameter(parameter);
        }

        return context.stringLiteral() is { } text ? LiteralBuilder.String(text) : null;
    }

    private static OptionItem Legacy(SqlGrammar.LegacyCopyOptionContext context)
    {
        var span = context.Span();
        if (context.FORCE() is not null)
        {
            var name = context.QUOTE() is not null ? "force_quote" : context.NOT() is not null ? "force_not_null" : "force_null";
            Expression columns = context.Star() is not null
                ? new StarExpression(Qualifier: null, [], [], [], span)
                : new ArrayConstructor([.. context.identifier().Select(column => new StringLiteral(NameBuilder.Identifier(column).Value, column.Span()))], span);
            return new OptionItem(name, columns, span);
        }

        var word = (SqlToken)context.Start;
        var option = word.Text.ToLowerInvariant();
        var value = context.stringLiteral() is { } text ? LiteralBuilder.String(text) : null;
        return (option, value) switch
        {
            ("csv" or "binary" or "text", null) => new OptionItem("format", new StringLiteral(option, word.Span), span),
            ("header" or "freeze", null) => new OptionItem(option, Value: null, span),
            ("delimiter" or "null" or "quote" or "escape" or "encoding", { } argument) => new OptionItem(option, argument, span),
            _ => throw new QueryException(
                ErrorCodes.SyntaxError, $"\"{word.Text}\" is not an option of COPY without parentheses", span, "Write WITH (option value, ...)."),
        };
    }
}
