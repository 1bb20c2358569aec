using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// ASOF JOIN: each left row meets the nearest right row before it (or behind it) in one order, among those with equal keys. Both sides are put into that
/// order together, where the last right row seen is the one.
/// </summary>
internal sealed class AsofBinder(BindingContext context)
{
    /// <param name="type">Inner or Left.</param>
    /// <param name="left">The left rows.</param>
    /// <param name="right">The right rows.</param>
    /// <param name="condition">Equalities, and one comparison that is the order.</param>
    /// <param name="span">The join.</param>
    public LogicalNode Bind(JoinType type, LogicalNode left, LogicalNode right, Expression condition, SourceSpan span)
    {
        if (type is not (JoinType.Inner or JoinType.Left))
        {
            throw QueryException.NotSupportedYet($"ASOF {type.ToString().ToUpperInvariant()} JOIN", span);
        }

        var (keys, rest) = JoinCondition.Split(condition, left, right);
        if (Order(rest, left, right) is not var (leftTime, rightTime, isBackward, isStrict))
        {
            throw new QueryException(
                ErrorCodes.SyntaxError, "ASOF JOIN takes equalities and exactly one comparison by <, <=, > or >= between the two sides", span);
        }

        // A right row with a NULL among its keys meets nothing; a left one passes with no match.
        right = new LogicalFilter(right, ExpressionWalk.AndAll(keys.Select(key => (Expression)new IsNull(key.Right, IsNegated: true)).Append(new IsNull(rightTime, IsNegated: true))));
        var leftRow = PackedRow(left.Output);
        var rightRow = PackedRow(right.Output);

        // Where both are at the same place, the right row comes first unless it must lie strictly before.
        var (leftSide, rightSide) = isStrict ? (0, 1) : (1, 0);
        var leftPart = Part(left, keys.Select(key => key.Left), leftTime, leftSide, leftRow, Literal.Null(rightRow.Type));
        var rightPart = Part(right, keys.Select(key => key.Right), rightTime, rightSide, Literal.Null(leftRow.Type), rightRow);
        var columns = leftPart.Output.Select(column => context.NewColumn(column.Name, column.Type)).ToImmutableArray();
        var both = new LogicalSetOperation(SetOperator.Union, IsAll: true, leftPart, rightPart, columns);
        var (time, side, packedLeft, packedRight) = (columns[^4], columns[^3], columns[^2], columns[^1]);
        var found = context.NewColumn("found", rightRow.Type);
        var frame = new WindowFrame(FrameUnit.Rows, new FrameBound(FrameBoundKind.UnboundedPreceding), new FrameBound(FrameBoundKind.CurrentRow), FrameExclusion.NoOthers);
        var last = new WindowCall("last_value", [packedRight.Reference()], rightRow.Type, IsDistinct: false, IgnoresNulls: true, Filter: null, [], frame);
        var window = new LogicalWindow(
            both,
            [.. columns[..^4].Select(column => (Expression)column.Reference())],
            [new SortKey(time.Reference(), IsDescending: !isBackward, NullsFirst: true), new SortKey(side.Reference(), IsDescending: false, NullsFirst: false)],
            [new WindowAggregation(found, last)]);
        var isLeft = new Call("=", [side.Reference(), new Literal(leftSide, DataType.Integer)], DataType.Boolean);
        Expression wanted = type == JoinType.Inner ? new Junction(IsAnd: true, [isLeft, new IsNull(found.Reference(), IsNegated: true)]) : isLeft;
        return new LogicalProject(new LogicalFilter(window, wanted), [.. Fields(left.Output, packedLeft), .. Fields(right.Output, found)]);
    }

    private static (Expression Left, Expression Right, bool IsBackward, bool IsStrict)? Order(Expression? condition, LogicalNode left, LogicalNode right)
    {
        var leftIds = left.Output.Select(column => column.Id).ToHashSet();
        var rightIds = right.Output.Select(column => column.Id).ToHashSet();
        if (condition is not Call { Function: ("<" or "<=" or ">" or ">=") and var name, Arguments: [var a, var b] })
        {
            return null;
        }

        bool Over(Expression side, HashSet<int> ids) => side.ReferencedColumns().Any() && side.ReferencedColumns().All(ids.Contains);
        var isStrict = name is "<" or ">";
        return Over(a, leftIds) && Over(b, rightIds) ? (a, b, name is ">" or ">=", isStrict)
            : Over(a, rightIds) && Over(b, leftIds) ? (b, a, name is "<" or "<=", isStrict)
            : null;
    }

    private static Call PackedRow(ImmutableArray<LogicalColumn> columns) => new(
        "row",
        [.. columns.Select(column => (Expression)column.Reference())],
        new RowType([.. columns.Select((column, i) => new Field($"f{i + 1}", column.Type))]));

    private static IEnumerable<Projection> Fields(ImmutableArray<LogicalColumn> columns, LogicalColumn row) => columns.Select((column, i) => new Projection(
        column, new Call("row_field", [row.Reference(), new Literal(i, DataType.Integer)], column.Type)));

    private LogicalProject Part(LogicalNode input, IEnumerable<Expression> keys, Expression time, int side, Expression leftRow, Expression rightRow)
    {
        Expression[] values = [.. keys, time, new Literal(side, DataType.Integer), leftRow, rightRow];
        return new LogicalProject(input, [.. values.Select((value, i) => new Projection(context.NewColumn($"asof {i + 1}", value.Type), value))]);
    }
}
