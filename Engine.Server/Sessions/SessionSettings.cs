using System.Collections.Frozen;
using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Planner.Binding;

namespace Engine.Server.Sessions;

/// <summary>The settings that SET changes, by name. Those of a transaction go with it; its values are one immutable state, which others may read at any time.</summary>
public sealed class SessionSettings
{
    private static readonly Dictionary<string, SqlMode> Modes = new(StringComparer.OrdinalIgnoreCase) { ["postgres"] = SqlMode.Postgres, ["presto"] = SqlMode.Presto };

    private static readonly ImmutableArray<string> IsolationLevels = ["read uncommitted", "read committed", "repeatable read", "serializable"];

    private static readonly ImmutableArray<Setting> Known =
    [
        new("sql_mode", "postgres", "which way names go that PostgreSQL and Presto have both: postgres or presto", value => Modes.ContainsKey(value) ? null : "It is postgres or presto."),
        new("timezone", "UTC", "IANA zone of timestamps with time zone", Zone) { Label = "TimeZone" },
        new("disabled_rules", string.Empty, "optimizer rules to leave out, separated by commas, or all", _ => null),
        new("catalog", CatalogFolder.CatalogName, "the catalog of schemas that are named without one", _ => null),
        new("search_path", "\"$user\", public", "the schemas of tables that are named without one, in order", _ => null),
        new("statement_timeout", "0", "milliseconds that a statement may take, or a time with its unit; 0 for no end", Time),
        new("idle_session_timeout", "0", "the time that a session may wait for its client; 0 for no end", Time),
        new("idle_in_transaction_session_timeout", "0", "the time that a transaction may wait for its client; 0 for no end", Time),
        new("client_encoding", "UTF8", "the encoding of text", value => value.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant() is "UTF8" or "UNICODE" ? null : "Text is UTF-8.") { Fixed = "UTF8" },
        new("datestyle", "ISO, MDY", "how dates are shown", value => value.StartsWith("iso", StringComparison.OrdinalIgnoreCase) ? null : "Dates are shown as ISO has them.") { Fixed = "ISO, MDY", Label = "DateStyle" },
        new("intervalstyle", "postgres", "how intervals are shown", Only("postgres")) { Label = "IntervalStyle" },
        new("bytea_output", "hex", "how binary values are shown", Only("hex")),
        new("standard_conforming_strings", "on", "whether backslashes are themselves in strings", value => SwitchValue(value) == "on" ? null : "It is on.") { Fixed = "on" },
        new("integer_datetimes", "on", "whether times are whole numbers", ReadOnly),
        new("in_hot_standby", "off", "whether the server only follows another one", ReadOnly),
        new("is_superuser", "off", "whether the user may do everything", ReadOnly),
        new("extra_float_digits", "1", "accepted for clients that set it; floats are shown with the digits that they need", _ => null),
        new("client_min_messages", "notice", "from warning on no notices are sent; a warning of skipped rows always is", _ => null),
        new("lock_timeout", "0", "accepted for clients that set it; nothing is locked", Time),
        new("row_security", "on", "accepted for clients that set it", Switch),
        new("application_name", string.Empty, "what the client calls itself", _ => null),
        new("default_transaction_isolation", "read committed", "the isolation level of new transactions", Isolation),
        new("default_transaction_read_only", "off", "whether new transactions only read", Switch),
        new("transaction_isolation", "read committed", "the isolation level asked for; a transaction sees what others have done, statement by statement", Isolation) { DefaultOf = "default_transaction_isolation" },
        new("transaction_read_only", "off", "whether the transaction only reads", Switch) { DefaultOf = "default_transaction_read_only" },
        new("server_version", ServerVersion.PostgresVersion, "the version of PostgreSQL whose behaviour clients may expect", ReadOnly),
        new("server_encoding", "UTF8", "the encoding of text", ReadOnly),
        .. PostgresPresets.Fixed.Select(preset => new Setting(preset.Name, preset.Value, preset.Description, ReadOnly)),
        .. PostgresPresets.Accepted.Select(preset => new Setting(preset.Name, preset.Value, "accepted for clients that set it", _ => null)),
    ];

    private static readonly FrozenDictionary<string, Setting> ByName = Known.ToFrozenDictionary(setting => setting.Name, StringComparer.OrdinalIgnoreCase);

    private State _state = State.Empty;
    private State _defaults = State.Empty;


    public IEnumerable<(string Name, string Value, string Default, string Description)> All =>
        Known.Select(setting => (setting.Name, this[setting.Name], _defaults.Session.GetValueOrDefault(setting.Name) ?? setting.Default, setting.Description));

    public SqlMode Mode => Modes[this["sql_mode"]];

    /// <summary>The zone whose clocks show instants.</summary>
    public TimeZoneInfo TimeZone => TimeZoneNames.TryFind(this["timezone"], out var zone) ? zone : TimeZoneInfo.Utc;

    public string this[string name]
    {
        get
        {
            var (session, local) = _state;
            if (IsCustom(name))
            {
                return Find(name) ?? Find(name, null).Default;
            }

            var setting = Find(name, null);
            return local.GetValueOrDefault(setting.Name) ?? session.GetValueOrDefault(setting.Name) ?? _defaults.Session.GetValueOrDefault(setting.Name) ?? (setting.DefaultOf is { } other ? this[other] : setting.Default);
        }
    }

