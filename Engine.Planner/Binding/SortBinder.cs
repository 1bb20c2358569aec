using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Directions of sort keys.</summary>
internal static class SortBinder
{
    /// <summary>NULL counts as the largest value, as in PostgreSQL: last ascending, first descending. In Presto it is always last.</summary>
    public static SortKey BindKey(Ast.SortItem item, Expression value, SqlMode mode = SqlMode.Postgres)
    {
        var isDescending = item.Direction == Ast.SortDirection.Descending;
        var nullsFirst = item.NullOrder switch
        {
            Ast.NullOrder.First => true,
            Ast.NullOrder.Last => false,
            _ => isDescending && mode == SqlMode.Postgres,
        };
        return new SortKey(value, isDescending, nullsFirst);
    }
}
