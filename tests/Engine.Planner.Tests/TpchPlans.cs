using Engine.Catalog;
using Engine.Core.Functions;
using Engine.Exec.Expressions;
using Engine.Exec.Functions;
using Engine.Parser;
using Engine.Planner.Binding;
using Engine.Planner.Physical;
using Engine.Planner.Rules;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Tests;

/// <summary>Plans of queries over the TPC-H schema.</summary>
internal static class TpchPlans
{
    public static PlanNode Plan(string sql, IReadOnlySet<string> disabledRules, ICollection<RuleTrace>? trace = null, ITableResolver? tables = null)
    {
        var statement = (Ast.QueryStatement)SqlParser.ParseStatement(sql);
        var session = new SessionContext(0, TimeZoneInfo.Utc, "test");
        var context = new BindingContext(
            FunctionRegistry.Default, tables ?? new TpchTables(), new ConstantExpressionEvaluator(FunctionRegistry.Default, session), session, CancellationToken.None);
        return PhysicalPlanner.Plan(Optimizer.Optimize(Binder.Bind(statement.Query, context), new RuleContext(context), disabledRules, trace));
    }
}
