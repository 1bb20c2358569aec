using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>
/// <c>INSERT INTO|OVERWRITE table AS alias (columns) [BY NAME] query RETURNING ..</c>; <see cref="Query"/> is null for DEFAULT VALUES.
/// </summary>
public sealed record InsertStatement(
    WithClause? With,
    bool Overwrite,
    QualifiedName Table,
    Identifier? Alias,
    SyntaxList<Identifier> Columns,
    bool ByName,
    Query? Query,
    SyntaxList<SelectItem> Returning,
    SourceSpan Span) : Statement(Span);

/// <summary><c>UPDATE table AS alias SET .. FROM .. WHERE .. RETURNING ..</c>.</summary>
public sealed record UpdateStatement(
    WithClause? With,
    QualifiedName Table,
    Identifier? Alias,
    SyntaxList<Assignment> Assignments,
    SyntaxList<Relation> From,
    Expression? Where,
    SyntaxList<SelectItem> Returning,
    SourceSpan Span) : Statement(Span);

/// <summary><c>column = value</c>, or <c>(a, b) = row</c> with several columns.</summary>
public sealed record Assignment(SyntaxList<Identifier> Columns, Expression Value, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>DELETE FROM table AS alias USING .. WHERE .. RETURNING ..</c>.</summary>
public sealed record DeleteStatement(
    WithClause? With,
    QualifiedName Table,
    Identifier? Alias,
    SyntaxList<Relation> Using,
    Expression? Where,
    SyntaxList<SelectItem> Returning,
    SourceSpan Span) : Statement(Span);

/// <summary><c>TRUNCATE [TABLE] table, ..</c>.</summary>
public sealed record TruncateStatement(SyntaxList<QualifiedName> Tables, SourceSpan Span) : Statement(Span);
