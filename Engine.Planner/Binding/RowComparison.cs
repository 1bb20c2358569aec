using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Compares row constructors field by field: the first fields that differ decide, and NULL among those that were looked at leaves it open.</summary>
internal static class RowComparison
{
    /// <summary>The fields of a comparison of two row constructors, or of one with the columns of a subquery; null for all else.</summary>
    public static Expression? TryBind(Ast.BinaryExpression comparison, ExpressionBinder expressions)
    {
        var (left, right) = (comparison.Left as Ast.RowConstructor, comparison.Right as Ast.RowConstructor);
        if ((left ?? right) is not { } row || !IsComparison(OperatorNames.FunctionOf(comparison.Operator)))
        {
            return null;
        }

        ImmutableArray<Expression>? Fields(Ast.Expression operand) => operand switch
        {
            Ast.RowConstructor constructor => [.. constructor.Items.Select(expressions.Bind)],
            Ast.SubqueryExpression subquery => expressions.RequireSubqueries(subquery.Span).BindRow(subquery, row.Items.Count),
            _ => null,
        };

        return Fields(comparison.Left) is { } a && Fields(comparison.Right) is { } b ? Bind(OperatorNames.FunctionOf(comparison.Operator), a, b, expressions, comparison.Span) : null;
    }

    /// <exception cref="QueryException">One side has more fields, or the operator compares no rows.</exception>
    public static Expression Bind(string name, ImmutableArray<Expression> left, ImmutableArray<Expression> right, ExpressionBinder expressions, SourceSpan span)
    {
        if (left.Length != right.Length)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "unequal number of entries in row expressions", span);
        }

        if (!IsComparison(name))
        {
            throw new QueryException(ErrorCodes.SyntaxError, $"operator {name} does not compare rows", span);
        }

        Expression Compare(string with, int field) => expressions.Call(with, [left[field], right[field]], span);
        if (name is "=" or "<>")
        {
            var fields = Enumerable.Range(0, left.Length).Select(field => Compare(name, field)).ToImmutableArray();
            return fields.Length == 1 ? fields[0] : new Junction(name == "=", fields) { Span = span };
        }

        var decided = Compare(name, left.Length - 1);
        for (var field = left.Length - 2; field >= 0; field--)
        {
            var further = new Junction(IsAnd: true, [Compare("=", field), decided]) { Span = span };
            decided = new Junction(IsAnd: false, [Compare(name[..1], field), further]) { Span = span };
        }

        return decided;
    }

    private static bool IsComparison(string name) => name is "=" or "<>" or "<" or "<=" or ">" or ">=";
}
