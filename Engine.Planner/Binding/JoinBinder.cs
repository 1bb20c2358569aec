using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds joins. Equalities between the sides become keys, the rest of the condition a residual.</summary>
internal sealed class JoinBinder(BindingContext context, QueryBinder queries, RelationBinder relations, Scope? outer)
{
    public RelationPlan Bind(Ast.JoinRelation join)
    {
        var left = relations.Bind(join.Left);
        if (AsUnnest(join.Right) is { } unnest && IsPlain(join))
        {
            return BindUnnest(join, left, unnest);
        }

        var right = BindRight(left, join.Right);
        return join.Criteria switch
        {
            Ast.JoinUsing usingClause => BindUsing(join, left, right, [.. usingClause.Columns]),
            Ast.JoinNatural => BindUsing(join, left, right, CommonColumns(left, right)),
            Ast.JoinOn on when join.Asof => BindAsof(join, left, right, on.Condition),
            Ast.JoinOn on => BindOn(join, left, right, on.Condition),
            _ => new RelationPlan(Join(TypeOf(join.Kind), left, right, Literal.True), left.Scope.Combine(right.Scope, join.Right.Span)),
        };
    }

    /// <summary>The next relation of a FROM list.</summary>
    public RelationPlan Cross(RelationPlan left, Ast.Relation relation)
    {
        if (AsUnnest(relation) is { } unnest)
        {
            return Alias(new UnnestBinder(context, queries).Bind(unnest.Relation, left), left, unnest);
        }

        var right = BindRight(left, relation);
        return new RelationPlan(Join(JoinType.Inner, left, right, Literal.True), left.Scope.Combine(right.Scope, relation.Span));
    }

    /// <summary>A relation beside others, whose columns it may use when it is lateral.</summary>
    private RelationPlan BindRight(RelationPlan left, Ast.Relation relation) =>
        IsLateral(relation) ? new RelationBinder(context, queries, left.Scope.WithOuter(outer)).Bind(relation) : relations.Bind(relation);

    private static bool IsLateral(Ast.Relation relation) => relation switch
    {
        Ast.SubqueryRelation subquery => subquery.Lateral,
        Ast.FunctionRelation or Ast.UnnestRelation => true,
        Ast.AliasedRelation aliased => IsLateral(aliased.Source),
        Ast.SampledRelation sampled => IsLateral(sampled.Source),
        Ast.JoinRelation join => IsLateral(join.Left) || IsLateral(join.Right),
        _ => false,
    };

    private static (Ast.UnnestRelation Relation, string? Name, IReadOnlyList<Ast.Identifier> Columns)? AsUnnest(Ast.Relation relation) => relation switch
    {
        Ast.UnnestRelation unnest => (unnest, null, []),
        Ast.AliasedRelation { Source: Ast.UnnestRelation unnest } aliased => (unnest, aliased.Name.Value, [.. aliased.Columns]),
        _ => null,
    };

    /// <summary>Gives the columns that an UNNEST added their table name and names. One that is alone goes by the table's name, as in PostgreSQL.</summary>
    private static RelationPlan Alias(RelationPlan plan, RelationPlan input, (Ast.UnnestRelation Relation, string? Name, IReadOnlyList<Ast.Identifier> Columns) unnest)
    {
        var (relation, name, columns) = unnest;
        var first = input.Scope.Columns.Length;
        var isAlone = plan.Scope.Columns.Length - first - (relation.WithOrdinality ? 1 : 0) == 1;
        var renamed = plan.Scope.Columns.Select((column, i) => i < first
            ? column
            : column with
            {
                Table = name ?? column.Table,
                Column = i - first < columns.Count ? column.Column with { Name = columns[i - first].Value }
                    : isAlone && i == first && name is not null ? column.Column with { Name = name }
                    : column.Column,
            });
        return new RelationPlan(plan.Root, new Scope([.. renamed], plan.Scope.Outer));
    }

    /// <summary>Whether a join has no condition and keeps no rows of the right side.</summary>
    private static bool IsPlain(Ast.JoinRelation join) =>
        join is { Criteria: null or Ast.JoinOn { Condition: Ast.BooleanLiteral { Value: true } }, Kind: Ast.JoinKind.Inner or Ast.JoinKind.Cross or Ast.JoinKind.Left };

