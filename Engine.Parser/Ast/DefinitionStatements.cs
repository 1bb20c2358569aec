using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>What the text says about a name that is taken already.</summary>
public enum CreateMode : byte
{
    /// <summary>An existing object is an error.</summary>
    Create,

    /// <summary><c>IF NOT EXISTS</c>.</summary>
    IfNotExists,

    /// <summary><c>OR REPLACE</c>.</summary>
    OrReplace,
}

/// <summary><c>CREATE TABLE name (columns) ..</c>.</summary>
public sealed record CreateTableStatement(
    CreateMode Mode,
    bool Temporary,
    QualifiedName Name,
    SyntaxList<ColumnDefinition> Columns,
    SyntaxList<TableConstraint> Constraints,
    TableStorage Storage,
    SourceSpan Span) : Statement(Span);

/// <summary><c>CREATE TABLE name [(columns)] .. AS query [WITH NO DATA]</c>.</summary>
public sealed record CreateTableAsStatement(
    CreateMode Mode,
    bool Temporary,
    QualifiedName Name,
    SyntaxList<Identifier> Columns,
    TableStorage Storage,
    Query Query,
    bool WithData,
    SourceSpan Span) : Statement(Span);

/// <summary><c>CREATE EXTERNAL TABLE name [(columns)] LOCATION '..' FORMAT csv ..</c>; without columns they are inferred.</summary>
public sealed record CreateExternalTableStatement(
    CreateMode Mode,
    QualifiedName Name,
    SyntaxList<ColumnDefinition> Columns,
    TableStorage Storage,
    SourceSpan Span) : Statement(Span);

/// <summary>
/// Where and how a table's data lies: <c>LOCATION</c>, <c>FORMAT</c> (also <c>STORED AS</c>), <c>PARTITIONED BY</c>, <c>SORTED BY</c> and
/// <c>OPTIONS</c> (also <c>WITH</c>), in any order.
/// </summary>
public sealed record TableStorage(
    string? Location,
    string? Format,
    SyntaxList<PartitionColumn> PartitionedBy,
    SyntaxList<SortItem> SortedBy,
    SyntaxList<OptionItem> Options,
    SourceSpan Span) : SyntaxNode(Span)
{
    /// <summary>Nothing said.</summary>
    public static TableStorage None { get; } = new(Location: null, Format: null, [], [], [], default);
}

/// <summary>An entry of PARTITIONED BY; the type is given when the column is not in the column list.</summary>
public sealed record PartitionColumn(Expression Value, TypeName? Type, SourceSpan Span) : SyntaxNode(Span);

/// <summary>A column in CREATE TABLE and ALTER TABLE.</summary>
public sealed record ColumnDefinition(
    Identifier Name,
    TypeName Type,
    SyntaxList<ColumnConstraint> Constraints,
    SourceSpan Span) : SyntaxNode(Span);