    /// <summary>The value of a setting; null when there is none of that name.</summary>
    public string? Find(string name) => ByName.ContainsKey(name) ? this[name] : IsCustom(name) ? _state.Local.GetValueOrDefault(name) ?? _state.Session.GetValueOrDefault(name) ?? _defaults.Session.GetValueOrDefault(name) : null;

    /// <summary>What a setting is called in results: PostgreSQL's spelling.</summary>
    public static string LabelOf(string name) => ByName.TryGetValue(name, out var setting) ? setting.Label ?? setting.Name : name;

    /// <param name="name">In any case.</param>
    /// <param name="value">As written.</param>
    /// <param name="span">Where.</param>
    /// <param name="isLocal">Whether it holds until the end of the transaction only.</param>
    public void Set(string name, string value, SourceSpan? span, bool isLocal = false)
    {
        var setting = IsCustom(name) ? new Setting(name, string.Empty, "a program's own", _ => null) : Find(name, span);
        if (setting.Check == Switch && SwitchValue(value) is { } word)
        {
            value = word;
        }

        if (setting.Check(value) is { } complaint)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid value for {name}: \"{value}\"", span, complaint);
        }

        value = setting.Fixed ?? value;
        _state = isLocal
            ? _state with { Local = _state.Local.SetItem(setting.Name, value) }
            : new State(_state.Session.SetItem(setting.Name, value), _state.Local.Remove(setting.Name));
    }

    /// <summary>Back to the default; all settings when no name is given.</summary>
    public void Reset(string? name, SourceSpan? span)
    {
        if (name is not null && !IsCustom(name))
        {
            name = Find(name, span).Name;
        }

        _state = name is null ? State.Empty : new State(_state.Session.Remove(name), _state.Local.Remove(name));
    }

    /// <summary>Says what a setting is that its user cannot change.</summary>
    internal void Fix(string name, string value) => _defaults = _defaults with { Session = _defaults.Session.SetItem(name, value) };

    /// <summary>Makes the values as they are those that RESET and DISCARD ALL go back to, as what a client asks for when it connects.</summary>
    internal void TakeAsDefaults() => (_defaults, _state) = (new State(_defaults.Session.SetItems(_state.Session), State.Empty.Local), State.Empty);

    /// <summary>What a transaction that is taken back puts the settings back to.</summary>
    internal void SaveInto(Transaction transaction)
    {
        var before = _state;
        transaction.Undo(() => _state = before);
    }

    /// <summary>What was set for the transaction only goes.</summary>
    internal void EndTransaction() => _state = _state with { Local = State.Empty.Local };

    /// <summary>Whether a setting is a program's own, which has a point in its name: <c>my.setting</c>. It holds what it is set to.</summary>
    private static bool IsCustom(string name) => name.Contains('.', StringComparison.Ordinal);

    private static Setting Find(string name, SourceSpan? span) => ByName.GetValueOrDefault(name)
        ?? throw new QueryException(
            ErrorCodes.UndefinedObject, $"unrecognized configuration parameter \"{name}\"", span, NearNames.Hint(name, Known.Select(setting => setting.Name)));

    private static string? Zone(string value) => TimeZoneNames.TryFind(value, out _) ? null : "It is an IANA zone such as Europe/Berlin or an offset such as +02:00.";

    private static string? Time(string value) => TimeSetting.Parse(value) is null ? "It is a number of milliseconds, or one with a unit: 500ms, 30s, 5min, 1h." : null;

    private static Func<string, string?> Only(string word) => value => value.Equals(word, StringComparison.OrdinalIgnoreCase) ? null : $"It is {word}.";

    private static string? Isolation(string value) => IsolationLevels.Contains(value) ? null : $"It is one of {string.Join(", ", IsolationLevels)}.";

    private static string? Switch(string value) => SwitchValue(value) is null ? "It is on or off." : null;

    private static string? ReadOnly(string value) => "It cannot be changed.";

    private static string? SwitchValue(string value) => value.ToLowerInvariant() switch
    {
        "on" or "true" or "yes" or "1" => "on",
        "off" or "false" or "no" or "0" => "off",
        _ => null,
    };

    /// <summary>What was set, for the session and for the transaction.</summary>
    private sealed record State(ImmutableDictionary<string, string> Session, ImmutableDictionary<string, string> Local)
    {
        public static readonly State Empty = new(ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty);
    }

    /// <param name="Name">Lower case.</param>
    /// <param name="Default">The value of a new session.</param>
    /// <param name="Description">For SHOW ALL.</param>
    /// <param name="Check">A hint when the value is wrong, else null.</param>
    private sealed record Setting(string Name, string Default, string Description, Func<string, string?> Check)
    {
        /// <summary>What every value that is accepted comes to; null where the value stays.</summary>
        public string? Fixed { get; init; }

        /// <summary>PostgreSQL's spelling, where it is not the name.</summary>
        public string? Label { get; init; }

        /// <summary>The setting whose value is the default.</summary>
        public string? DefaultOf { get; init; }
    }
}
