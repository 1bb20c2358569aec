namespace Engine.Parser.Building;

/// <summary>
/// The builders that turn the parse tree into the syntax tree. Queries hold expressions and expressions hold queries, so each builder knows the
/// others through this one.
/// </summary>
internal sealed class SyntaxBuilder
{
    public SyntaxBuilder()
    {
        Expressions = new ExpressionBuilder(this);
        Predicates = new PredicateBuilder(this);
        Primaries = new PrimaryBuilder(this);
        SpecialForms = new SpecialFormBuilder(this);
        Calls = new CallBuilder(this);
        Queries = new QueryBuilder(this);
        Selects = new SelectBuilder(this);
        Relations = new RelationBuilder(this);
        Pivots = new PivotBuilder(this);
        Statements = new StatementBuilder(this);
        DataStatements = new DataStatementBuilder(this);
        Definitions = new DefinitionBuilder(this);
        Tables = new TableElementBuilder(this);
    }

    public ExpressionBuilder Expressions { get; }

    public PredicateBuilder Predicates { get; }

    public PrimaryBuilder Primaries { get; }

    public SpecialFormBuilder SpecialForms { get; }

    public CallBuilder Calls { get; }

    public QueryBuilder Queries { get; }

    public SelectBuilder Selects { get; }

    public RelationBuilder Relations { get; }

    public PivotBuilder Pivots { get; }

    public StatementBuilder Statements { get; }

    public DataStatementBuilder DataStatements { get; }

    public DefinitionBuilder Definitions { get; }

    public TableElementBuilder Tables { get; }
}
