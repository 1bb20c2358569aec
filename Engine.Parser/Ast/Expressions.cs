using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>Anything that has a value. Parentheses leave no node behind.</summary>
public abstract record Expression(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed override string ToString() => SqlUnparser.Unparse(this);
}

/// <summary>
/// A name in an expression: <c>a</c>, <c>t.a</c>, <c>s.t.a.field</c>. Which parts are schema, table, column and field is for the binder to say.
/// </summary>
public sealed record ColumnReference(QualifiedName Name, SourceSpan Span) : Expression(Span);

/// <summary>
/// <c>*</c> or <c>t.*</c> with the lists that change it; in a select list, as a function argument (<c>count(*)</c>), and in
/// <c>ORDER BY ALL</c>, which is the bare star. <c>EXCEPT</c> is <see cref="Exclude"/> too.
/// </summary>
public sealed record StarExpression(
    QualifiedName? Qualifier,
    SyntaxList<QualifiedName> Exclude,
    SyntaxList<StarReplacement> Replace,
    SyntaxList<StarRenaming> Rename,
    SourceSpan Span) : Expression(Span);

/// <summary><c>* REPLACE (value AS column)</c>.</summary>
public sealed record StarReplacement(Expression Value, Identifier Column, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>* RENAME (column AS name)</c>.</summary>
public sealed record StarRenaming(QualifiedName Column, Identifier Name, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>(row_value).*</c>: all fields of a row.</summary>
public sealed record RowStarExpression(Expression Operand, SourceSpan Span) : Expression(Span);

/// <summary><c>COLUMNS('regex')</c>, <c>COLUMNS(*)</c>, <c>COLUMNS(c -&gt; condition)</c>: the expression around it repeats per column.</summary>
public sealed record ColumnsExpression(Expression Selector, SourceSpan Span) : Expression(Span);

/// <summary><c>$1</c>; each <c>?</c> of a statement is numbered from 1 in the order of the text.</summary>
public sealed record PositionalParameter(int Index, SourceSpan Span) : Expression(Span);

/// <summary><c>:name</c>.</summary>
public sealed record NamedParameter(string Name, SourceSpan Span) : Expression(Span);

/// <summary><c>DEFAULT</c> in VALUES of INSERT and in SET of UPDATE.</summary>
public sealed record DefaultExpression(SourceSpan Span) : Expression(Span);

/// <summary>An operator before its operand.</summary>
public sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, SourceSpan Span) : Expression(Span);

/// <summary>An operator between its operands: arithmetic, comparison, text, bits, JSON.</summary>
public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, SourceSpan Span) : Expression(Span);

/// <summary>A chain of AND or of OR with two or more operands, flat: <c>a AND b AND c</c> is one node.</summary>
public sealed record LogicalExpression(LogicalOperator Operator, SyntaxList<Expression> Operands, SourceSpan Span) : Expression(Span);

/// <summary><c>NOT operand</c>.</summary>
public sealed record NotExpression(Expression Operand, SourceSpan Span) : Expression(Span);

/// <summary><c>CAST</c>, <c>::</c> and <c>TRY_CAST</c>.</summary>
public sealed record CastExpression(Expression Operand, TypeName Type, bool IsTry, SourceSpan Span) : Expression(Span);

/// <summary><c>operand COLLATE name</c>.</summary>
public sealed record CollateExpression(Expression Operand, QualifiedName Collation, SourceSpan Span) : Expression(Span);

/// <summary><c>CASE [operand] WHEN .. THEN .. [ELSE ..] END</c>.</summary>
public sealed record CaseExpression(Expression? Operand, SyntaxList<WhenClause> Whens, Expression? Else, SourceSpan Span) : Expression(Span);

/// <summary>One branch of a CASE.</summary>
public sealed record WhenClause(Expression Condition, Expression Result, SourceSpan Span) : SyntaxNode(Span);

/// <summary>A query as a value.</summary>
public sealed record SubqueryExpression(Query Query, SourceSpan Span) : Expression(Span);

/// <summary><c>ARRAY(SELECT ..)</c>.</summary>
public sealed record ArraySubquery(Query Query, SourceSpan Span) : Expression(Span);

/// <summary><c>ARRAY[1, 2]</c> or <c>[1, 2]</c>.</summary>
public sealed record ArrayConstructor(SyntaxList<Expression> Items, SourceSpan Span) : Expression(Span);

/// <summary><c>MAP {'a': 1}</c>. <c>MAP(keys, values)</c> is a <see cref="FunctionCall"/>.</summary>
public sealed record MapConstructor(SyntaxList<MapEntry> Entries, SourceSpan Span) : Expression(Span);

/// <summary>One entry of a <see cref="MapConstructor"/>.</summary>
public sealed record MapEntry(Expression Key, Expression Value, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>{'a': 1, b: 2}</c>: a row with named fields.</summary>
public sealed record StructConstructor(SyntaxList<StructField> Fields, SourceSpan Span) : Expression(Span);

/// <summary>One field of a <see cref="StructConstructor"/>; a name given as a string counts as quoted.</summary>
public sealed record StructField(Identifier Name, Expression Value, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>ROW(1, 2)</c> or <c>(1, 2)</c>.</summary>
public sealed record RowConstructor(SyntaxList<Expression> Items, SourceSpan Span) : Expression(Span);

/// <summary><c>operand[index]</c>.</summary>
public sealed record SubscriptExpression(Expression Operand, Expression Index, SourceSpan Span) : Expression(Span);

/// <summary><c>operand[lower:upper]</c>; a missing bound is null.</summary>
public sealed record SliceExpression(Expression Operand, Expression? Lower, Expression? Upper, SourceSpan Span) : Expression(Span);

/// <summary><c>(operand).field</c>. A plain dotted name is a <see cref="ColumnReference"/>.</summary>
public sealed record FieldAccess(Expression Operand, Identifier Field, SourceSpan Span) : Expression(Span);

/// <summary><c>x -&gt; body</c> or <c>(x, y) -&gt; body</c> as the argument of a function that takes one.</summary>
public sealed record LambdaExpression(SyntaxList<Identifier> Parameters, Expression Body, SourceSpan Span) : Expression(Span);
