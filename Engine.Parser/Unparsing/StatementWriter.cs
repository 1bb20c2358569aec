using System.Diagnostics;
using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>Statements about data; those about objects and about the session have writers of their own.</summary>
internal sealed class StatementWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    public void Write(Statement statement)
    {
        switch (statement)
        {
            case QueryStatement query:
                writer.Queries.Write(query.Query);
                break;
            case InsertStatement insert:
                Insert(insert);
                break;
            case UpdateStatement update:
                Update(update);
                break;
            case DeleteStatement delete:
                Delete(delete);
                break;
            case TruncateStatement truncate:
                Text.Add("TRUNCATE TABLE ").List(truncate.Tables, name => Text.Name(name));
                break;
            case CopyStatement copy:
                Copy(copy);
                break;
            case ExplainStatement explain:
                Text.Add("EXPLAIN ");
                if (!explain.Options.IsEmpty)
                {
                    writer.Options.WriteList(explain.Options);
                    Text.Add(' ');
                }

                Write(explain.Statement);
                break;
            default:
                if (!writer.Definitions.TryWrite(statement) && !writer.Sessions.TryWrite(statement))
                {
                    throw new UnreachableException(statement.GetType().Name);
                }

                break;
        }
    }

    private void Insert(InsertStatement insert)
    {
        writer.Queries.Write(insert.With);
        Text.Add(insert.Overwrite ? "INSERT OVERWRITE " : "INSERT INTO ").Name(insert.Table);
        Alias(insert.Alias);
        Text.Columns(insert.Columns).AddIf(insert.ByName, " BY NAME").Add(' ');
        if (insert.Query is { } query)
        {
            writer.Queries.Write(query);
        }
        else
        {
            Text.Add("DEFAULT VALUES");
        }

        Returning(insert.Returning);
    }

    private void Update(UpdateStatement update)
    {
        writer.Queries.Write(update.With);
        Text.Add("UPDATE ").Name(update.Table);
        Alias(update.Alias);
        Text.Add(" SET ").List(update.Assignments, Write);
        if (!update.From.IsEmpty)
        {
            Text.Add(" FROM ").List(update.From, writer.Relations.Write);
        }

        Where(update.Where);
        Returning(update.Returning);
    }

    private void Delete(DeleteStatement delete)
    {
        writer.Queries.Write(delete.With);
        Text.Add("DELETE FROM ").Name(delete.Table);
        Alias(delete.Alias);
        if (!delete.Using.IsEmpty)
        {
            Text.Add(" USING ").List(delete.Using, writer.Relations.Write);
        }

        Where(delete.Where);
        Returning(delete.Returning);
    }

    private void Copy(CopyStatement copy)
    {
        Text.Add("COPY ");
        if (copy.Query is { } query)
        {
            writer.Queries.WriteParenthesized(query);
        }
        else if (copy.Table is { } table)
        {
            Text.Name(table).Columns(copy.Columns);
        }

        Text.Add(copy.Direction == CopyDirection.From ? " FROM " : " TO ");
        if (copy.Path is { } path)
        {
            writer.Expressions.Write(path);
        }
        else
        {
            Text.Add(copy.Direction == CopyDirection.From ? "STDIN" : "STDOUT");
        }

        if (!copy.Options.IsEmpty)
        {
            Text.Add(" WITH ");
            writer.Options.WriteList(copy.Options);
        }

        Where(copy.Where);
    }

    private void Write(Assignment assignment)
    {
        if (assignment.Columns is [var single])
        {
            Text.Name(single);
        }
        else
        {
            Text.Add('(').Names(assignment.Columns).Add(')');
        }

        Text.Add(" = ");
        writer.Expressions.Write(assignment.Value);
    }

    private void Alias(Identifier? alias)
    {
        if (alias is not null)
        {
            Text.Add(" AS ").Name(alias);
        }
    }

    private void Where(Expression? condition)
    {
        if (condition is not null)
        {
            Text.Add(" WHERE ");
            writer.Expressions.Write(condition);
        }
    }

    private void Returning(SyntaxList<SelectItem> items)
    {
        if (!items.IsEmpty)
        {
            Text.Add(" RETURNING ").List(items, writer.Queries.Write);
        }
    }
}
