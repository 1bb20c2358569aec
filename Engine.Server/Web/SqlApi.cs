using System.Buffers;
using System.Text;
using System.Text.Json;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Server.Security;
using Engine.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Web;

/// <summary>
/// <c>POST /api/sql</c> with <c>{"sql": ..., "limit": ...}</c> runs statements in a session of their own and gives the first rows of each as text;
/// <c>POST /api/export</c> with <c>{"sql": ..., "format": ...}</c> gives all rows of a query as a file. Who hangs up ends what runs.
/// </summary>
internal sealed class SqlApi(EmbeddedEngine engine)
{
    private const int DefaultLimit = 1000;
    private const int MaxLimit = 100_000;
    private const int FlushAt = 64 * 1024;

    private static readonly Dictionary<string, string> Exports = new(StringComparer.Ordinal)
    {
        ["csv"] = "text/csv; charset=utf-8",
        ["json"] = "application/json",
        ["parquet"] = "application/vnd.apache.parquet",
        ["arrow"] = "application/vnd.apache.arrow.stream",
    };

    public void Map(IEndpointRouteBuilder routes, WebAccess access)
    {
        routes.MapPost("/api/sql", access.Guard(RunAsync));
        routes.MapPost("/api/export", access.Guard(ExportAsync));
    }

    private async Task RunAsync(HttpContext context, Account account)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not { Sql: { } sql } request)
        {
            return;
        }

        var limit = Math.Clamp(request.Limit ?? DefaultLimit, 1, MaxLimit);
        using var session = engine.OpenSession(account);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("results");
        QueryException? failure = null;
        try
        {
            foreach (var statement in Session.Parse(sql))
            {
                using var result = await session.ExecuteAsync(statement, [], context.RequestAborted).ConfigureAwait(false);
                await WriteAsync(result, session.LastStatement, limit, json, context).ConfigureAwait(false);
            }
        }
        catch (QueryException error)
        {
            failure = error;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            failure = new QueryException(ErrorCodes.QueryCanceled, "canceling statement due to user request");
        }

        json.WriteEndArray();
        if (failure is not null)
        {
            json.WritePropertyName("error");
            JsonSerializer.Serialize(json, StatementApi.Describe(failure), JsonSerializerOptions.Web);
        }

        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A result as an object, which is whole even where the rows end with an error.</summary>
    private static async Task WriteAsync(StatementResult result, StatementRecord? record, int limit, Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        if (record is not null)
        {
            json.WriteString("id", record.Id);
        }

        try
        {
            if (result.Schema is { } schema)
            {
                await WriteRowsAsync(result, schema, limit, json, context).ConfigureAwait(false);
            }

            json.WriteString("tag", result.Tag);
            if (result.RowErrors is { Count: > 0 } errors)
            {
                json.WriteNumber("skippedRows", errors.Count);
            }
        }
        finally
        {
            json.WriteNumber("elapsedMs", record?.Elapsed.TotalMilliseconds ?? 0);
            json.WriteEndObject();
        }
    }

    private static async Task WriteRowsAsync(StatementResult result, Schema schema, int limit, Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartArray("columns");
        foreach (var column in schema)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.ToString());
            json.WriteBoolean("isNumber", column.Type.IsNumeric);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        var cell = new ByteWriter { Context = result.TextContext };
        var left = limit;
        try
        {
            while (left >= 0 && await result.NextAsync().ConfigureAwait(false) is { } batch)
            {
                using (batch)
                {
                    left -= WriteRows(batch, left, cell, json);
                }

                if (json.BytesPending > FlushAt)
                {
                    await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            json.WriteEndArray();
            json.WriteBoolean("isCut", left < 0);
        }
    }

    /// <summary>Writes as many rows as are left; more than that when there are more rows, whose number is given.</summary>
    private static int WriteRows(Batch batch, int left, ByteWriter cell, Utf8JsonWriter json)
    {
        for (var place = 0; place < Math.Min(batch.SelectedCount, left); place++)
        {
            var row = batch.Selection is { } selection ? selection.Rows[place] : place;
            json.WriteStartArray();
            foreach (var column in batch.Columns)
            {
                cell.Clear();
                if (ColumnText.TryWrite(column, row, cell))
                {
                    json.WriteStringValue(Encoding.UTF8.GetString(cell.Written));
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        return batch.SelectedCount;
    }

    private async Task ExportAsync(HttpContext context, Account account)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not { Sql: { } sql } request)
        {
            return;
        }

        using var session = engine.OpenSession(account);
        try
        {
            var format = request.Format is { } name && Exports.ContainsKey(name) ? name : throw new QueryException(ErrorCodes.InvalidParameterValue, $"the format is one of {string.Join(", ", Exports.Keys)}");
            var query = Session.Parse(sql) is [Ast.QueryStatement only] ? only : throw new QueryException(ErrorCodes.FeatureNotSupported, "one query can be exported, and nothing else");
            using var result = await session.ExecuteAsync(Session.Parse($"COPY ({query}) TO STDOUT (FORMAT {format}{(format == "csv" ? ", HEADER" : string.Empty)})")[0], [], context.RequestAborted).ConfigureAwait(false);
            context.Response.ContentType = Exports[format];
            await SendAsync(result, context).ConfigureAwait(false);
        }
        catch (QueryException error) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { Error = StatementApi.Describe(error) }).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is QueryException or OperationCanceledException)
        {
            // The browser is to see that the file is not whole.
            context.Abort();
        }
    }

    private static async Task SendAsync(StatementResult result, HttpContext context)
    {
        using var buffer = new MemoryStream();
        using var rows = result.Format!.Open(result.Schema!, buffer, result.Context!.Pool);
        while (await result.NextAsync().ConfigureAwait(false) is { } batch)
        {
            using (batch)
            {
                rows.Write(batch);
            }

            await EmptyAsync(buffer, context).ConfigureAwait(false);
        }

        rows.Complete();
        await EmptyAsync(buffer, context).ConfigureAwait(false);
    }

    private static async Task EmptyAsync(MemoryStream buffer, HttpContext context)
    {
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted).ConfigureAwait(false);
        buffer.SetLength(0);
    }

    /// <summary>What is asked for; null, with an answer that says so, when it is no request.</summary>
    private static async Task<SqlRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            if (await context.Request.ReadFromJsonAsync<SqlRequest>(JsonSerializerOptions.Web, context.RequestAborted).ConfigureAwait(false) is { Sql: not null } request)
            {
                return request;
            }
        }
        catch (JsonException)
        {
            // Answered below.
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await context.Response.WriteAsJsonAsync(new { Error = new { Code = ErrorCodes.ProtocolViolation.SqlState, Message = "the request is to be {\"sql\": \"...\"}" } }).ConfigureAwait(false);
        return null;
    }

    private sealed record SqlRequest(string? Sql, int? Limit, string? Format);
}
