using System.Collections.Immutable;
using Engine.Server.Sessions;

namespace Engine.Server.Metadata.SystemTables;

/// <summary>The schema <c>system.runtime</c>: what the engine does.</summary>
internal static class RuntimeTables
{
    private const string LocalNode = "local";

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<StatementRecord>.Of("queries", Statements)
            .Text("query_id", query => query.Id)
            .Text("state", query => NameOf(query.State))
            .Text("user_name", query => query.User)
            .Text("query", query => query.Text)
            .Time("started", query => query.StartedAt)
            .Time("ended", query => query.EndedAt)
            .Count("elapsed_ms", query => (long)query.Elapsed.TotalMilliseconds)
            .Count("output_rows", query => query.OutputRows)
            .Count("input_rows", query => query.Input.Rows)
            .Count("input_bytes", query => query.Input.Bytes)
            .Count("peak_memory_bytes", query => query.PeakMemoryBytes)
            .Text("error_code", query => query.Error?.Code.SqlState)
            .Text("error_name", query => query.Error?.Code.Name)
            .Text("error_message", query => query.Error?.Message),
        MetadataTable<StatementRecord>.Of("tasks", Statements)
            .Text("node_id", _ => LocalNode)
            .Text("task_id", task => $"{task.Id}.0.0")
            .Text("stage_id", task => $"{task.Id}.0")
            .Text("query_id", task => task.Id)
            .Text("state", task => NameOf(task.State))
            .Count("output_rows", task => task.OutputRows)
            .Count("input_rows", task => task.Input.Rows)
            .Count("input_bytes", task => task.Input.Bytes)
            .Count("peak_memory_bytes", task => task.PeakMemoryBytes)
            .Time("started", task => task.StartedAt)
            .Time("ended", task => task.EndedAt),
        MetadataTable<EmbeddedEngine>.Of("nodes", scope => [scope.Session.Engine])
            .Text("node_id", _ => LocalNode)
            .Text("node_version", _ => ServerVersion.Own)
            .Boolean("coordinator", _ => true)
            .Text("state", _ => "active")
            .Number("threads", engine => engine.Options.Threads)
            .Count("memory_limit_bytes", engine => engine.Options.MemoryLimitBytes)
            .Count("memory_used_bytes", engine => engine.Memory.ReservedBytes),
        MetadataTable<(string Name, string Value, string Default, string Description)>.Of("settings", scope => scope.Session.Settings.All)
            .Text("name", setting => setting.Name)
            .Text("value", setting => setting.Value)
            .Text("default_value", setting => setting.Default)
            .Text("description", setting => setting.Description),
    ];

    /// <summary>What others ask is seen by administrators alone.</summary>
    private static IEnumerable<StatementRecord> Statements(MetadataScope scope) => scope.Session.Engine.Statements.All.Where(record => scope.Session.Account.Sees(record.User));

    private static string NameOf(StatementState state) => state.ToString().ToUpperInvariant();
}