/// <summary>A constraint of one column.</summary>
public abstract record ColumnConstraint(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>NOT NULL</c>, or <c>NULL</c> when <see cref="Nullable"/>.</summary>
public sealed record NullabilityConstraint(bool Nullable, SourceSpan Span) : ColumnConstraint(Span);

/// <summary><c>DEFAULT value</c>.</summary>
public sealed record DefaultConstraint(Expression Value, SourceSpan Span) : ColumnConstraint(Span);

/// <summary><c>PRIMARY KEY</c> or <c>UNIQUE</c> behind a column.</summary>
public sealed record ColumnKeyConstraint(bool Primary, SourceSpan Span) : ColumnConstraint(Span);

/// <summary><c>CHECK (condition)</c> behind a column.</summary>
public sealed record ColumnCheckConstraint(Expression Condition, SourceSpan Span) : ColumnConstraint(Span);

/// <summary><c>REFERENCES table (column)</c>.</summary>
public sealed record ColumnReferenceConstraint(QualifiedName Table, SyntaxList<Identifier> Columns, SourceSpan Span) : ColumnConstraint(Span);

/// <summary><c>COMMENT 'text'</c> behind a column.</summary>
public sealed record ColumnCommentConstraint(string Text, SourceSpan Span) : ColumnConstraint(Span);

/// <summary>A constraint of the whole table.</summary>
public abstract record TableConstraint(Identifier? Name, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>PRIMARY KEY (a, b)</c> or <c>UNIQUE (a, b)</c>.</summary>
public sealed record TableKeyConstraint(Identifier? Name, bool Primary, SyntaxList<Identifier> Columns, SourceSpan Span) : TableConstraint(Name, Span);

/// <summary><c>CHECK (condition)</c>.</summary>
public sealed record TableCheckConstraint(Identifier? Name, Expression Condition, SourceSpan Span) : TableConstraint(Name, Span);

/// <summary><c>FOREIGN KEY (a) REFERENCES t (b)</c>.</summary>
public sealed record ForeignKeyConstraint(
    Identifier? Name,
    SyntaxList<Identifier> Columns,
    QualifiedName Table,
    SyntaxList<Identifier> ReferencedColumns,
    SourceSpan Span) : TableConstraint(Name, Span);

/// <summary><c>CREATE [MATERIALIZED] VIEW name (columns) AS query</c>.</summary>
public sealed record CreateViewStatement(
    CreateMode Mode,
    bool Temporary,
    bool Materialized,
    QualifiedName Name,
    SyntaxList<Identifier> Columns,
    TableStorage Storage,
    Query Query,
    SourceSpan Span) : Statement(Span);

/// <summary><c>REFRESH MATERIALIZED VIEW name</c>.</summary>
public sealed record RefreshViewStatement(QualifiedName Name, SourceSpan Span) : Statement(Span);

/// <summary><c>CREATE SCHEMA name</c>.</summary>
public sealed record CreateSchemaStatement(CreateMode Mode, QualifiedName Name, SyntaxList<OptionItem> Options, SourceSpan Span) : Statement(Span);

/// <summary><c>CREATE MACRO name(parameters) AS expression</c> or <c>AS TABLE query</c>; exactly one of the two bodies is set.</summary>
public sealed record CreateMacroStatement(
    CreateMode Mode,
    QualifiedName Name,
    SyntaxList<MacroParameter> Parameters,
    Expression? Body,
    Query? Query,
    SourceSpan Span) : Statement(Span);

/// <summary>A parameter of a macro; one with a default may be omitted.</summary>
public sealed record MacroParameter(Identifier Name, Expression? Default, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>CREATE SEQUENCE name START WITH 1 INCREMENT BY 1 ..</c>.</summary>
public sealed record CreateSequenceStatement(
    CreateMode Mode,
    bool Temporary,
    QualifiedName Name,
    SyntaxList<SequenceOption> Options,
    SourceSpan Span) : Statement(Span);

/// <summary>What is said of a sequence; <see cref="Type"/> is set for <see cref="SequenceOptionKind.Type"/>, and <see cref="Value"/> for those that have a number.</summary>
public sealed record SequenceOption(SequenceOptionKind Kind, long Value, TypeName? Type, SourceSpan Span) : SyntaxNode(Span);

public enum SequenceOptionKind : byte
{
    Type,
    Start,
    Increment,
    Minimum,
    Maximum,
    NoMinimum,
    NoMaximum,
    Cycle,
    NoCycle,
    Cache,
}

/// <summary><c>CREATE TYPE name AS type</c>: an enum, or another name of a type.</summary>
public sealed record CreateTypeStatement(CreateMode Mode, bool Temporary, QualifiedName Name, TypeName Type, SourceSpan Span) : Statement(Span);

/// <summary><c>CREATE [UNIQUE] INDEX [name] ON table USING method (columns)</c>.</summary>
public sealed record CreateIndexStatement(
    CreateMode Mode,
    bool Unique,
    Identifier? Name,
    QualifiedName Table,
    Identifier? Method,
    SyntaxList<SortItem> Columns,
    SourceSpan Span) : Statement(Span);

/// <summary><c>DROP kind [IF EXISTS] name, .. [CASCADE|RESTRICT]</c>.</summary>
public sealed record DropStatement(ObjectKind Kind, bool IfExists, SyntaxList<QualifiedName> Names, bool Cascade, SourceSpan Span) : Statement(Span);

/// <summary><c>ALTER kind [IF EXISTS] name action, ..</c>.</summary>
public sealed record AlterStatement(
    ObjectKind Kind,
    bool IfExists,
    QualifiedName Name,
    SyntaxList<AlterAction> Actions,
    SourceSpan Span) : Statement(Span);

/// <summary>One change of ALTER.</summary>
public abstract record AlterAction(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>ADD COLUMN [IF NOT EXISTS] definition</c>.</summary>
public sealed record AddColumnAction(bool IfNotExists, ColumnDefinition Column, SourceSpan Span) : AlterAction(Span);

/// <summary><c>ADD [CONSTRAINT name] PRIMARY KEY (a)</c> and other constraints of the table.</summary>
public sealed record AddConstraintAction(TableConstraint Constraint, SourceSpan Span) : AlterAction(Span);

/// <summary><c>DROP CONSTRAINT [IF EXISTS] name</c>.</summary>
public sealed record DropConstraintAction(bool IfExists, Identifier Name, bool Cascade, SourceSpan Span) : AlterAction(Span);

/// <summary><c>DROP COLUMN [IF EXISTS] name</c>.</summary>
public sealed record DropColumnAction(bool IfExists, Identifier Column, bool Cascade, SourceSpan Span) : AlterAction(Span);

/// <summary><c>RENAME COLUMN a TO b</c>.</summary>
public sealed record RenameColumnAction(Identifier Column, Identifier NewName, SourceSpan Span) : AlterAction(Span);

/// <summary><c>RENAME TO name</c>.</summary>
public sealed record RenameAction(Identifier NewName, SourceSpan Span) : AlterAction(Span);

/// <summary><c>SET SCHEMA name</c>.</summary>
public sealed record SetSchemaAction(Identifier Schema, SourceSpan Span) : AlterAction(Span);

/// <summary><c>ALTER COLUMN name TYPE type [USING expression]</c>.</summary>
public sealed record AlterColumnTypeAction(Identifier Column, TypeName Type, Expression? Using, SourceSpan Span) : AlterAction(Span);

/// <summary><c>ALTER COLUMN name SET DEFAULT value</c>; DROP DEFAULT has no value.</summary>
public sealed record AlterColumnDefaultAction(Identifier Column, Expression? Default, SourceSpan Span) : AlterAction(Span);

/// <summary><c>ALTER COLUMN name SET|DROP NOT NULL</c>.</summary>
public sealed record AlterColumnNullabilityAction(Identifier Column, bool Nullable, SourceSpan Span) : AlterAction(Span);

/// <summary><c>SET (option value, ..)</c>.</summary>
public sealed record SetOptionsAction(SyntaxList<OptionItem> Options, SourceSpan Span) : AlterAction(Span);

/// <summary><c>SET LOCATION '..'</c>.</summary>
public sealed record SetLocationAction(string Location, SourceSpan Span) : AlterAction(Span);
