using System.Diagnostics;
using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>The writers of one text: each knows the others through this one, as the builders of the syntax tree do.</summary>
internal sealed class SqlWriter
{
    public SqlWriter()
    {
        Types = new TypeWriter(Text);
        Expressions = new ExpressionWriter(this);
        Operands = new OperandWriter(this);
        Calls = new CallWriter(this);
        Queries = new QueryWriter(this);
        Relations = new RelationWriter(this);
        Pivots = new PivotWriter(this);
        Options = new OptionWriter(this);
        Tables = new TableElementWriter(this);
        Definitions = new DefinitionWriter(this);
        Sessions = new SessionWriter(this);
        Statements = new StatementWriter(this);
    }

    public SqlText Text { get; } = new();

    public TypeWriter Types { get; }

    public ExpressionWriter Expressions { get; }

    public OperandWriter Operands { get; }

    public CallWriter Calls { get; }

    public QueryWriter Queries { get; }

    public RelationWriter Relations { get; }

    public PivotWriter Pivots { get; }

    public OptionWriter Options { get; }

    public TableElementWriter Tables { get; }

    public DefinitionWriter Definitions { get; }

    public SessionWriter Sessions { get; }

    public StatementWriter Statements { get; }

    public void Write(SyntaxNode node)
    {
        switch (node)
        {
            case Statement statement:
                Statements.Write(statement);
                break;
            case Expression expression:
                Expressions.Write(expression);
                break;
            case Query query:
                Queries.Write(query);
                break;
            case QueryBody body:
                Queries.Write(body);
                break;
            case Relation relation:
                Relations.Write(relation);
                break;
            case TypeName type:
                Types.Write(type);
                break;
            case Identifier name:
                Text.Name(name);
                break;
            case QualifiedName name:
                Text.Name(name);
                break;
            case SelectItem item:
                Queries.Write(item);
                break;
            case SortItem item:
                Queries.Write(item);
                break;
            default:
                throw new UnreachableException($"{node.GetType().Name} has no text of its own");
        }
    }
}
