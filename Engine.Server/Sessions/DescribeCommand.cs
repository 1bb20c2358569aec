using System.Collections.Immutable;
using Engine.Planner;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>DESCRIBE: the columns of a table, file or query.</summary>
internal sealed class DescribeCommand(Session session)
{
    public StatementResult Execute(Ast.DescribeRelationStatement describe, CancellationToken cancellationToken)
    {
        var everything = new Ast.SelectItem(new Ast.StarExpression(null, [], [], [], describe.Span), null, describe.Span);
        var select = new Ast.SelectBody(null, [everything], [describe.Relation], null, null, null, [], null, describe.Span);
        return Describe(new Ast.Query(null, select, [], null, null, describe.Span), cancellationToken);
    }

    public StatementResult Execute(Ast.DescribeQueryStatement describe, CancellationToken cancellationToken) => Describe(describe.Query, cancellationToken);

    private StatementResult Describe(Ast.Query query, CancellationToken cancellationToken)
    {
        var plan = Binder.Bind(query, session.NewBindingContext(cancellationToken));
        return session.Table(
            "DESCRIBE", ["column", "type"], plan.Output.Select(column => ImmutableArray.Create<string?>(column.Name, column.Type.ToString())), cancellationToken);
    }
}
