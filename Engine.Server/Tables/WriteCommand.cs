using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Parser.Ast;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Server.Sessions;
using Literal = Engine.Core.Expressions.Literal;

namespace Engine.Server.Tables;

/// <summary>INSERT, UPDATE, DELETE and TRUNCATE: the rows are made by a query, checked, and put into the table all at once.</summary>
internal sealed class WriteCommand(Session session, ImmutableArray<Literal> parameters)
{
    private IMemoryTables Tables => session.Engine.MemoryTables;

    public StatementResult Execute(InsertStatement insert, CancellationToken cancellationToken)
    {
        var entry = Find(insert.Table, "INSERT", cancellationToken);
        using var rows = new WrittenRows(entry.Definition!, Tables);
        Run(context => Binder.BindInsert(insert, entry.Definition!, context), result => rows.TakeAll(result), cancellationToken);
        var batches = rows.Release();
        var returned = Share(batches, insert.Returning);
        session.Transaction?.Remember(entry.Definition!);
        Write(returned, () =>
        {
            if (insert.Overwrite)
            {
                Tables.Overwrite(entry.Definition!.Table, batches);
            }
            else
            {
                Tables.Append(entry.Definition!.Table, batches);
            }
        });
        return Return("INSERT 0", rows.Count, insert.Returning, entry, insert.Alias, returned, cancellationToken);
    }

    public StatementResult Execute(UpdateStatement update, CancellationToken cancellationToken)
    {
        var entry = Find(update.Table, "UPDATE", cancellationToken);
        using var rows = new WrittenRows(entry.Definition!, Tables);
        var changed = new HashSet<long>();

        // A row that several rows of FROM meet is changed once, by the first.
        Run(context => Binder.BindUpdate(update, entry, context), result => rows.TakeAll(result, firstColumn: 1, batch => NewRows(batch, changed)), cancellationToken);
        var batches = rows.Release();
        var returned = Share(batches, update.Returning);
        session.Transaction?.Remember(entry.Definition!);
        Write(returned, () => Tables.Replace((MemoryTableSource)entry.Source, changed, batches));
        return Return("UPDATE", rows.Count, update.Returning, entry, update.Alias, returned, cancellationToken);
    }

    public StatementResult Execute(DeleteStatement delete, CancellationToken cancellationToken)
    {
        var entry = Find(delete.Table, "DELETE", cancellationToken);
        using var rows = new WrittenRows(entry.Definition! with { Checks = [] }, Tables);
        var gone = new HashSet<long>();
        Run(context => Binder.BindDelete(delete, entry, context), result => rows.TakeAll(result, firstColumn: 1, batch => NewRows(batch, gone)), cancellationToken);
        var returned = delete.Returning.IsEmpty ? null : rows.Release();
        session.Transaction?.Remember(entry.Definition!);
        Write(returned, () => Tables.Replace((MemoryTableSource)entry.Source, gone, []));
        return Return("DELETE", gone.Count, delete.Returning, entry, delete.Alias, returned, cancellationToken);
    }

    public StatementResult Execute(TruncateStatement truncate, CancellationToken cancellationToken)
    {
        foreach (var entry in truncate.Tables.Select(table => Find(table, "TRUNCATE TABLE", cancellationToken)).ToList())
        {
            session.Transaction?.Remember(entry.Definition!);
            Tables.Overwrite(entry.Definition!.Table, []);
        }

        return StatementResult.Done("TRUNCATE TABLE");
    }

    /// <summary>The columns that INSERT, UPDATE or DELETE returns; null when it returns none. Nothing is written.</summary>
    public Schema? Describe(Statement write, BindingContext context, CancellationToken cancellationToken) => write switch
    {
        InsertStatement insert => Describe(Find(insert.Table, cancellationToken), insert.Returning, insert.Alias, context, entry => Binder.BindInsert(insert, entry.Definition!, context)),
        UpdateStatement update => Describe(Find(update.Table, cancellationToken), update.Returning, update.Alias, context, entry => Binder.BindUpdate(update, entry, context)),
        DeleteStatement delete => Describe(Find(delete.Table, cancellationToken), delete.Returning, delete.Alias, context, entry => Binder.BindDelete(delete, entry, context)),
        _ => throw new System.Diagnostics.UnreachableException(write.GetType().Name),
    };

