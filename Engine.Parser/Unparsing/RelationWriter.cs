using System.Diagnostics;
using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>The items of FROM.</summary>
internal sealed class RelationWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    public void Write(Relation relation)
    {
        switch (relation)
        {
            case TableReference table:
                Text.Name(table.Name);
                break;
            case FileReference file:
                Text.String(file.Path);
                break;
            case SubqueryRelation subquery:
                Text.AddIf(subquery.Lateral, "LATERAL ");
                writer.Queries.WriteParenthesized(subquery.Query);
                break;
            case FunctionRelation function:
                Function(function);
                if (!function.Columns.IsEmpty)
                {
                    Text.Add(" AS ");
                    Columns(function.Columns);
                }

                break;
            case UnnestRelation unnest:
                Text.Add("unnest(").List(unnest.Arrays, writer.Expressions.Write).Add(')').AddIf(unnest.WithOrdinality, " WITH ORDINALITY");
                break;
            case AliasedRelation aliased:
                Aliased(aliased);
                break;
            case SampledRelation sampled:
                Sampled(sampled);
                break;
            case JoinRelation join:
                Join(join);
                break;
            case PivotRelation or UnpivotRelation:
                writer.Pivots.Write(relation);
                break;
            default:
                throw new UnreachableException(relation.GetType().Name);
        }
    }

    /// <summary>A relation where a join, a sample or what else <paramref name="needsParentheses"/> says must stand in parentheses.</summary>
    public void Write(Relation relation, bool needsParentheses)
    {
        if (needsParentheses)
        {
            Text.Add('(');
            Write(relation);
            Text.Add(')');
        }
        else
        {
            Write(relation);
        }
    }

    private void Aliased(AliasedRelation aliased)
    {
        if (aliased.Source is FunctionRelation { Columns.IsEmpty: false } function)
        {
            Function(function);
            Text.Add(" AS ").Name(aliased.Name).Add(' ');
            Columns(function.Columns);
            return;
        }

        Write(aliased.Source, aliased.Source is JoinRelation or AliasedRelation or SampledRelation);
        Text.Add(" AS ").Name(aliased.Name).Columns(aliased.Columns);
    }

    private void Function(FunctionRelation function)
    {
        Text.AddIf(function.Lateral, "LATERAL ");
        writer.Calls.WriteTableFunction(function.Function);
        Text.AddIf(function.WithOrdinality, " WITH ORDINALITY");
    }

    private void Columns(SyntaxList<RelationColumn> columns)
    {
        Text.Add('(').List(columns, column =>
        {
            Text.Name(column.Name).Add(' ');
            writer.Types.Write(column.Type);
        }).Add(')');
    }

    private void Sampled(SampledRelation sampled)
    {
        Write(sampled.Source, sampled.Source is JoinRelation or SampledRelation);
        Text.Add(" TABLESAMPLE ").Name(sampled.Method).Add(" (");
        writer.Expressions.Write(sampled.Argument);
        Text.Add(')');
        if (sampled.Seed is { } seed)
        {
            Text.Add(" REPEATABLE (");
            writer.Expressions.Write(seed);
            Text.Add(')');
        }
    }

    private void Join(JoinRelation join)
    {
        var chain = new Stack<JoinRelation>();
        chain.Push(join);
        while (chain.Peek().Left is JoinRelation left)
        {
            chain.Push(left);
        }

        Write(chain.Peek().Left);
        while (chain.TryPop(out var next))
        {
            Text.Add(' ').AddIf(next.Criteria is JoinNatural, "NATURAL ").AddIf(next.Asof, "ASOF ");
            Text.AddIf(next.Kind != JoinKind.Inner, next.Kind.ToString().ToUpperInvariant() + " ").Add("JOIN ");
            Write(next.Right, next.Right is JoinRelation);
            switch (next.Criteria)
            {
                case JoinOn on:
                    Text.Add(" ON ");
                    writer.Expressions.Write(on.Condition);
                    break;
                case JoinUsing columns:
                    Text.Add(" USING (").Names(columns.Columns).Add(')');
                    break;
            }
        }
    }
}
