using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>An item of FROM.</summary>
public abstract record Relation(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed override string ToString() => SqlUnparser.Unparse(this);
}

/// <summary>A table, view or common table by name.</summary>
public sealed record TableReference(QualifiedName Name, SourceSpan Span) : Relation(Span);

/// <summary><c>FROM 'path/*.csv'</c>.</summary>
public sealed record FileReference(string Path, SourceSpan Span) : Relation(Span);

/// <summary><c>relation AS name (column, ..)</c>.</summary>
public sealed record AliasedRelation(Relation Source, Identifier Name, SyntaxList<Identifier> Columns, SourceSpan Span) : Relation(Span);

/// <summary><c>[LATERAL] (SELECT ..)</c>; <c>(VALUES ..)</c> is one too.</summary>
public sealed record SubqueryRelation(Query Query, bool Lateral, SourceSpan Span) : Relation(Span);

/// <summary>
/// A table function, which may refer to relations before it. <see cref="Columns"/> is the column definition list of
/// <c>f() AS t(a int, b text)</c>; the alias itself is an <see cref="AliasedRelation"/> around this node.
/// </summary>
public sealed record FunctionRelation(
    FunctionCall Function,
    bool Lateral,
    bool WithOrdinality,
    SyntaxList<RelationColumn> Columns,
    SourceSpan Span) : Relation(Span);

/// <summary>A column that a <see cref="FunctionRelation"/> declares.</summary>
public sealed record RelationColumn(Identifier Name, TypeName Type, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>UNNEST(a, b) [WITH ORDINALITY]</c>.</summary>
public sealed record UnnestRelation(SyntaxList<Expression> Arrays, bool WithOrdinality, SourceSpan Span) : Relation(Span);

/// <summary><c>relation TABLESAMPLE method (argument) [REPEATABLE (seed)]</c>; the argument is a percentage.</summary>
public sealed record SampledRelation(
    Relation Source,
    Identifier Method,
    Expression Argument,
    Expression? Seed,
    SourceSpan Span) : Relation(Span);

/// <summary>A join; <see cref="Criteria"/> is null for CROSS only. <see cref="Asof"/> marks ASOF JOIN.</summary>
public sealed record JoinRelation(
    JoinKind Kind,
    bool Asof,
    Relation Left,
    Relation Right,
    JoinCriteria? Criteria,
    SourceSpan Span) : Relation(Span);

/// <summary>The kinds of joins.</summary>
public enum JoinKind : byte
{
    Inner,
    Left,
    Right,
    Full,
    Cross,
    Semi,
    Anti,
}

/// <summary>What a join matches on.</summary>
public abstract record JoinCriteria(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>ON condition</c>.</summary>
public sealed record JoinOn(Expression Condition, SourceSpan Span) : JoinCriteria(Span);

/// <summary><c>USING (a, b)</c>.</summary>
public sealed record JoinUsing(SyntaxList<Identifier> Columns, SourceSpan Span) : JoinCriteria(Span);

/// <summary><c>NATURAL</c>.</summary>
public sealed record JoinNatural(SourceSpan Span) : JoinCriteria(Span);

/// <summary>
/// <c>source PIVOT (aggregates FOR column IN (values) .. [GROUP BY ..])</c>, and the statement form
/// <c>PIVOT source ON column USING aggregates GROUP BY ..</c>, which is this relation under <c>SELECT *</c>.
/// </summary>
public sealed record PivotRelation(
    Relation Source,
    SyntaxList<SelectItem> Aggregates,
    SyntaxList<PivotColumn> Columns,
    SyntaxList<Expression> GroupBy,
    SourceSpan Span) : Relation(Span);

/// <summary>
/// <c>value IN (a AS x, b)</c>. Without a list (statement form only) the values are read from the data. A list of columns is a
/// <see cref="RowConstructor"/>.
/// </summary>
public sealed record PivotColumn(Expression Value, SyntaxList<SelectItem> Values, SourceSpan Span) : SyntaxNode(Span);

/// <summary>
/// <c>source UNPIVOT [INCLUDE NULLS] (values FOR name IN (columns))</c> and the statement form
/// <c>UNPIVOT source ON columns INTO NAME name VALUE values</c>.
/// </summary>
public sealed record UnpivotRelation(
    Relation Source,
    bool IncludeNulls,
    SyntaxList<Identifier> ValueColumns,
    Identifier NameColumn,
    SyntaxList<UnpivotGroup> Groups,
    SourceSpan Span) : Relation(Span);

/// <summary>The columns that become one row, with the label the name column shows; as many as there are value columns.</summary>
public sealed record UnpivotGroup(SyntaxList<Expression> Columns, Expression? Label, SourceSpan Span) : SyntaxNode(Span);