    private RelationPlan BindUnnest(
        Ast.JoinRelation join, RelationPlan left, (Ast.UnnestRelation Relation, string? Name, IReadOnlyList<Ast.Identifier> Columns) unnest)
    {
        var plan = new UnnestBinder(context, queries).Bind(unnest.Relation, left, keepsEmpty: join.Kind == Ast.JoinKind.Left);
        return Alias(plan, left, unnest);
    }

    private RelationPlan BindAsof(Ast.JoinRelation join, RelationPlan left, RelationPlan right, Ast.Expression condition)
    {
        var both = left.Scope.Combine(right.Scope, join.Right.Span).WithOuter(outer);
        var predicate = new ExpressionBinder(context, both, "JOIN ON").BindCondition(condition, "JOIN ON");
        return new RelationPlan(new AsofBinder(context).Bind(TypeOf(join.Kind), left.Root, right.Root, predicate, join.Span), both);
    }

    private RelationPlan BindOn(Ast.JoinRelation join, RelationPlan left, RelationPlan right, Ast.Expression condition)
    {
        var both = left.Scope.Combine(right.Scope, join.Right.Span).WithOuter(outer);
        var subqueries = new SubqueryBinder(context, queries, both);
        var predicate = new ExpressionBinder(context, both, "JOIN ON") { Subqueries = subqueries }.BindCondition(condition, "JOIN ON");
        var type = TypeOf(join.Kind);
        var visible = type is JoinType.Semi or JoinType.Anti ? left.Scope : both;
        if (!subqueries.Columns.Any())
        {
            return new RelationPlan(Join(type, left, right, predicate), visible);
        }

        if (type == JoinType.Inner)
        {
            return new RelationPlan(new LogicalFilter(subqueries.Attach(Join(type, left, right, Literal.True)), predicate), visible);
        }

        // What a subquery gives for a row of one side is a column of that side.
        var (ofRight, ofBoth) = (new SubqueryBinder(context, queries, both), new SubqueryBinder(context, queries, both));
        subqueries.MoveTo(ofBoth, (_, used) => Uses(used, left.Root) && Uses(used, right.Root));
        subqueries.MoveTo(ofRight, (_, used) => Uses(used, right.Root));
        left = left with { Root = subqueries.Attach(left.Root) };
        right = right with { Root = ofRight.Attach(right.Root) };
        return new RelationPlan(ofBoth.Columns.Any() ? JoinByPairs(type, left.Root, right.Root, ofBoth, predicate, join) : Join(type, left, right, predicate), visible);
    }

    /// <summary>A join whose condition is known for a pair of rows only: for each row of one side those of the other that fulfil it.</summary>
    private static LogicalApply JoinByPairs(JoinType type, LogicalNode left, LogicalNode right, SubqueryBinder subqueries, Expression predicate, Ast.JoinRelation join) => type switch
    {
        JoinType.Full => throw QueryException.NotSupportedYet("a subquery over both sides in the condition of a FULL JOIN", join.Span),
        JoinType.Right => new LogicalApply(JoinType.Left, right, new LogicalFilter(subqueries.Attach(left), predicate), Literal.True),
        _ => new LogicalApply(type, left, new LogicalFilter(subqueries.Attach(right), predicate), Literal.True),
    };

    private static bool Uses(IReadOnlySet<int> columns, LogicalNode input) => columns.Overlaps(input.Output.Select(column => column.Id));

