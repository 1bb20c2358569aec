using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Planner.Binding;

namespace Engine.Server.Sessions;

/// <summary>The settings that SET changes, by name.</summary>
public sealed class SessionSettings
{
    private static readonly Dictionary<string, SqlMode> Modes = new(StringComparer.OrdinalIgnoreCase) { ["postgres"] = SqlMode.Postgres, ["presto"] = SqlMode.Presto };

    private static readonly ImmutableArray<Setting> Known =
    [
        new("sql_mode", "postgres", "which way names go that PostgreSQL and Presto have both: postgres or presto", value => Modes.ContainsKey(value) ? null : "It is postgres or presto."),
        new("timezone", "UTC", "IANA zone of timestamps with time zone", Zone),
        new("disabled_rules", string.Empty, "optimizer rules to leave out, separated by commas, or all", _ => null),
        new("catalog", CatalogFolder.CatalogName, "the catalog of schemas that are named without one", _ => null),
        new("search_path", "public", "the schemas of tables that are named without one, in order", _ => null),
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public IEnumerable<(string Name, string Value, string Description)> All => Known.Select(setting => (setting.Name, this[setting.Name], setting.Description));

    public SqlMode Mode => Modes[this["sql_mode"]];

    /// <summary>The zone whose clocks show instants.</summary>
    public TimeZoneInfo TimeZone => TimeZoneNames.TryFind(this["timezone"], out var zone) ? zone : TimeZoneInfo.Utc;

    public string this[string name] => _values.GetValueOrDefault(name) ?? Find(name, null).Default;

    public void Set(string name, string value, SourceSpan? span)
    {
        if (Find(name, span).Check(value) is { } complaint)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid value for {name}: \"{value}\"", span, complaint);
        }

        _values[name] = value;
    }

    /// <summary>Back to the default; all settings when no name is given.</summary>
    public void Reset(string? name, SourceSpan? span)
    {
        if (name is null)
        {
            _values.Clear();
        }
        else
        {
            _values.Remove(Find(name, span).Name);
        }
    }

    private static Setting Find(string name, SourceSpan? span) => Known.FirstOrDefault(setting => setting.Name == name)
        ?? throw new QueryException(
            ErrorCodes.UndefinedObject, $"unrecognized configuration parameter \"{name}\"", span, NearNames.Hint(name, Known.Select(setting => setting.Name)));

    private static string? Zone(string value) => TimeZoneNames.TryFind(value, out _) ? null : "It is an IANA zone such as Europe/Berlin or an offset such as +02:00.";

    /// <param name="Name">Lower case.</param>
    /// <param name="Default">The value of a new session.</param>
    /// <param name="Description">For SHOW ALL.</param>
    /// <param name="Check">A hint when the value is wrong, else null.</param>
    private sealed record Setting(string Name, string Default, string Description, Func<string, string?> Check);
}
