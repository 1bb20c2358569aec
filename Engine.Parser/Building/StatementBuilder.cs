using System.Diagnostics;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Sends each statement to the builder of its kind.</summary>
internal sealed class StatementBuilder
{
    private readonly SyntaxBuilder _builder;
    private readonly CopyBuilder _copies;
    private readonly ShowBuilder _shows;
    private readonly SessionBuilder _sessions;

    public StatementBuilder(SyntaxBuilder builder)
    {
        _builder = builder;
        _copies = new CopyBuilder(builder);
        _shows = new ShowBuilder(builder);
        _sessions = new SessionBuilder(builder);
    }

    public SyntaxList<Statement> Build(SqlGrammar.ScriptContext context) => context.statement().Map(Build);

    public Statement Build(SqlGrammar.StatementContext context) => context.GetChild(0) switch
    {
        SqlGrammar.DataStatementContext data => _builder.DataStatements.Build(data),
        SqlGrammar.ExplainStatementContext explain => Explain(explain),
        SqlGrammar.CopyStatementContext copy => _copies.Build(copy),
        SqlGrammar.CreateStatementContext create => _builder.Definitions.Build(create),
        SqlGrammar.DropStatementContext drop => DefinitionBuilder.Build(drop),
        SqlGrammar.AlterStatementContext alter => _builder.Definitions.Build(alter),
        SqlGrammar.TruncateStatementContext truncate => new TruncateStatement(
            truncate.qualifiedName().Map(NameBuilder.Qualified), truncate.Span()),
        SqlGrammar.RefreshStatementContext refresh => new RefreshViewStatement(NameBuilder.Qualified(refresh.qualifiedName()), refresh.Span()),
        SqlGrammar.CommentStatementContext comment => DefinitionBuilder.Build(comment),
        SqlGrammar.ShowStatementContext show => _shows.Build(show),
        SqlGrammar.DescribeStatementContext describe => _shows.Build(describe),
        SqlGrammar.SettingStatementContext setting => SettingBuilder.Build(setting),
        SqlGrammar.PreparedStatementContext prepared => _sessions.Build(prepared),
        SqlGrammar.TransactionStatementContext transaction => TransactionBuilder.Build(transaction),
        SqlGrammar.CursorStatementContext cursor => _sessions.Build(cursor),
        SqlGrammar.SessionStatementContext session => _sessions.Build(session),
        _ => throw new UnreachableException(context.GetText()),
    };

    private ExplainStatement Explain(SqlGrammar.ExplainStatementContext context)
    {
        var options = context.optionItem().Select(OptionBuilder.Build).ToList();
        if (context.ANALYZE() is { } analyze)
        {
            options.Add(new OptionItem("analyze", Value: null, analyze.Token().Span));
        }

        if (context.VERBOSE() is { } verbose)
        {
            options.Add(new OptionItem("verbose", Value: null, verbose.Token().Span));
        }

        return new ExplainStatement(Explained(context.explainable()), [.. options], context.Span());
    }

    private Statement Explained(SqlGrammar.ExplainableContext context) => context.GetChild(0) switch
    {
        SqlGrammar.DataStatementContext data => _builder.DataStatements.Build(data),
        SqlGrammar.CopyStatementContext copy => _copies.Build(copy),
        SqlGrammar.CreateStatementContext create => _builder.Definitions.Build(create),
        SqlGrammar.PreparedStatementContext prepared => _sessions.Build(prepared),
        SqlGrammar.CursorStatementContext cursor => _sessions.Build(cursor),
        _ => throw new UnreachableException(context.GetText()),
    };
}
