using System.Diagnostics;
using Engine.Server.Sessions;

namespace Engine.Server.Telemetry;

/// <summary>Statements as spans of OpenTelemetry. Their texts are not in them: they hold values that are nobody else's business.</summary>
internal static class StatementTrace
{
    /// <summary>What the source is called, for who listens to it.</summary>
    public const string SourceName = "QueryEngine";

    private static readonly ActivitySource Source = new(SourceName, ServerVersion.Own);

    /// <summary>Begins the span of a statement; null when nobody listens.</summary>
    public static Activity? Start(StatementRecord record)
    {
        // It ends in another flow than it began: as the current one it would stay there, and be the parent of what is none of its.
        var current = Activity.Current;
        var activity = Source.StartActivity(record.Operation, ActivityKind.Server);
        Activity.Current = current;
        return activity?
            .SetTag("db.system.name", "queryengine")
            .SetTag("db.operation.name", record.Operation)
            .SetTag("qe.query_id", record.Id)
            .SetTag("user.name", record.User);
    }

    public static void End(Activity? activity, StatementRecord record)
    {
        if (activity is null)
        {
            return;
        }

        activity
            .SetTag("db.response.returned_rows", record.OutputRows)
            .SetTag("qe.input_rows", record.Input.Rows)
            .SetTag("qe.input_bytes", record.Input.Bytes)
            .SetTag("qe.peak_memory_bytes", record.PeakMemoryBytes)
            .SetTag("qe.queue_seconds", record.QueueTime.TotalSeconds);
        if (record.State != StatementState.Finished)
        {
            activity.SetStatus(ActivityStatusCode.Error).SetTag("db.response.status_code", record.Error?.Code.SqlState ?? "57014");
        }

        activity.Dispose();
    }
}
