using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner;

/// <summary>From syntax to algebra: the entry to binding.</summary>
public static class Binder
{
    /// <summary>The logical plan of a query; its output columns are the result's.</summary>
    public static LogicalNode Bind(Ast.Query query, BindingContext context) => new QueryBinder(context).Bind(query, outer: null);
}
