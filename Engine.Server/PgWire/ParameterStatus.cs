using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire;

/// <summary>Tells the client of settings that it has to know: all of them at the start, then each that changes.</summary>
internal sealed class ParameterStatus(Session session, BackendWriter writer)
{
    private static readonly string[] Names =
    [
        "server_version", "server_encoding", "client_encoding", "DateStyle", "IntervalStyle", "TimeZone", "integer_datetimes", "standard_conforming_strings",
        "application_name", "default_transaction_read_only", "in_hot_standby", "is_superuser", "search_path", "session_authorization",
    ];

    private readonly Dictionary<string, string> _sent = new(StringComparer.Ordinal);

    /// <summary>Says what the client does not know yet.</summary>
    public void Report()
    {
        foreach (var name in Names)
        {
            var value = name == "session_authorization" ? session.User : session.Settings[name.ToLowerInvariant()];
            if (_sent.GetValueOrDefault(name) != value)
            {
                _sent[name] = value;
                writer.Begin('S').Text(name).Text(value).End();
            }
        }
    }
}
