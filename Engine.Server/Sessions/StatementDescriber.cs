using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Server.Tables;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>What a statement takes and gives, told before it runs.</summary>
internal sealed class StatementDescriber(Session session)
{
    /// <summary>The types of the parameters, text where nothing says otherwise, and the columns of the rows; null when it gives none.</summary>
    public (ImmutableArray<DataType> Parameters, Schema? Columns) Describe(PreparedStatement prepared, CancellationToken cancellationToken)
    {
        var context = session.NewBindingContext(cancellationToken, [.. prepared.ParameterTypes.Select(Literal.Null)], isDescribed: true);
        var columns = prepared.Statement is null ? null : ColumnsOf(prepared.Statement, context, cancellationToken);
        return (context.ParameterTypes, columns);
    }

    private Schema? ColumnsOf(Ast.Statement statement, BindingContext context, CancellationToken cancellationToken)
    {
        switch (statement)
        {
            case Ast.QueryStatement query:
                return SchemaOf(Binder.Bind(query.Query, context).Output);
            case Ast.CreateTableAsStatement create:
                Binder.Bind(create.Query, context);
                return null;
            case Ast.InsertStatement or Ast.UpdateStatement or Ast.DeleteStatement:
                return new WriteCommand(session, []).Describe(statement, context, cancellationToken);
            case Ast.DeclareCursorStatement declare:
                Binder.Bind(declare.Query, context);
                return null;
            case Ast.FetchStatement fetch:
                return session.Cursors.Describe(fetch, cancellationToken);
            case Ast.ExecuteStatement execute:
                return Describe(session.Prepared.Find(execute.Name.Value, execute.Name.Span), cancellationToken).Columns;
            case Ast.ExplainStatement:
                return ExplainCommand.Columns;
            case Ast.ShowStatement or Ast.ShowVariableStatement or Ast.ShowStatsStatement or Ast.DescribeRelationStatement or Ast.DescribeQueryStatement or Ast.DescribePreparedStatement:
                // They change nothing and are soon done: the surest way to know their columns.
                using (var result = session.Execute(statement, [], cancellationToken))
                {
                    return result.Schema;
                }

            case Ast.SummarizeStatement:
                return StatisticsCommand.SummaryColumns;
            default:
                return null;
        }
    }

    private static Schema SchemaOf(IEnumerable<Planner.Logical.LogicalColumn> columns) => new([.. columns.Select(column => new Field(column.Name, column.Type) { Form = column.Form })]);
}
