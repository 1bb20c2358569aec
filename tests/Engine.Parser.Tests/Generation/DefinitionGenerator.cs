using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>Random CREATE, ALTER, DROP and COMMENT statements.</summary>
internal sealed class DefinitionGenerator(Choice choice, SyntaxGenerator generator)
{
    private static SourceSpan Span => Choice.Span;

    private ExpressionGenerator Expressions => generator.Expressions;

    public Statement Statement() => choice.Below(14) switch
    {
        0 => new CreateTableStatement(
            choice.Any<CreateMode>(), choice.Rarely(), choice.Qualified(), choice.List(1, 3, Column), choice.List(0, 2, Constraint), Storage(), Span),
        1 => CreateTableAs(),
        2 => new CreateExternalTableStatement(choice.Any<CreateMode>(), choice.Qualified(), choice.List(0, 3, Column), Storage(), Span),
        3 => new CreateViewStatement(
            choice.Any<CreateMode>(), choice.Rarely(), choice.Rarely(), choice.Qualified(), choice.Names(0), Storage(), generator.Queries.Query(), Span),
        4 => new CreateSchemaStatement(choice.Any<CreateMode>(), choice.Qualified(), choice.Rarely() ? choice.List(1, 2, Option) : [], Span),
        5 => Macro(),
        6 => new RefreshViewStatement(choice.Qualified(), Span),
        7 => new DropStatement(Kind(), choice.Flip(), choice.List(1, 2, choice.Qualified), choice.Rarely(), Span),
        8 => new CommentStatement(choice.Any<ObjectKind>(), choice.Qualified(), choice.Flip() ? choice.Text() : null, Span),
        9 => new CreateSequenceStatement(choice.Any<CreateMode>(), choice.Rarely(), choice.Qualified(), choice.List(0, 3, SequenceOption), Span),
        10 => new CreateIndexStatement(
            choice.Of(CreateMode.Create, CreateMode.IfNotExists),
            choice.Flip(),
            choice.Maybe(choice.Name),
            choice.Qualified(),
            choice.Maybe(choice.Name),
            choice.List(1, 2, generator.Queries.SortItem),
            Span),
        11 => new CreateTypeStatement(choice.Any<CreateMode>(), choice.Rarely(), choice.Qualified(), generator.Types.Type(), Span),
        _ => new AlterStatement(Kind(), choice.Rarely(), choice.Qualified(), choice.List(1, 2, Action), Span),
    };

    public CreateTableAsStatement CreateTableAs() => new(
        choice.Any<CreateMode>(), choice.Rarely(), choice.Qualified(), choice.Names(0), Storage(), generator.Queries.Query(), choice.Flip(), Span);

    public OptionItem Option() => new(choice.Of("format", "header", "csv.delimiter", "null", "Odd Name", "on_error", "analyze", "select"), choice.Maybe(OptionValue), Span);

    private Expression OptionValue() => choice.Below(8) switch
    {
        0 => new BooleanLiteral(choice.Flip(), Span),
        1 => new NullLiteral(Span),
        2 => Expressions.Number(),
        3 => new UnaryExpression(UnaryOperator.Minus, Expressions.Number(), Span),
        4 => new StarExpression(Qualifier: null, [], [], [], Span),
        5 => new ArrayConstructor([OptionItemValue(), OptionItemValue()], Span),
        6 => new NamedParameter("p", Span),
        _ => new StringLiteral(choice.Text(), Span),
    };

    private StringLiteral OptionItemValue() => new(choice.Text(), Span);

    private ObjectKind Kind() => choice.Of(
        ObjectKind.Table, ObjectKind.View, ObjectKind.MaterializedView, ObjectKind.Schema, ObjectKind.Function, ObjectKind.Database,
        ObjectKind.Sequence, ObjectKind.Index, ObjectKind.Type);

    private SequenceOption SequenceOption()
    {
        var kind = choice.Any<SequenceOptionKind>();
        var hasNumber = kind is SequenceOptionKind.Start or SequenceOptionKind.Increment or SequenceOptionKind.Minimum or SequenceOptionKind.Maximum or SequenceOptionKind.Cache;
        return new SequenceOption(kind, hasNumber ? choice.Of(1, -5, long.MinValue) : 0, kind == SequenceOptionKind.Type ? generator.Types.Type() : null, Span);
    }

    private TableStorage Storage() => choice.Flip() ? TableStorage.None : new TableStorage(
        choice.Flip() ? choice.Text() : null,
        choice.Flip() ? choice.Of("csv", "parquet", "json") : null,
        choice.Rarely() ? choice.List(1, 2, () => new PartitionColumn(Expressions.Expression(), choice.Maybe(generator.Types.Type), Span)) : [],
        choice.Rarely() ? choice.List(1, 2, generator.Queries.SortItem) : [],
        choice.Rarely() ? choice.List(1, 2, Option) : [],
        Span);

    private ColumnDefinition Column() => new(choice.Name(), generator.Types.Type(), choice.List(0, 2, ColumnConstraint), Span);

    private ColumnConstraint ColumnConstraint() => choice.Below(6) switch
    {
        0 => new NullabilityConstraint(choice.Flip(), Span),
        1 => new DefaultConstraint(Expressions.Expression(), Span),
        2 => new ColumnKeyConstraint(choice.Flip(), Span),
        3 => new ColumnCheckConstraint(Expressions.Expression(), Span),
        4 => new ColumnReferenceConstraint(choice.Qualified(), choice.Names(0), Span),
        _ => new ColumnCommentConstraint(choice.Text(), Span),
    };

    private TableConstraint Constraint() => choice.Below(3) switch
    {
        0 => new TableKeyConstraint(choice.Maybe(choice.Name), choice.Flip(), choice.Names(1), Span),
        1 => new TableCheckConstraint(choice.Maybe(choice.Name), Expressions.Expression(), Span),
        _ => new ForeignKeyConstraint(choice.Maybe(choice.Name), choice.Names(1), choice.Qualified(), choice.Names(0), Span),
    };

    private CreateMacroStatement Macro()
    {
        var isTable = choice.Flip();
        return new CreateMacroStatement(
            choice.Any<CreateMode>(),
            choice.Qualified(),
            choice.List(0, 2, () => new MacroParameter(choice.Name(), choice.Maybe(Expressions.Expression), Span)),
            isTable ? null : Expressions.Expression(),
            isTable ? generator.Queries.Query() : null,
            Span);
    }

    private AlterAction Action() => choice.Below(12) switch
    {
        0 => new AddColumnAction(choice.Flip(), Column(), Span),
        1 => new DropColumnAction(choice.Flip(), choice.Name(), choice.Rarely(), Span),
        2 => new RenameColumnAction(choice.Name(), choice.Name(), Span),
        3 => new RenameAction(choice.Name(), Span),
        4 => new SetSchemaAction(choice.Name(), Span),
        5 => new AlterColumnTypeAction(choice.Name(), generator.Types.Type(), choice.Maybe(Expressions.Expression), Span),
        6 => new AlterColumnDefaultAction(choice.Name(), choice.Maybe(Expressions.Expression), Span),
        7 => new AlterColumnNullabilityAction(choice.Name(), choice.Flip(), Span),
        8 => new AddConstraintAction(Constraint(), Span),
        9 => new DropConstraintAction(choice.Flip(), choice.Name(), choice.Rarely(), Span),
        10 => new SetOptionsAction(choice.List(1, 2, Option), Span),
        _ => new SetLocationAction(choice.Text(), Span),
    };
}
