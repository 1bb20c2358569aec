using System.Collections.Frozen;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>The names of types as SQL has them, which <c>format_type</c> gives, by those of pg_type.</summary>
internal static class FormattedNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bool"] = "boolean",
        ["char"] = "\"char\"",
        ["int2"] = "smallint",
        ["int4"] = "integer",
        ["int8"] = "bigint",
        ["float4"] = "real",
        ["float8"] = "double precision",
        ["bpchar"] = "character",
        ["varchar"] = "character varying",
        ["time"] = "time without time zone",
        ["timetz"] = "time with time zone",
        ["timestamp"] = "timestamp without time zone",
        ["timestamptz"] = "timestamp with time zone",
        ["any"] = "\"any\"",
        ["trigger"] = "trigger",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> InternalNames = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(string name) => Names.GetValueOrDefault(name, name);

    /// <summary>The name in pg_type; the name itself where it is no other.</summary>
    public static string Internal(string name) => InternalNames.GetValueOrDefault(name, name);
}
