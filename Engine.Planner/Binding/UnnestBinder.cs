using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds UNNEST over the columns of the relations before it.</summary>
internal sealed class UnnestBinder(BindingContext context, QueryBinder queries)
{
    /// <summary>The input's rows repeated for every item, the item columns at the end.</summary>
    public RelationPlan Bind(Ast.UnnestRelation unnest, RelationPlan input, bool keepsEmpty = false)
    {
        var subqueries = new SubqueryBinder(context, queries, input.Scope);
        var expressions = new ExpressionBinder(context, input.Scope, "UNNEST") { Subqueries = subqueries };
        var arrays = unnest.Arrays.Select(array => expressions.Bind(array)).ToImmutableArray();
        var columns = ImmutableArray.CreateBuilder<LogicalColumn>();
        foreach (var array in arrays)
        {
            foreach (var field in ItemFields(array.Type, array.Span))
            {
                columns.Add(context.NewColumn(field.Name, field.Type));
            }
        }

        var ordinality = unnest.WithOrdinality ? context.NewColumn("ordinality", DataType.BigInt) : null;
        var node = new LogicalUnnest(subqueries.Attach(input.Root), arrays, columns.ToImmutable(), ordinality, keepsEmpty);
        var added = node.Output.Skip(node.Input.Output.Length).Select(column => new ScopeColumn(column, "unnest"));
        return new RelationPlan(node, new Scope(input.Scope.Columns.AddRange(added), input.Scope.Outer));
    }

    /// <summary>The columns an array's items make: the fields of rows, key and value of map entries, or the item itself.</summary>
    private static ImmutableArray<Field> ItemFields(DataType type, SourceSpan? span) => type switch
    {
        ArrayType { Element: RowType row } => row.Fields,
        ArrayType array => [new Field("unnest", array.Element)],
        MapType map => map.Entry.Fields,
        _ => throw new QueryException(ErrorCodes.DatatypeMismatch, $"UNNEST takes arrays and maps, not type {type}", span),
    };
}
