using System.Diagnostics;
using System.Globalization;
using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>CREATE, ALTER, DROP, COMMENT ON.</summary>
internal sealed class DefinitionWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    public bool TryWrite(Statement statement)
    {
        switch (statement)
        {
            case CreateTableStatement table:
                Create(table.Mode, table.Temporary ? "TEMPORARY TABLE" : "TABLE", table.Name);
                Text.Add(" (").List(table.Columns, writer.Tables.Write);
                Text.AddIf(!table.Columns.IsEmpty && !table.Constraints.IsEmpty, ", ").List(table.Constraints, writer.Tables.Write).Add(')');
                writer.Tables.Write(table.Storage);
                return true;
            case CreateTableAsStatement table:
                Create(table.Mode, table.Temporary ? "TEMPORARY TABLE" : "TABLE", table.Name);
                Text.Columns(table.Columns);
                writer.Tables.Write(table.Storage);
                Text.Add(" AS ");
                writer.Queries.Write(table.Query);
                Text.AddIf(!table.WithData, " WITH NO DATA");
                return true;
            case CreateExternalTableStatement table:
                Create(table.Mode, "EXTERNAL TABLE", table.Name);
                if (!table.Columns.IsEmpty)
                {
                    Text.Add(" (").List(table.Columns, writer.Tables.Write).Add(')');
                }

                writer.Tables.Write(table.Storage);
                return true;
            case CreateViewStatement view:
                Create(view.Mode, (view.Temporary ? "TEMPORARY " : string.Empty) + (view.Materialized ? "MATERIALIZED VIEW" : "VIEW"), view.Name);
                Text.Columns(view.Columns);
                writer.Tables.Write(view.Storage);
                Text.Add(" AS ");
                writer.Queries.Write(view.Query);
                return true;
            case CreateSchemaStatement schema:
                Create(schema.Mode, "SCHEMA", schema.Name);
                if (!schema.Options.IsEmpty)
                {
                    Text.Add(" WITH ");
                    writer.Options.WriteList(schema.Options);
                }

                return true;
            case CreateMacroStatement macro:
                Macro(macro);
                return true;
            case CreateSequenceStatement sequence:
                Create(sequence.Mode, sequence.Temporary ? "TEMPORARY SEQUENCE" : "SEQUENCE", sequence.Name);
                foreach (var option in sequence.Options)
                {
                    Text.Add(' ');
                    Write(option);
                }

                return true;
            case CreateTypeStatement type:
                Create(type.Mode, type.Temporary ? "TEMPORARY TYPE" : "TYPE", type.Name);
                Text.Add(" AS ");
                writer.Types.Write(type.Type);
                return true;
            case CreateIndexStatement index:
                Write(index);
                return true;
            case RefreshViewStatement refresh:
                Text.Add("REFRESH MATERIALIZED VIEW ").Name(refresh.Name);
                return true;
            case DropStatement drop:
                Text.Add("DROP ").Add(Spelled(drop.Kind)).AddIf(drop.IfExists, " IF EXISTS").Add(' ');
                Text.List(drop.Names, name => Text.Name(name)).AddIf(drop.Cascade, " CASCADE");
                return true;
            case AlterStatement alter:
                Text.Add("ALTER ").Add(Spelled(alter.Kind)).AddIf(alter.IfExists, " IF EXISTS").Add(' ').Name(alter.Name).Add(' ');
                Text.List(alter.Actions, Write);
                return true;
            case CommentStatement comment:
                Text.Add("COMMENT ON ").Add(Spelled(comment.Kind)).Add(' ').Name(comment.Name).Add(" IS ");
                if (comment.Text is { } text)
                {
                    Text.String(text);
                }
                else
                {
                    Text.Add("NULL");
                }

                return true;
            default:
                return false;
        }
    }

    private static string Spelled(ObjectKind kind) => kind == ObjectKind.MaterializedView ? "MATERIALIZED VIEW" : kind.ToString().ToUpperInvariant();

    private void Create(CreateMode mode, string kind, QualifiedName name) =>
        Text.Add(mode == CreateMode.OrReplace ? "CREATE OR REPLACE " : "CREATE ").Add(kind)
            .Add(mode == CreateMode.IfNotExists ? " IF NOT EXISTS " : " ").Name(name);

    private void Macro(CreateMacroStatement macro)
    {
        Create(macro.Mode, "MACRO", macro.Name);
        Text.Add('(').List(macro.Parameters, Write).Add(") AS ");
        if (macro.Query is { } query)
        {
            Text.Add("TABLE ");
            writer.Queries.Write(query);
        }
        else if (macro.Body is { } body)
        {
            writer.Expressions.Write(body);
        }
    }

    private void Write(CreateIndexStatement index)
    {
        Text.Add("CREATE ").AddIf(index.Unique, "UNIQUE ").Add("INDEX").AddIf(index.Mode == CreateMode.IfNotExists, " IF NOT EXISTS");
        if (index.Name is { } name)
        {
            Text.Add(' ').Name(name);
        }

        Text.Add(" ON ").Name(index.Table);
        if (index.Method is { } method)
        {
            Text.Add(" USING ").Name(method);
        }

        Text.Add(" (").List(index.Columns, writer.Queries.Write).Add(')');
    }

    private void Write(SequenceOption option)
    {
        switch (option.Kind)
        {
            case SequenceOptionKind.Type:
                Text.Add("AS ");
                writer.Types.Write(option.Type!);
                break;
            case SequenceOptionKind.NoMinimum or SequenceOptionKind.NoMaximum or SequenceOptionKind.NoCycle or SequenceOptionKind.Cycle:
                Text.Add(Spelled(option.Kind));
                break;
            default:
                Text.Add(Spelled(option.Kind)).Add(' ').Add(option.Value.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string Spelled(SequenceOptionKind kind) => kind switch
    {
        SequenceOptionKind.Start => "START WITH",
        SequenceOptionKind.Increment => "INCREMENT BY",
        SequenceOptionKind.Minimum => "MINVALUE",
        SequenceOptionKind.Maximum => "MAXVALUE",
        SequenceOptionKind.NoMinimum => "NO MINVALUE",
        SequenceOptionKind.NoMaximum => "NO MAXVALUE",
        SequenceOptionKind.NoCycle => "NO CYCLE",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private void Write(MacroParameter parameter)
    {
        Text.Name(parameter.Name);
        if (parameter.Default is { } value)
        {
            Text.Add(" := ");
            writer.Expressions.Write(value);
        }
    }

    private void Write(AlterAction action)
    {
        switch (action)
        {
            case AddColumnAction add:
                Text.Add("ADD COLUMN ").AddIf(add.IfNotExists, "IF NOT EXISTS ");
                writer.Tables.Write(add.Column);
                break;
            case AddConstraintAction add:
                Text.Add("ADD ");
                writer.Tables.Write(add.Constraint);
                break;
            case DropConstraintAction drop:
                Text.Add("DROP CONSTRAINT ").AddIf(drop.IfExists, "IF EXISTS ").Name(drop.Name).AddIf(drop.Cascade, " CASCADE");
                break;
            case DropColumnAction drop:
                Text.Add("DROP COLUMN ").AddIf(drop.IfExists, "IF EXISTS ").Name(drop.Column).AddIf(drop.Cascade, " CASCADE");
                break;
            case RenameColumnAction rename:
                Text.Add("RENAME COLUMN ").Name(rename.Column).Add(" TO ").Name(rename.NewName);
                break;
            case RenameAction rename:
                Text.Add("RENAME TO ").Name(rename.NewName);
                break;
            case SetSchemaAction schema:
                Text.Add("SET SCHEMA ").Name(schema.Schema);
                break;
            case SetLocationAction location:
                Text.Add("SET LOCATION ").String(location.Location);
                break;
            case SetOptionsAction options:
                Text.Add("SET OPTIONS ");
                writer.Options.WriteList(options.Options);
                break;
            default:
                AlterColumn(action);
                break;
        }
    }

    private void AlterColumn(AlterAction action)
    {
        Text.Add("ALTER COLUMN ");
        switch (action)
        {
            case AlterColumnTypeAction type:
                Text.Name(type.Column).Add(" TYPE ");
                writer.Types.Write(type.Type);
                if (type.Using is { } conversion)
                {
                    Text.Add(" USING ");
                    writer.Expressions.Write(conversion);
                }

                break;
            case AlterColumnDefaultAction { Default: { } value } change:
                Text.Name(change.Column).Add(" SET DEFAULT ");
                writer.Expressions.Write(value);
                break;
            case AlterColumnDefaultAction change:
                Text.Name(change.Column).Add(" DROP DEFAULT");
                break;
            case AlterColumnNullabilityAction nullability:
                Text.Name(nullability.Column).Add(nullability.Nullable ? " DROP NOT NULL" : " SET NOT NULL");
                break;
            default:
                throw new UnreachableException(action.GetType().Name);
        }
    }
}
