using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Server.Copy;
using Engine.Server.Tables;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>Gives each statement to the command that runs it.</summary>
internal sealed class StatementDispatch(Session session)
{
    /// <summary>Runs a statement, or says that there is no such yet.</summary>
    public StatementResult Execute(Ast.Statement statement, ImmutableArray<Literal> parameters, CancellationToken cancellationToken) => statement switch
    {
        Ast.QueryStatement query => session.Run("SELECT", session.Plan(query.Query, cancellationToken, parameters), cancellationToken),
        Ast.CopyStatement copy => new CopyCommand(session).Execute(copy, cancellationToken),
        Ast.ExplainStatement explain => new ExplainCommand(session).Execute(explain, cancellationToken),
        Ast.ShowStatement show => new ShowCommand(session).Execute(show, cancellationToken),
        Ast.ShowStatsStatement stats => new StatisticsCommand(session).Execute(stats, cancellationToken),
        Ast.SummarizeStatement summarize => new StatisticsCommand(session).Execute(summarize, cancellationToken),
        Ast.AnalyzeStatement analyze => new StatisticsCommand(session).Execute(analyze, cancellationToken),
        Ast.ShowVariableStatement variable => new ShowCommand(session).Execute(variable, cancellationToken),
        Ast.DescribeRelationStatement describe => new DescribeCommand(session).Execute(describe, cancellationToken),
        Ast.DescribeQueryStatement describe => new DescribeCommand(session).Execute(describe, cancellationToken),
        Ast.DescribePreparedStatement describe => session.Prepared.Describe(describe, cancellationToken),
        Ast.SetStatement set => new SettingCommand(session).Execute(set),
        Ast.ResetStatement reset => new SettingCommand(session).Execute(reset),
        Ast.UseStatement use => new SettingCommand(session).Execute(use),
        Ast.DiscardStatement discard => new SettingCommand(session).Execute(discard),
        Ast.ListenStatement => StatementResult.Done("LISTEN"), // Nobody sends notifications; drivers and pools listen all the same.
        Ast.UnlistenStatement => StatementResult.Done("UNLISTEN"),
        Ast.KillStatement kill => new SettingCommand(session).Execute(kill),
        Ast.DeclareCursorStatement declare => session.Cursors.Declare(declare, parameters, cancellationToken),
        Ast.FetchStatement fetch => session.Cursors.Fetch(fetch, cancellationToken),
        Ast.CloseStatement close => session.Cursors.Close(close),
        Ast.PrepareStatement prepare => session.Prepared.Prepare(prepare),
        Ast.ExecuteStatement execute => session.Prepared.Execute(execute, cancellationToken),
        Ast.DeallocateStatement deallocate => session.Prepared.Deallocate(deallocate),
        Ast.InsertStatement insert => new WriteCommand(session, parameters).Execute(insert, cancellationToken),
        Ast.UpdateStatement update => new WriteCommand(session, parameters).Execute(update, cancellationToken),
        Ast.DeleteStatement delete => new WriteCommand(session, parameters).Execute(delete, cancellationToken),
        Ast.TruncateStatement truncate => new WriteCommand(session, parameters).Execute(truncate, cancellationToken),
        Ast.CreateTableStatement create => new DefinitionCommand(session, parameters).Execute(create, cancellationToken),
        Ast.CreateTableAsStatement create => new DefinitionCommand(session, parameters).Execute(create, cancellationToken),
        Ast.CreateViewStatement create => new DefinitionCommand(session, parameters).Execute(create, cancellationToken),
        Ast.CreateSchemaStatement create => new DefinitionCommand(session, parameters).Execute(create),
        Ast.CreateSequenceStatement create => new SequenceCommand(session).Execute(create, cancellationToken),
        Ast.CreateTypeStatement create => new TypeCommand(session).Execute(create),
        Ast.CreateIndexStatement create => new IndexCommand(session).Execute(create, cancellationToken),
        Ast.DropStatement drop => new DropCommand(session).Execute(drop, cancellationToken),
        Ast.AlterStatement alter => new AlterCommand(session).Execute(alter, cancellationToken),
        Ast.CommentStatement comment => new CommentCommand(session).Execute(comment, cancellationToken),
        _ => throw QueryException.NotSupportedYet(NameOf(statement), statement.Span),
    };

    /// <summary>What a statement is called: its words, as far as they tell what it does.</summary>
    public static string NameOf(Ast.Statement statement)
    {
        if (statement is Ast.DropStatement { Kind: var dropped })
        {
            return $"DROP {dropped.ToString().ToUpperInvariant()}";
        }

        if (statement is Ast.AlterStatement { Kind: var altered })
        {
            return $"ALTER {altered.ToString().ToUpperInvariant()}";
        }

        if (statement is Ast.QueryStatement)
        {
            return "SELECT";
        }

        // CreateTableAsStatement is "CREATE TABLE AS".
        var name = statement.GetType().Name[..^"Statement".Length];
        return string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {c}" : c.ToString())).ToUpperInvariant();
    }
}
