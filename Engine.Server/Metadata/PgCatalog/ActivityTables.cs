using System.Collections.Immutable;
using System.Net;
using Engine.Server.Sessions;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Who is connected and what they do. Of other users' sessions one who is no administrator sees only that there are some.</summary>
internal static class ActivityTables
{
    private const string Hidden = "<insufficient privilege>";

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<Row>.Of("pg_stat_activity", Rows)
            .Fixed("datid:oid=0")
            .Text("datname", row => row.Client.Database)
            .Number("pid", row => row.Client.ProcessId)
            .Nothing("leader_pid:integer")
            .Fixed("usesysid:oid=10")
            .Text("usename", row => row.Client.User)
            .Text("application_name", row => row.Client.ApplicationName)
            .Text("client_addr", row => row.IsShown ? (row.Client.Client as IPEndPoint)?.Address.ToString() : null)
            .Nothing("client_hostname")
            .Number("client_port", row => row.IsShown ? (row.Client.Client as IPEndPoint)?.Port : null)
            .Time("backend_start", row => row.Client.ConnectedAt)
            .Time("xact_start", row => row.IsShown ? row.Client.TransactionStartedAt : null)
            .Time("query_start", row => row.IsShown ? row.Client.QueryStartedAt : null)
            .Time("state_change", row => row.IsShown ? row.Client.StateSince : null)
            .Text("wait_event_type", row => row is { IsShown: true, Client.State: ClientState.Queued } ? "Queue" : null)
            .Text("wait_event", row => row is { IsShown: true, Client.State: ClientState.Queued } ? "Admission" : null)
            .Text("state", row => !row.IsShown ? null : row.Client.State switch
            {
                ClientState.Idle => "idle",
                ClientState.IdleInTransaction => "idle in transaction",
                ClientState.IdleInFailedTransaction => "idle in transaction (aborted)",
                _ => "active",
            })
            .Nothing("backend_xid:xid backend_xmin:xid query_id:bigint")
            .Text("query", row => row.IsShown ? row.Client.Query : Hidden)
            .Text("backend_type", _ => "client backend"),
        MetadataTable<Row>.Of("pg_stat_gssapi", Rows)
            .Number("pid", row => row.Client.ProcessId)
            .Fixed("gss_authenticated:boolean=f")
            .Nothing("principal")
            .Fixed("encrypted:boolean=f"),
        MetadataTable<Row>.Of("pg_stat_ssl", Rows)
            .Number("pid", row => row.Client.ProcessId)
            .Boolean("ssl", row => row.Client.TlsVersion is not null)
            .Text("version", row => row.Client.TlsVersion)
            .Nothing("cipher bits:integer client_dn client_serial:numeric issuer_dn"),
    ];

    private static IEnumerable<Row> Rows(MetadataScope scope) =>
        scope.Session.Engine.Sessions.All.Select(client => new Row(client, scope.Session.Account.Sees(client.User)));

    private sealed record Row(ClientSession Client, bool IsShown);
}
