using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds the GROUP BY of one SELECT.</summary>
internal sealed class GroupingBinder(BindingContext context, ExpressionBinder expressions)
{
    /// <summary>As many grouping sets as PostgreSQL allows: CUBE over twelve keys.</summary>
    private const int MaxSets = 4096;

    /// <summary>The key expressions of GROUP BY, ordinals and names of the select list resolved, and which of them each grouping set has.</summary>
    public Grouping Bind(Ast.GroupByClause? clause, IReadOnlyList<(string Name, Expression Value)> outputs, ISet<int> aggregateColumns)
    {
        var keys = new List<Projection>();
        if (clause is null)
        {
            return new Grouping([], [[]], context.NewColumn("grouping set", DataType.Integer));
        }

        IReadOnlyList<ImmutableArray<Expression>> sets = clause.All
            ? [[.. outputs.Select(output => output.Value).Where(value => !value.ReferencedColumns().Any(aggregateColumns.Contains))]]
            : Combine(clause.Elements.Select(element => SetsOf(element, outputs)), clause.Span);
        var places = sets.Select(set => set.Select(value => PlaceOf(value, keys, aggregateColumns)).Distinct().Order().ToImmutableArray()).ToList();
        if (clause.Distinct)
        {
            places = [.. places.DistinctBy(set => string.Join(',', set))];
        }

        return new Grouping([.. keys], [.. places], context.NewColumn("grouping set", DataType.Integer));
    }

    private static string NameOf(Expression value) => value is ColumnReference column ? column.Name : "key";

    /// <summary>The elements of GROUP BY multiply: each set of one with each set of the others.</summary>
    private static List<ImmutableArray<Expression>> Combine(IEnumerable<IReadOnlyList<ImmutableArray<Expression>>> elements, SourceSpan span)
    {
        List<ImmutableArray<Expression>> sets = [[]];
        foreach (var element in elements)
        {
            if ((long)sets.Count * element.Count > MaxSets)
            {
                throw new QueryException(ErrorCodes.StatementTooComplex, $"too many grouping sets present (maximum {MaxSets})", span);
            }

            sets = [.. sets.SelectMany(set => element.Select(more => set.AddRange(more)))];
        }

        return sets;
    }

    private int PlaceOf(Expression value, List<Projection> keys, ISet<int> aggregateColumns)
    {
        if (value.ReferencedColumns().Any(aggregateColumns.Contains))
        {
            throw new QueryException(ErrorCodes.GroupingError, "aggregate functions are not allowed in GROUP BY", value.Span);
        }

        var place = keys.FindIndex(key => key.Value.Equals(value));
        if (place < 0)
        {
            place = keys.Count;
            keys.Add(new Projection(context.NewColumn(NameOf(value), value.Type, context.FormOf(value)), value));
        }

        return place;
    }

    private IReadOnlyList<ImmutableArray<Expression>> SetsOf(Ast.GroupingElement element, IReadOnlyList<(string Name, Expression Value)> outputs)
    {
        switch (element)
        {
            case Ast.GroupingSet set:
                return [Keys(set)];
            case Ast.GroupingSets several:
                return [.. several.Elements.SelectMany(inner => SetsOf(inner, outputs))];
            case Ast.RollupGrouping rollup:
                return [.. Enumerable.Range(0, rollup.Sets.Count + 1).Reverse().Select(length => rollup.Sets.Take(length).SelectMany(set => Keys(set)).ToImmutableArray())];
            default:
                var cube = ((Ast.CubeGrouping)element).Sets;
                if (cube.Count > 12)
                {
                    throw new QueryException(ErrorCodes.StatementTooComplex, "CUBE is limited to 12 elements", element.Span);
                }

                // As PostgreSQL lists them: all keys first, then fewer.
                return [.. Enumerable.Range(0, 1 << cube.Count).Reverse().Select(mask => cube.Where((_, i) => (mask >> (cube.Count - 1 - i) & 1) == 1).SelectMany(set => Keys(set)).ToImmutableArray())];
        }

        ImmutableArray<Expression> Keys(Ast.GroupingSet set) => [.. set.Expressions.Select(expression => BindKey(expression, outputs))];
    }

    private Expression BindKey(Ast.Expression expression, IReadOnlyList<(string Name, Expression Value)> outputs)
    {
        if (expression is Ast.NumberLiteral { Kind: Ast.NumberKind.Integer } ordinal)
        {
            return Ordinal(ordinal, outputs, "GROUP BY");
        }

        return expressions.Coercion.Settle(expressions.Bind(expression));
    }

    /// <summary>The select item that a number in GROUP BY or ORDER BY stands for.</summary>
    public static Expression Ordinal(Ast.NumberLiteral ordinal, IReadOnlyList<(string Name, Expression Value)> outputs, string clause) =>
        int.TryParse(ordinal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= outputs.Count
            ? outputs[place - 1].Value
            : throw new QueryException(
                ErrorCodes.InvalidColumnReference, $"{clause} position {ordinal.Text} is not in select list", ordinal.Span, $"The select list has {outputs.Count} columns.");
}
