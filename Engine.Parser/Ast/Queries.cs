using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>A whole query: WITH, a body, and what applies to the body's result.</summary>
public sealed record Query(
    WithClause? With,
    QueryBody Body,
    SyntaxList<SortItem> OrderBy,
    LimitClause? Limit,
    OffsetClause? Offset,
    SourceSpan Span) : SyntaxNode(Span)
{
    public override string ToString() => SqlUnparser.Unparse(this);
}

/// <summary><c>WITH [RECURSIVE] ..</c>.</summary>
public sealed record WithClause(bool Recursive, SyntaxList<CommonTable> Tables, SourceSpan Span) : SyntaxNode(Span);

/// <summary>One entry of WITH; <see cref="Materialized"/> is null when the text does not say.</summary>
public sealed record CommonTable(
    Identifier Name,
    SyntaxList<Identifier> Columns,
    bool? Materialized,
    Query Query,
    SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>LIMIT count</c> or <c>FETCH FIRST count ROWS ONLY | WITH TIES</c>. <c>LIMIT ALL</c> is no clause at all.</summary>
public sealed record LimitClause(Expression Count, bool WithTies, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>OFFSET count</c>.</summary>
public sealed record OffsetClause(Expression Count, SourceSpan Span) : SyntaxNode(Span);

/// <summary>A sort key. <c>ORDER BY ALL</c> is one item whose value is a bare <see cref="StarExpression"/>.</summary>
public sealed record SortItem(Expression Value, SortDirection Direction, NullOrder NullOrder, SourceSpan Span) : SyntaxNode(Span);

/// <summary>Ascending unless the text says DESC.</summary>
public enum SortDirection : byte
{
    Ascending,
    Descending,
}

/// <summary>Where NULLs go; Default depends on the direction and on the session's dialect.</summary>
public enum NullOrder : byte
{
    Default,
    First,
    Last,
}

/// <summary>What produces a query's rows.</summary>
public abstract record QueryBody(SourceSpan Span) : SyntaxNode(Span);

/// <summary>
/// <c>SELECT ..</c>, also in the spelling that starts with FROM; <c>FROM t</c> alone has the item <c>*</c>. Entries of <see cref="From"/>
/// are those separated by commas.
/// </summary>
public sealed record SelectBody(
    DistinctClause? Distinct,
    SyntaxList<SelectItem> Items,
    SyntaxList<Relation> From,
    Expression? Where,
    GroupByClause? GroupBy,
    Expression? Having,
    SyntaxList<NamedWindow> Windows,
    Expression? Qualify,
    SourceSpan Span) : QueryBody(Span);

/// <summary><c>DISTINCT</c>, or <c>DISTINCT ON (..)</c> when <see cref="On"/> is not empty.</summary>
public sealed record DistinctClause(SyntaxList<Expression> On, SourceSpan Span) : SyntaxNode(Span);

/// <summary>A column of the result.</summary>
public sealed record SelectItem(Expression Value, Identifier? Alias, SourceSpan Span) : SyntaxNode(Span);

/// <summary>An entry of the WINDOW clause.</summary>
public sealed record NamedWindow(Identifier Name, WindowSpecification Window, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>GROUP BY [DISTINCT] ..</c>; <see cref="All"/> is GROUP BY ALL, which has no elements.</summary>
public sealed record GroupByClause(bool All, bool Distinct, SyntaxList<GroupingElement> Elements, SourceSpan Span) : SyntaxNode(Span);

/// <summary>An element of GROUP BY.</summary>
public abstract record GroupingElement(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>a</c> has one expression, <c>(a, b)</c> two, <c>()</c> none.</summary>
public sealed record GroupingSet(SyntaxList<Expression> Expressions, SourceSpan Span) : GroupingElement(Span);

/// <summary><c>GROUPING SETS (..)</c>, which may nest.</summary>
public sealed record GroupingSets(SyntaxList<GroupingElement> Elements, SourceSpan Span) : GroupingElement(Span);

/// <summary><c>ROLLUP (..)</c>.</summary>
public sealed record RollupGrouping(SyntaxList<GroupingSet> Sets, SourceSpan Span) : GroupingElement(Span);

/// <summary><c>CUBE (..)</c>.</summary>
public sealed record CubeGrouping(SyntaxList<GroupingSet> Sets, SourceSpan Span) : GroupingElement(Span);

/// <summary><c>left UNION|INTERSECT|EXCEPT [ALL] [BY NAME] right</c>.</summary>
public sealed record SetOperationBody(
    SetOperationKind Kind,
    bool All,
    bool ByName,
    QueryBody Left,
    QueryBody Right,
    SourceSpan Span) : QueryBody(Span);

/// <summary>The set operations.</summary>
public enum SetOperationKind : byte
{
    Union,
    Intersect,
    Except,
}

/// <summary><c>VALUES (1, 'a'), (2, 'b')</c>; every row has at least one expression.</summary>
public sealed record ValuesBody(SyntaxList<ValuesRow> Rows, SourceSpan Span) : QueryBody(Span);

/// <summary>One row of VALUES.</summary>
public sealed record ValuesRow(SyntaxList<Expression> Items, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>TABLE name</c>.</summary>
public sealed record TableBody(QualifiedName Name, SourceSpan Span) : QueryBody(Span);

/// <summary>A parenthesised query with its own WITH, ORDER BY, LIMIT or OFFSET. Parentheses around less leave no node behind.</summary>
public sealed record SubqueryBody(Query Query, SourceSpan Span) : QueryBody(Span);
