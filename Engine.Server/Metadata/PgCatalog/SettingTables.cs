using System.Collections.Immutable;
using System.Globalization;
using Engine.Server.Sessions;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>The settings of the session that asks, with their units as PostgreSQL tells them.</summary>
internal static class SettingTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<Row>.Of("pg_settings", scope => scope.Session.Settings.All.Select(setting => new Row(setting.Name, setting.Value, setting.Default, setting.Description)))
            .Text("name", row => SessionSettings.LabelOf(row.Name))
            .Text("setting", row => row.Plain(row.Value))
            .Text("unit", row => row.Unit)
            .Fixed("category=Settings")
            .Text("short_desc", row => row.Description)
            .Nothing("extra_desc")
            .Fixed("context=user")
            .Text("vartype", row => row.Type)
            .Text("source", row => row.Value == row.Default ? "default" : "session")
            .Nothing("min_val max_val enumvals:text[]")
            .Text("boot_val", row => row.Plain(row.Default))
            .Text("reset_val", row => row.Plain(row.Default))
            .Nothing("sourcefile sourceline:integer")
            .Fixed("pending_restart:boolean=f"),
    ];

    private sealed record Row(string Name, string Value, string Default, string Description)
    {
        private bool IsTime => Name.EndsWith("_timeout", StringComparison.Ordinal);

        /// <summary>Kilobytes of what is written with a unit of memory; null for everything else.</summary>
        private static long? Kilobytes(string value) =>
            value.EndsWith("MB", StringComparison.Ordinal) && long.TryParse(value[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) ? megabytes * 1024
            : value.EndsWith("kB", StringComparison.Ordinal) && long.TryParse(value[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes
            : null;

        public string? Unit => IsTime ? "ms" : Kilobytes(Default) is not null ? "kB" : null;

        public string Type => Default switch
        {
            "on" or "off" => "bool",
            _ when Unit is not null || long.TryParse(Default, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "integer",
            _ => "string",
        };

        /// <summary>The value as a number of its unit.</summary>
        public string Plain(string value) => IsTime && TimeSetting.Parse(value) is { } time ? ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)
            : Kilobytes(value) is { } kilobytes ? kilobytes.ToString(CultureInfo.InvariantCulture)
            : value;
    }
}