    private RelationPlan BindUsing(Ast.JoinRelation join, RelationPlan left, RelationPlan right, IReadOnlyList<Ast.Identifier> names)
    {
        var coercion = new Coercion(context.Constants);
        var type = TypeOf(join.Kind);
        var keys = new List<JoinKey>();
        var merged = new List<(LogicalColumn Left, LogicalColumn Right, string Name)>();
        foreach (var name in names)
        {
            var leftColumn = FindColumn(left.Scope, name, "left");
            var rightColumn = FindColumn(right.Scope, name, "right");
            var common = CastRules.CommonType(leftColumn.Type, rightColumn.Type)
                ?? throw OverloadResolver.NoMatch("=", isOperator: true, [leftColumn.Reference(), rightColumn.Reference()], name.Span);
            keys.Add(new JoinKey(coercion.To(leftColumn.Reference(name.Span), common), coercion.To(rightColumn.Reference(name.Span), common)));
            merged.Add((leftColumn, rightColumn, name.Value));
        }

        var conditions = keys.Select(key => key.Condition()).ToList();
        if (join.Asof && keys.Count > 0)
        {
            // The last of the columns is the one that is in order.
            conditions[^1] = new Call(">=", [keys[^1].Left, keys[^1].Right], DataType.Boolean) { Span = join.Span };
        }

        var condition = ExpressionWalk.AndAll(conditions);
        var root = join.Asof ? new AsofBinder(context).Bind(type, left.Root, right.Root, condition, join.Span) : Join(type, left, right, condition);
        if (type is JoinType.Semi or JoinType.Anti)
        {
            return new RelationPlan(root, left.Scope);
        }

        // The merged columns come first in a star; the sides' own columns stay reachable by table name.
        var projections = root.Output.Select(Projection.Keep).ToList();
        var columns = new List<ScopeColumn>();
        for (var i = 0; i < merged.Count; i++)
        {
            var (leftColumn, rightColumn, name) = merged[i];
            Expression value = type switch
            {
                JoinType.Right => keys[i].Right,
                JoinType.Full => new Coalesce([keys[i].Left, keys[i].Right], keys[i].Left.Type),
                _ => keys[i].Left,
            };
            var column = context.NewColumn(leftColumn.Name, value.Type);
            projections.Add(new Projection(column, value));
            columns.Add(new ScopeColumn(column, Table: null));
        }

        var hidden = merged.SelectMany(pair => (int[])[pair.Left.Id, pair.Right.Id]).ToHashSet();
        foreach (var column in left.Scope.Combine(right.Scope, join.Right.Span).Columns)
        {
            columns.Add(hidden.Contains(column.Column.Id) ? column with { NeedsTable = true } : column);
        }

        return new RelationPlan(new LogicalProject(root, [.. projections]), new Scope([.. columns], outer));
    }

    private static LogicalColumn FindColumn(Scope scope, Ast.Identifier name, string side) =>
        scope.Find(new Ast.QualifiedName([name], name.Span)) is { } found
            ? found.Column
            : throw new QueryException(
                ErrorCodes.UndefinedColumn,
                $"column \"{name.Value}\" specified in USING clause does not exist in {side} table",
                name.Span,
                NearNames.Hint(name.Value, scope.Columns.Select(column => column.Column.Name)));

    private static List<Ast.Identifier> CommonColumns(RelationPlan left, RelationPlan right)
    {
        var names = right.Scope.Columns.Where(column => column is { IsHidden: false, NeedsTable: false }).Select(column => column.Column.Name).ToHashSet(StringComparer.Ordinal);
        return [.. left.Scope.Columns
            .Where(column => column is { IsHidden: false, NeedsTable: false } && names.Contains(column.Column.Name))
            .Select(column => new Ast.Identifier(column.Column.Name, Quoted: true, default))];
    }

    private static JoinType TypeOf(Ast.JoinKind kind) => kind switch
    {
        Ast.JoinKind.Left => JoinType.Left,
        Ast.JoinKind.Right => JoinType.Right,
        Ast.JoinKind.Full => JoinType.Full,
        Ast.JoinKind.Semi => JoinType.Semi,
        Ast.JoinKind.Anti => JoinType.Anti,
        _ => JoinType.Inner,
    };

    private static LogicalNode Join(JoinType type, RelationPlan left, RelationPlan right, Expression condition)
    {
        if (Uses(right.Root.FreeColumns(), left.Root))
        {
            return type is JoinType.Right or JoinType.Full
                ? throw new QueryException(
                    ErrorCodes.InvalidColumnReference, "a lateral relation refers to the other side of the join, which must be INNER or LEFT then", condition.Span)
                : new LogicalApply(type, left.Root, right.Root, condition);
        }

        var (keys, residual) = JoinCondition.Split(condition, left.Root, right.Root);
        return new LogicalJoin(type, left.Root, right.Root, keys, residual);
    }
}
