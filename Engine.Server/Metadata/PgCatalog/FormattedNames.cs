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

    /// <summary>The name of a type less pg_catalog before it, which may be quoted as the name may, and less its length.</summary>
    public static string WithoutSchema(string name)
    {
        foreach (var schema in new[] { "pg_catalog.", "\"pg_catalog\"." })
        {
            if (name.StartsWith(schema, StringComparison.Ordinal))
            {
                var rest = name[schema.Length..];
                return rest is ['"', .. var inner, '"'] && !inner.Contains('"', StringComparison.Ordinal) ? inner : rest;
            }
        }

        return name.StartsWith("varchar(", StringComparison.Ordinal) || name.StartsWith("character varying(", StringComparison.Ordinal) ? name[..name.IndexOf('(', StringComparison.Ordinal)] : name;
    }

    public static string Of(string name) => Names.GetValueOrDefault(name, name);

    /// <summary>The name in pg_type; the name itself where it is no other.</summary>
    public static string Internal(string name) => InternalNames.GetValueOrDefault(name, name);
}
