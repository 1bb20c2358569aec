using System.Diagnostics;
using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>Queries.</summary>
internal sealed class QueryWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    private ExpressionWriter Expressions => writer.Expressions;

    public void WriteParenthesized(Query query)
    {
        Text.Add('(');
        Write(query);
        Text.Add(')');
    }

    public void Write(Query query)
    {
        Write(query.With);
        Write(query.Body);
        if (!query.OrderBy.IsEmpty)
        {
            Text.Add(" ORDER BY ").List(query.OrderBy, Write);
        }

        if (query.Limit is { } limit)
        {
            Write(limit);
        }

        if (query.Offset is { } offset)
        {
            Text.Add(" OFFSET ");
            Expressions.Write(offset.Count);
        }
    }

    public void Write(WithClause? with)
    {
        if (with is not null)
        {
            Text.Add("WITH ").AddIf(with.Recursive, "RECURSIVE ").List(with.Tables, Write).Add(' ');
        }
    }

    public void Write(QueryBody body)
    {
        switch (body)
        {
            case SelectBody select:
                Write(select);
                break;
            case SetOperationBody operation:
                Write(operation);
                break;
            case ValuesBody values:
                Text.Add("VALUES ").List(values.Rows, row => Text.Add('(').List(row.Items, Expressions.Write).Add(')'));
                break;
            case TableBody table:
                Text.Add("TABLE ").Name(table.Name);
                break;
            case SubqueryBody subquery:
                WriteParenthesized(subquery.Query);
                break;
            default:
                throw new UnreachableException(body.GetType().Name);
        }
    }

    public void Write(SelectItem item)
    {
        Expressions.Write(item.Value);
        if (item.Alias is { } alias)
        {
            Text.Add(" AS ").Label(alias);
        }
    }

    public void Write(SortItem item)
    {
        if (item.Value is StarExpression { Qualifier: null, Exclude.IsEmpty: true, Replace.IsEmpty: true, Rename.IsEmpty: true })
        {
            Text.Add("ALL");
        }
        else
        {
            Expressions.Write(item.Value);
        }

        Text.AddIf(item.Direction == SortDirection.Descending, " DESC");
        Text.AddIf(item.NullOrder == NullOrder.First, " NULLS FIRST").AddIf(item.NullOrder == NullOrder.Last, " NULLS LAST");
    }

    private void Write(CommonTable table)
    {
        Text.Name(table.Name).Columns(table.Columns).Add(" AS ");
        Text.Add(table.Materialized switch
        {
            true => "MATERIALIZED ",
            false => "NOT MATERIALIZED ",
            null => string.Empty,
        });
        WriteParenthesized(table.Query);
    }

    private void Write(LimitClause limit)
    {
        if (!limit.WithTies)
        {
            Text.Add(" LIMIT ");
            Expressions.Write(limit.Count);
            return;
        }

        Text.Add(" FETCH FIRST ");
        Expressions.Write(limit.Count, Precedence.OtherOperator);
        Text.Add(" ROWS WITH TIES");
    }

    private void Write(SetOperationBody operation)
    {
        var chain = new Stack<SetOperationBody>();
        chain.Push(operation);
        while (chain.Peek() is { Left: SetOperationBody left } outer && (outer.Kind != SetOperationKind.Intersect || left.Kind == SetOperationKind.Intersect))
        {
            chain.Push(left);
        }

        Operand(chain.Peek().Left);
        while (chain.TryPop(out var next))
        {
            Text.Add(' ').Add(next.Kind.ToString().ToUpperInvariant()).AddIf(next.All, " ALL").AddIf(next.ByName, " BY NAME").Add(' ');
            Operand(next.Right);
        }
    }

    private void Operand(QueryBody body)
    {
        if (body is SetOperationBody)
        {
            Text.Add('(');
            Write(body);
            Text.Add(')');
        }
        else
        {
            Write(body);
        }
    }

    private void Write(SelectBody select)
    {
        if (select is { From: [PivotRelation { } pivot] } && PivotWriter.IsStatement(pivot))
        {
            writer.Pivots.WriteStatement(pivot);
            return;
        }

        Text.Add("SELECT");
        if (select.Distinct is { } distinct)
        {
            Text.Add(" DISTINCT");
            if (!distinct.On.IsEmpty)
            {
                Text.Add(" ON (").List(distinct.On, Expressions.Write).Add(')');
            }
        }

        Text.AddIf(!select.Items.IsEmpty, " ").List(select.Items, Write);
        if (!select.From.IsEmpty)
        {
            Text.Add(" FROM ").List(select.From, writer.Relations.Write);
        }

        Clause(" WHERE ", select.Where);
        if (select.GroupBy is { } groupBy)
        {
            Text.Add(" GROUP BY ").AddIf(groupBy.Distinct, "DISTINCT ").AddIf(groupBy.All, "ALL").List(groupBy.Elements, Write);
        }

        Clause(" HAVING ", select.Having);
        if (!select.Windows.IsEmpty)
        {
            Text.Add(" WINDOW ").List(select.Windows, Write);
        }

        Clause(" QUALIFY ", select.Qualify);
    }

    private void Clause(string keyword, Expression? expression)
    {
        if (expression is not null)
        {
            Text.Add(keyword);
            Expressions.Write(expression);
        }
    }

    private void Write(NamedWindow window)
    {
        Text.Name(window.Name).Add(" AS ");
        writer.Calls.Write(window.Window);
    }

    private void Write(GroupingElement element)
    {
        switch (element)
        {
            case GroupingSet { Expressions: [var single] }:
                Expressions.Write(single);
                break;
            case GroupingSet set:
                Text.Add('(').List(set.Expressions, Expressions.Write).Add(')');
                break;
            case GroupingSets sets:
                Text.Add("GROUPING SETS (").List(sets.Elements, Write).Add(')');
                break;
            case RollupGrouping rollup:
                Text.Add("ROLLUP (").List(rollup.Sets, Write).Add(')');
                break;
            case CubeGrouping cube:
                Text.Add("CUBE (").List(cube.Sets, Write).Add(')');
                break;
            default:
                throw new UnreachableException(element.GetType().Name);
        }
    }
}
