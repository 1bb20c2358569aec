using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>PIVOT and UNPIVOT.</summary>
internal sealed class PivotWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    /// <summary>Whether only the statement form can say this: it may leave out values and aggregates.</summary>
    public static bool IsStatement(PivotRelation pivot) => pivot.Aggregates.IsEmpty || pivot.Columns.Any(column => column.Values.IsEmpty);

    public void Write(Relation relation)
    {
        if (relation is PivotRelation pivot)
        {
            Source(pivot.Source);
            Text.Add(" PIVOT (").List(pivot.Aggregates, writer.Queries.Write).Add(" FOR");
            foreach (var column in pivot.Columns)
            {
                Text.Add(' ');
                Write(column);
            }

            GroupBy(pivot);
            Text.Add(')');
            return;
        }

        var unpivot = (UnpivotRelation)relation;
        Source(unpivot.Source);
        Text.Add(" UNPIVOT").AddIf(unpivot.IncludeNulls, " INCLUDE NULLS").Add(" (");
        if (unpivot.ValueColumns is [var single])
        {
            Text.Name(single);
        }
        else
        {
            Text.Add('(').Names(unpivot.ValueColumns).Add(')');
        }

        Text.Add(" FOR ").Name(unpivot.NameColumn).Add(" IN (").List(unpivot.Groups, Write).Add("))");
    }

    public void WriteStatement(PivotRelation pivot)
    {
        Text.Add("PIVOT ");
        writer.Relations.Write(pivot.Source, pivot.Source is JoinRelation);
        Text.Add(" ON ").List(pivot.Columns, Write);
        if (!pivot.Aggregates.IsEmpty)
        {
            Text.Add(" USING ").List(pivot.Aggregates, writer.Queries.Write);
        }

        GroupBy(pivot);
    }

    private void Source(Relation source) => writer.Relations.Write(source, source is JoinRelation or SampledRelation);

    private void GroupBy(PivotRelation pivot)
    {
        if (!pivot.GroupBy.IsEmpty)
        {
            Text.Add(" GROUP BY ").List(pivot.GroupBy, writer.Expressions.Write);
        }
    }

    private void Write(PivotColumn column)
    {
        writer.Expressions.Write(column.Value, Precedence.OtherOperator);
        if (!column.Values.IsEmpty)
        {
            Text.Add(" IN (").List(column.Values, writer.Queries.Write).Add(')');
        }
    }

    private void Write(UnpivotGroup group)
    {
        if (group.Columns is [var single])
        {
            writer.Expressions.Write(single, Precedence.OtherOperator);
        }
        else
        {
            Text.Add('(').List(group.Columns, writer.Expressions.Write).Add(')');
        }

        if (group.Label is { } label)
        {
            Text.Add(" AS ");
            writer.Expressions.Write(label);
        }
    }
}
