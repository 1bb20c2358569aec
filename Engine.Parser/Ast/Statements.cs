using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>One statement.</summary>
public abstract record Statement(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed override string ToString() => SqlUnparser.Unparse(this);
}

/// <summary>A query that returns rows.</summary>
public sealed record QueryStatement(Query Query, SourceSpan Span) : Statement(Span);

/// <summary>
/// <c>name value</c> in the option lists of COPY, EXPLAIN and DDL. A bare word (<c>FORMAT csv</c>) is a <see cref="StringLiteral"/>, a list is
/// an <see cref="ArrayConstructor"/>, <c>*</c> is a <see cref="StarExpression"/>; a name without value has none. Names are lower case.
/// </summary>
public sealed record OptionItem(string Name, Expression? Value, SourceSpan Span) : SyntaxNode(Span)
{
    /// <summary>Whether the option is switched on: no value, TRUE, ON or 1.</summary>
    public bool IsOn => Value switch
    {
        null => true,
        BooleanLiteral literal => literal.Value,
        NumberLiteral number => number.Text == "1",
        StringLiteral text => text.Value is "on" or "true" or "yes" or "1",
        _ => false,
    };
}

/// <summary><c>EXPLAIN ANALYZE VERBOSE stmt</c> and <c>EXPLAIN (ANALYZE, FORMAT json) stmt</c>; the first spelling becomes options as well.</summary>
public sealed record ExplainStatement(Statement Statement, SyntaxList<OptionItem> Options, SourceSpan Span) : Statement(Span)
{
    public bool Analyze => IsOn("analyze");

    public bool Verbose => IsOn("verbose");

    private bool IsOn(string name) => Options.LastOrDefault(option => option.Name == name) is { IsOn: true };
}

/// <summary><c>COPY table|(query) TO|FROM path|STDIN|STDOUT WITH (options)</c>. <see cref="Path"/> is null for STDIN and STDOUT.</summary>
public sealed record CopyStatement(
    CopyDirection Direction,
    QualifiedName? Table,
    SyntaxList<Identifier> Columns,
    Query? Query,
    Expression? Path,
    SyntaxList<OptionItem> Options,
    Expression? Where,
    SourceSpan Span) : Statement(Span);

/// <summary>Which way a COPY goes.</summary>
public enum CopyDirection : byte
{
    From,
    To,
}

/// <summary><c>SHOW TABLES FROM s LIKE 'x'</c> and its relatives.</summary>
public sealed record ShowStatement(ShowKind Kind, QualifiedName? Target, string? Like, SourceSpan Span) : Statement(Span);

/// <summary>What <see cref="ShowStatement"/> lists.</summary>
public enum ShowKind : byte
{
    Tables,
    Views,
    Schemas,
    Catalogs,

    /// <summary><c>SHOW COLUMNS FROM t</c>.</summary>
    Columns,
    Functions,

    /// <summary><c>SHOW SESSION</c>, <c>SHOW SETTINGS</c>, <c>SHOW ALL</c>.</summary>
    Session,

    /// <summary><c>SHOW CREATE TABLE t</c>.</summary>
    CreateTable,

    /// <summary><c>SHOW CREATE VIEW t</c>.</summary>
    CreateView,

    /// <summary><c>SHOW CREATE SCHEMA s</c>.</summary>
    CreateSchema,

    /// <summary><c>SHOW PARTITIONS FROM t</c>.</summary>
    Partitions,

    /// <summary><c>SHOW QUERIES</c>: what runs now.</summary>
    Queries,
}

/// <summary><c>SHOW STATS FOR table|(query)</c>: what is known of the values of each column.</summary>
public sealed record ShowStatsStatement(Relation Relation, SourceSpan Span) : Statement(Span);

/// <summary><c>SHOW name</c>: a session setting; TIME ZONE is <c>timezone</c>, TRANSACTION ISOLATION LEVEL is <c>transaction_isolation</c>.</summary>
public sealed record ShowVariableStatement(QualifiedName Name, SourceSpan Span) : Statement(Span);

/// <summary><c>DESCRIBE relation</c>: a table, file or table function.</summary>
public sealed record DescribeRelationStatement(Relation Relation, SourceSpan Span) : Statement(Span);

/// <summary><c>DESCRIBE SELECT ..</c>, <c>DESCRIBE OUTPUT (query)</c>.</summary>
public sealed record DescribeQueryStatement(Query Query, SourceSpan Span) : Statement(Span);

