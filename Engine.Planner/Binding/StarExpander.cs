using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>The columns that a star in a select list stands for, with EXCLUDE, REPLACE and RENAME.</summary>
internal static class StarExpander
{
    public static IEnumerable<(string Name, Expression Value)> Expand(Ast.StarExpression star, ExpressionBinder expressions)
    {
        var columns = Select(star, expressions.Scope);
        CheckNames(star, columns);
        foreach (var column in columns)
        {
            var name = column.Column.Name;
            if (star.Exclude.Any(excluded => Names(excluded, column)))
            {
                continue;
            }

            var replacement = star.Replace.FirstOrDefault(item => Scope.Matches(item.Column, name));
            var renaming = star.Rename.FirstOrDefault(item => Names(item.Column, column));
            var value = replacement is null ? column.Column.Reference(star.Span) : expressions.Bind(replacement.Value);
            yield return (renaming?.Name.Value ?? name, value);
        }
    }

    /// <summary>The fields of a row, for <c>(row).*</c>.</summary>
    public static IEnumerable<(string Name, Expression Value)> ExpandRow(Ast.RowStarExpression star, ExpressionBinder expressions)
    {
        var operand = expressions.Bind(star.Operand);
        return operand.Type is RowType row
            ? row.Fields.Select((field, place) => (field.Name, (Expression)new Call("row_field", [operand, new Literal(place, DataType.Integer)], field.Type) { Span = star.Span }))
            : throw new QueryException(ErrorCodes.WrongObjectType, $"fields asked of type {operand.Type}, which is no row", star.Operand.Span);
    }

    /// <summary>The COLUMNS(...) inside of a select item, or null.</summary>
    public static Ast.ColumnsExpression? ColumnsIn(Ast.Expression expression) => expression switch
    {
        Ast.ColumnsExpression columns => columns,
        Ast.FunctionCall call => call.Arguments.Select(argument => ColumnsIn(argument.Value)).Append(call.Filter is null ? null : ColumnsIn(call.Filter)).FirstOrDefault(found => found is not null),
        Ast.BinaryExpression binary => ColumnsIn(binary.Left) ?? ColumnsIn(binary.Right),
        Ast.UnaryExpression unary => ColumnsIn(unary.Operand),
        Ast.CastExpression cast => ColumnsIn(cast.Operand),
        Ast.IsNullExpression test => ColumnsIn(test.Operand),
        Ast.CaseExpression choice => choice.Whens.SelectMany(when => new[] { ColumnsIn(when.Condition), ColumnsIn(when.Result) }).Append(choice.Else is null ? null : ColumnsIn(choice.Else)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>The columns that COLUMNS(...) stands for: all, those of a star, or those whose names match a regular expression.</summary>
    public static IEnumerable<(string Name, Expression Value)> Expand(Ast.ColumnsExpression columns, ExpressionBinder expressions)
    {
        switch (columns.Selector)
        {
            case Ast.StarExpression star:
                return [.. Expand(star, expressions)];
            case Ast.StringLiteral pattern:
                var all = Expand(new Ast.StarExpression(Qualifier: null, [], [], [], columns.Span), expressions);
                var chosen = all.Where(column => expressions.Context.Constants.Evaluate(
                    expressions.Call("regexp_like", [new Literal(column.Name, Core.Types.DataType.Varchar), new Literal(pattern.Value, Core.Types.DataType.Varchar)], pattern.Span)) is true).ToList();
                return chosen.Count > 0 ? chosen : throw new QueryException(ErrorCodes.UndefinedColumn, $"no column matches \"{pattern.Value}\"", pattern.Span);
            default:
                throw QueryException.NotSupportedYet("COLUMNS of this", columns.Selector.Span);
        }
    }

    private static List<ScopeColumn> Select(Ast.StarExpression star, Scope scope)
    {
        if (star.Qualifier is not { } qualifier)
        {
            if (scope.Columns.IsEmpty)
            {
                throw new QueryException(ErrorCodes.SyntaxError, "SELECT * with no tables specified is not valid", star.Span);
            }

            return [.. scope.Columns.Where(column => column is { IsHidden: false, NeedsTable: false })];
        }

        var columns = scope.Columns.Where(column => column.Table is { } table && Scope.Matches(qualifier.Last, table)).ToList();
        return columns.Count > 0
            ? [.. columns.Where(column => !column.IsHidden)]
            : throw new QueryException(
                ErrorCodes.UndefinedTable,
                $"missing FROM-clause entry for table \"{qualifier.Last.Value}\"",
                star.Span,
                NearNames.Hint(qualifier.Last.Value, scope.Columns.Select(column => column.Table).OfType<string>()));
    }

    private static bool Names(Ast.QualifiedName name, ScopeColumn column) =>
        Scope.Matches(name.Last, column.Column.Name) && (name.IsSimple || (column.Table is { } table && Scope.Matches(name.Parts[^2], table)));

    /// <summary>A name in EXCLUDE, REPLACE or RENAME that no column has is a mistake, not nothing.</summary>
    private static void CheckNames(Ast.StarExpression star, List<ScopeColumn> columns)
    {
        var missing = star.Exclude.Concat(star.Rename.Select(item => item.Column)).FirstOrDefault(name => !columns.Any(column => Names(name, column)))?.Last
            ?? star.Replace.Select(item => item.Column).FirstOrDefault(name => !columns.Any(column => Scope.Matches(name, column.Column.Name)));
        if (missing is not null)
        {
            throw new QueryException(
                ErrorCodes.UndefinedColumn,
                $"column \"{missing.Value}\" does not exist",
                missing.Span,
                NearNames.Hint(missing.Value, columns.Select(column => column.Column.Name)));
        }
    }
}
