using Engine.Core.Errors;
using Engine.Server.Security;
using Engine.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Engine.Server.Web;

/// <summary>
/// Statements as JSON: <c>GET /api/statements</c> all that the user may see, the newest first; <c>GET /api/statements/ID</c> one, with its plan and what
/// each step has done so far; <c>POST /api/statements/ID/cancel</c> ends it.
/// </summary>
internal sealed class StatementApi(EmbeddedEngine engine)
{
    public void Map(IEndpointRouteBuilder routes, WebAccess access)
    {
        routes.MapGet("/api/statements", access.Guard((context, account) => context.Response.WriteAsJsonAsync(
            new { User = account.Name, Statements = engine.Statements.All.Reverse().Where(record => account.Sees(record.User)).Select(Summary) })));
        routes.MapGet("/api/statements/{id}", access.Guard((context, account) => Find(context, account) is { } record
            ? context.Response.WriteAsJsonAsync(new { Statement = Summary(record), record.Plan })
            : NotFoundAsync(context)));
        routes.MapPost("/api/statements/{id}/cancel", access.Guard((context, account) => Find(context, account) is { } record
            ? context.Response.WriteAsJsonAsync(new { Cancelled = record.Cancel() })
            : NotFoundAsync(context)));
    }

    private StatementRecord? Find(HttpContext context, Account account) =>
        context.Request.RouteValues["id"] is string id && engine.Statements.Find(id) is { } record && account.Sees(record.User) ? record : null;

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsJsonAsync(new { Error = new { Code = "42704", Message = "there is no such statement, or it has been forgotten" } });
    }

    private static object Summary(StatementRecord record) => new
    {
        record.Id,
        record.User,
        State = record.State.ToString().ToLowerInvariant(),
        record.Operation,
        record.Text,
        record.StartedAt,
        ElapsedMs = record.Elapsed.TotalMilliseconds,
        QueueMs = record.QueueTime.TotalMilliseconds,
        Rows = record.OutputRows,
        InputRows = record.Input.Rows,
        InputBytes = record.Input.Bytes,
        record.BytesInScope,
        record.PeakMemoryBytes,
        Error = record.Error is { } error ? Describe(error) : null,
    };

    /// <summary>What a client is told of an error, its place in characters from 1.</summary>
    public static object Describe(QueryException error) => new { Code = error.Code.SqlState, error.Message, error.Hint, Position = error.Span?.Start + 1, Length = error.Span?.Length };
}
