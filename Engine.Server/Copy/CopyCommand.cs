using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Parser.Ast;
using Engine.Planner.Physical;
using Engine.Server.Sessions;
using Engine.Storage.ObjectStores.Local;
using Engine.Storage.Parquet.Writing;

namespace Engine.Server.Copy;

/// <summary>COPY ... TO: writes the rows of a query or table to a file, which is whole or not there, or gives them out in a format.</summary>
internal sealed class CopyCommand(Session session)
{
    public StatementResult Execute(CopyStatement copy, CancellationToken cancellationToken)
    {
        if (copy.Direction == CopyDirection.From)
        {
            throw QueryException.NotSupportedYet("COPY FROM", copy.Span);
        }

        if (copy.Where is { } where)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "COPY TO has no WHERE", where.Span, "Write COPY (SELECT ... WHERE ...) TO ...");
        }

        var path = PathOf(copy.Path);
        if (path is not null && !session.Account.Grants.WritesFiles)
        {
            throw new QueryException(ErrorCodes.InsufficientPrivilege, $"permission denied to write file {path}", copy.Path!.Span, "COPY ... TO STDOUT gives the rows to the client.");
        }

        RefuseExisting(copy, path);
        var query = copy.Query ?? QueryOf(copy);
        var plan = session.Plan(query, cancellationToken);
        var format = CopyFormats.Read(copy, path, plan.Output, session.Engine.Options.Threads, new TextContext(session.Settings.TimeZone, new SessionFacts(session, cancellationToken).Objects));
        if (format.SortedBy.Count > 0)
        {
            plan = session.Plan(Sorted(query, format.SortedBy, plan.Output), cancellationToken);
        }

        return path is null ? session.Run("COPY", plan, cancellationToken, format) : Write(plan, format, path, copy.Path!.Span, cancellationToken);
    }

    private StatementResult Write(PlanNode plan, CopyFormat format, string path, SourceSpan span, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new PendingFile(path);
            using var result = session.Run("COPY", plan, cancellationToken);
            using var pool = session.Engine.Memory.CreateChild("the output of COPY");
            using var writer = format.Open(result.Schema!, file.Stream, pool);
            var rowCount = 0L;
            while (result.Next() is { } batch)
            {
                using (batch)
                {
                    writer.Write(batch);
                    rowCount += batch.SelectedCount;
                }
            }

            writer.Complete();
            file.Commit();
            return StatementResult.Wrote("COPY", rowCount, result.RowErrors);
        }
        catch (QueryException error) when (error.Code == ErrorCodes.IoError)
        {
            throw error.At(span);
        }
        catch (IOException error)
        {
            throw new QueryException(ErrorCodes.IoError, $"cannot write {path}: {error.Message}", span, cause: error);
        }
    }

    private string? PathOf(Expression? path)
    {
        var text = path switch
        {
            null => null,
            StringLiteral literal => literal.Value,
            NamedParameter named => session.Parameters.GetValueOrDefault(named.Name)?.Value?.ToString()
                ?? throw new QueryException(ErrorCodes.UndefinedParameter, $"there is no value for parameter :{named.Name}", named.Span),
            _ => throw QueryException.NotSupportedYet("COPY to the file that a numbered parameter names", path.Span),
        };
        if (text is "")
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, "the name of the file is empty", path!.Span);
        }

        return text?.Contains("://", StringComparison.Ordinal) == true ? throw QueryException.NotSupportedYet($"COPY to \"{text}\", which is no local file", path!.Span) : text;
    }

    /// <summary>Files are replaced unless the statement says <c>overwrite false</c>.</summary>
    private static void RefuseExisting(CopyStatement copy, string? path)
    {
        var options = new CopyOptions(copy.Options);
        if (options.Boolean("overwrite") == false && path is not null && File.Exists(path))
        {
            throw new QueryException(ErrorCodes.DuplicateFile, $"file \"{path}\" exists, and overwrite is off", options.SpanOf("overwrite"));
        }
    }

    /// <summary><c>SELECT columns FROM table</c>.</summary>
    private static Query QueryOf(CopyStatement copy)
    {
        var table = copy.Table!;
        var items = copy.Columns.IsEmpty
            ? [All(table.Span)]
            : copy.Columns.Select(column => new SelectItem(new ColumnReference(new QualifiedName([column], column.Span), column.Span), Alias: null, column.Span));
        return Select(items, new TableReference(table, table.Span), [], table.Span);
    }

    /// <summary>The query's rows in an order, by the places of its columns: their names may be anything.</summary>
    private static Query Sorted(Query query, IReadOnlyList<SortedColumn> sortedBy, Schema schema)
    {
        var keys = sortedBy.Select(column => new SortItem(
            new NumberLiteral(NumberKind.Integer, (schema.IndexOf(column.Name) + 1).ToString(CultureInfo.InvariantCulture), query.Span),
            column.IsDescending ? SortDirection.Descending : SortDirection.Ascending,
            column.NullsFirst ? NullOrder.First : NullOrder.Last,
            query.Span));
        return Select([All(query.Span)], new SubqueryRelation(query, Lateral: false, query.Span), keys, query.Span);
    }

    private static SelectItem All(SourceSpan span) => new(new StarExpression(Qualifier: null, [], [], [], span), Alias: null, span);

    private static Query Select(IEnumerable<SelectItem> items, Relation source, IEnumerable<SortItem> keys, SourceSpan span) => new(
        With: null,
        new SelectBody(Distinct: null, [.. items], [source], Where: null, GroupBy: null, Having: null, [], Qualify: null, span),
        [.. keys],
        Limit: null,
        Offset: null,
        span);
}