    private static Schema? Describe(TableEntry entry, SyntaxList<SelectItem> returning, Identifier? alias, BindingContext context, Func<TableEntry, LogicalNode> bind)
    {
        bind(entry);
        return returning.IsEmpty ? null : new Schema([.. Binder.BindReturning(returning, entry.Source, alias?.Value ?? entry.Name, context).Output.Select(column => new Field(column.Name, column.Type))]);
    }

    /// <summary>The rows of a batch, whose first column is the row id, that were not met before.</summary>
    private static List<int> NewRows(Batch batch, HashSet<long> known)
    {
        var rows = new List<int>();
        for (var row = 0; row < batch.RowCount; row++)
        {
            if (known.Add((long)ColumnValue.Get(batch[0], row)!))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>The table that may be written under that name. A transaction that only reads may write temporary ones.</summary>
    private TableEntry Find(QualifiedName name, string statement, CancellationToken cancellationToken)
    {
        var names = session.Names;
        if (names.Locate(TableNames.Of(name), cancellationToken) is var (catalog, entry) && catalog != names.Temporary)
        {
            names.RequireWrite(catalog, entry.Schema, $"table {entry.Name}", name.Span);
            session.Transactions.RefuseWrite(statement, name.Span);
        }

        return Find(name, cancellationToken);
    }

    private TableEntry Find(QualifiedName name, CancellationToken cancellationToken) => session.Names.Find(TableNames.Of(name), cancellationToken) switch
    {
        TableEntry { Definition: not null } table => table,
        TableEntry table => throw new QueryException(
            ErrorCodes.WrongObjectType,
            $"table \"{table.Name}\" is read only",
            name.Span,
            table.Source is TpchTableSource
                ? "Its rows are made when they are read; CREATE TABLE ... AS SELECT makes a table that can be changed."
                : "Tables over files cannot be changed; COPY (SELECT ...) TO writes new files."),
        ViewEntry view => throw new QueryException(ErrorCodes.WrongObjectType, $"\"{view.Name}\" is a view and cannot be written", name.Span),
        _ => throw new QueryException(
            ErrorCodes.UndefinedTable,
            $"relation \"{name.Plain}\" does not exist",
            name.Span,
            NearNames.Hint(name.Last.Value, session.Names.List(TableNames.Of(name).Schema).Select(entry => entry.Name))),
    };

    private void Run(Func<BindingContext, LogicalNode> bind, Action<StatementResult> take, CancellationToken cancellationToken)
    {
        using var result = session.Run("WRITE", session.Plan(bind, cancellationToken, parameters), cancellationToken);
        take(result);
    }

    /// <summary>Changes the table; where that is refused, there is nothing to return.</summary>
    private static void Write(IReadOnlyList<Batch>? returned, Action change)
    {
        try
        {
            change();
        }
        catch
        {
            foreach (var batch in returned ?? [])
            {
                batch.Dispose();
            }

            throw;
        }
    }

    /// <summary>The same rows once more, for RETURNING; null when nothing is to be returned.</summary>
    private static List<Batch>? Share(IReadOnlyList<Batch> batches, SyntaxList<SelectItem> returning) =>
        returning.IsEmpty ? null : [.. batches.Select(batch => new Batch([.. batch.Columns.Select(column => column.Retain())], batch.RowCount))];

    /// <summary>Word of how many rows were written, or what RETURNING makes of them, read from a table of their own.</summary>
    private StatementResult Return(
        string command, long count, SyntaxList<SelectItem> returning, TableEntry entry, Identifier? alias, IReadOnlyList<Batch>? rows, CancellationToken cancellationToken)
    {
        if (rows is null)
        {
            return StatementResult.Wrote(command, count, rowErrors: null);
        }

        var written = Tables.Create(entry.Definition!.Schema);
        Tables.Append(written, rows);
        try
        {
            var source = Tables.Open(entry.Name, entry.Definition.Schema, written);
            var plan = session.Plan(context => Binder.BindReturning(returning, source, alias?.Value ?? entry.Name, context), cancellationToken, parameters);
            return session.Run(command, plan, cancellationToken, afterwards: () => Tables.Drop(written));
        }
        catch
        {
            Tables.Drop(written);
            throw;
        }
    }
}
