using System.Diagnostics;
using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>Columns, constraints and storage of tables.</summary>
internal sealed class TableElementWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    private ExpressionWriter Expressions => writer.Expressions;

    public void Write(ColumnDefinition column)
    {
        Text.Name(column.Name).Add(' ');
        writer.Types.Write(column.Type);
        foreach (var constraint in column.Constraints)
        {
            Text.Add(' ');
            Write(constraint);
        }
    }

    public void Write(TableConstraint constraint)
    {
        if (constraint.Name is { } name)
        {
            Text.Add("CONSTRAINT ").Name(name).Add(' ');
        }

        switch (constraint)
        {
            case TableKeyConstraint key:
                Text.Add(key.Primary ? "PRIMARY KEY" : "UNIQUE").Columns(key.Columns);
                break;
            case TableCheckConstraint check:
                Check(check.Condition);
                break;
            case ForeignKeyConstraint foreign:
                Text.Add("FOREIGN KEY").Columns(foreign.Columns).Add(" REFERENCES ").Name(foreign.Table).Columns(foreign.ReferencedColumns);
                break;
            default:
                throw new UnreachableException(constraint.GetType().Name);
        }
    }

    public void Write(TableStorage storage)
    {
        if (storage.Location is { } location)
        {
            Text.Add(" LOCATION ").String(location);
        }

        if (storage.Format is { } format)
        {
            Text.Add(" FORMAT ").String(format);
        }

        if (!storage.PartitionedBy.IsEmpty)
        {
            Text.Add(" PARTITIONED BY (").List(storage.PartitionedBy, Write).Add(')');
        }

        if (!storage.SortedBy.IsEmpty)
        {
            Text.Add(" SORTED BY (").List(storage.SortedBy, writer.Queries.Write).Add(')');
        }

        if (!storage.Options.IsEmpty)
        {
            Text.Add(" OPTIONS ");
            writer.Options.WriteList(storage.Options);
        }
    }

    private void Write(PartitionColumn column)
    {
        Expressions.Write(column.Value);
        if (column.Type is { } type)
        {
            Text.Add(' ');
            writer.Types.Write(type);
        }
    }

    private void Write(ColumnConstraint constraint)
    {
        switch (constraint)
        {
            case NullabilityConstraint nullability:
                Text.Add(nullability.Nullable ? "NULL" : "NOT NULL");
                break;
            case DefaultConstraint value:
                Text.Add("DEFAULT ");
                Expressions.Write(value.Value);
                break;
            case ColumnKeyConstraint key:
                Text.Add(key.Primary ? "PRIMARY KEY" : "UNIQUE");
                break;
            case ColumnCheckConstraint check:
                Check(check.Condition);
                break;
            case ColumnReferenceConstraint reference:
                Text.Add("REFERENCES ").Name(reference.Table).Columns(reference.Columns);
                break;
            case ColumnCommentConstraint comment:
                Text.Add("COMMENT ").String(comment.Text);
                break;
            default:
                throw new UnreachableException(constraint.GetType().Name);
        }
    }

    private void Check(Expression condition)
    {
        Text.Add("CHECK (");
        Expressions.Write(condition);
        Text.Add(')');
    }
}
