namespace Engine.Parser.Tests.Generation;

/// <summary>Makes random syntax trees from a seed; the same seed makes the same tree.</summary>
internal sealed class SyntaxGenerator
{
    public SyntaxGenerator(int seed)
    {
        var choice = new Choice(seed);
        Types = new TypeGenerator(choice);
        Expressions = new ExpressionGenerator(choice, this);
        Calls = new CallGenerator(choice, this);
        Queries = new QueryGenerator(choice, this);
        Relations = new RelationGenerator(choice, this);
        Definitions = new DefinitionGenerator(choice, this);
        Statements = new StatementGenerator(choice, this);
    }

    public TypeGenerator Types { get; }

    public ExpressionGenerator Expressions { get; }

    public CallGenerator Calls { get; }

    public QueryGenerator Queries { get; }

    public RelationGenerator Relations { get; }

    public DefinitionGenerator Definitions { get; }

    public StatementGenerator Statements { get; }
}