/// <summary><c>DESCRIBE INPUT|OUTPUT name</c> of a prepared statement.</summary>
public sealed record DescribePreparedStatement(Identifier Name, bool Input, SourceSpan Span) : Statement(Span);

/// <summary><c>SUMMARIZE relation|query</c>: statistics per column.</summary>
public sealed record SummarizeStatement(Relation Relation, SourceSpan Span) : Statement(Span);

/// <summary><c>USE [catalog.]schema</c>.</summary>
public sealed record UseStatement(QualifiedName Name, SourceSpan Span) : Statement(Span);

/// <summary>
/// <c>SET [SESSION|LOCAL] name TO|= value, ..</c>. Bare words are <see cref="StringLiteral"/>s. No value means <c>SET name TO DEFAULT</c>.
/// </summary>
public sealed record SetStatement(SetScope Scope, QualifiedName Name, SyntaxList<Expression> Values, SourceSpan Span) : Statement(Span);

/// <summary>How long a SET lasts.</summary>
public enum SetScope : byte
{
    Session,

    /// <summary>Until the end of the transaction.</summary>
    Local,
}

/// <summary><c>RESET name</c>; <c>RESET ALL</c> has no name.</summary>
public sealed record ResetStatement(QualifiedName? Name, SourceSpan Span) : Statement(Span);

/// <summary><c>PREPARE name (types) AS statement</c>.</summary>
public sealed record PrepareStatement(Identifier Name, SyntaxList<TypeName> ParameterTypes, Statement Statement, SourceSpan Span) : Statement(Span);

/// <summary><c>EXECUTE name (arguments)</c>.</summary>
public sealed record ExecuteStatement(Identifier Name, SyntaxList<Expression> Arguments, SourceSpan Span) : Statement(Span);

/// <summary><c>DEALLOCATE name</c>; <c>DEALLOCATE ALL</c> has no name.</summary>
public sealed record DeallocateStatement(Identifier? Name, SourceSpan Span) : Statement(Span);

/// <summary><c>DISCARD ALL|PLANS|SEQUENCES|TEMP</c>.</summary>
public sealed record DiscardStatement(DiscardTarget Target, SourceSpan Span) : Statement(Span);

/// <summary>What DISCARD forgets.</summary>
public enum DiscardTarget : byte
{
    All,
    Plans,
    Sequences,
    Temporary,
}

/// <summary><c>LISTEN channel</c>.</summary>
public sealed record ListenStatement(Identifier Channel, SourceSpan Span) : Statement(Span);

/// <summary><c>UNLISTEN channel</c>; <c>UNLISTEN *</c> has no channel.</summary>
public sealed record UnlistenStatement(Identifier? Channel, SourceSpan Span) : Statement(Span);

/// <summary><c>NOTIFY channel, 'payload'</c>.</summary>
public sealed record NotifyStatement(Identifier Channel, string? Payload, SourceSpan Span) : Statement(Span);

/// <summary><c>ANALYZE [VERBOSE] [table (columns), ..]</c>; without tables all are meant.</summary>
public sealed record AnalyzeStatement(bool Verbose, SyntaxList<AnalyzeTarget> Targets, SourceSpan Span) : Statement(Span);

/// <summary>A table of ANALYZE.</summary>
public sealed record AnalyzeTarget(QualifiedName Table, SyntaxList<Identifier> Columns, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>COMMENT ON kind name IS 'text'</c>; NULL removes the comment.</summary>
public sealed record CommentStatement(ObjectKind Kind, QualifiedName Name, string? Text, SourceSpan Span) : Statement(Span);

/// <summary><c>CALL procedure(arguments)</c>.</summary>
public sealed record CallStatement(QualifiedName Name, SyntaxList<FunctionArgument> Arguments, SourceSpan Span) : Statement(Span);

/// <summary><c>KILL QUERY 'id'</c>, also <c>CANCEL QUERY</c>.</summary>
public sealed record KillStatement(Expression QueryId, SourceSpan Span) : Statement(Span);

/// <summary>What a statement about a named object is about.</summary>
public enum ObjectKind : byte
{
    Table,
    View,
    MaterializedView,
    Schema,
    Column,
    Function,
    Database,
    Sequence,
    Index,
    Type,
}
