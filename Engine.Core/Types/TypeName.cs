using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Errors;

namespace Engine.Core.Types;

/// <summary>Type names as people write them, in SQL, catalog files and stored plans: <c>decimal(12,2)</c>, <c>bigint[]</c>, <c>row(a int, b text)</c>.</summary>
public static class TypeName
{
    /// <summary>Precision and scale of <c>decimal</c> without parameters: 28 integer digits and 10 fraction digits.</summary>
    public static readonly DecimalType DefaultDecimal = new(38, 10);

    /// <summary>Every simple type name, aliases of both worlds included.</summary>
    private static readonly ImmutableDictionary<string, DataType> Simple = new Dictionary<string, DataType>(StringComparer.Ordinal)
    {
        ["boolean"] = DataType.Boolean, ["bool"] = DataType.Boolean,
        ["tinyint"] = DataType.TinyInt, ["int1"] = DataType.TinyInt,
        ["smallint"] = DataType.SmallInt, ["int2"] = DataType.SmallInt,
        ["integer"] = DataType.Integer, ["int"] = DataType.Integer, ["int4"] = DataType.Integer,
        ["bigint"] = DataType.BigInt, ["int8"] = DataType.BigInt, ["long"] = DataType.BigInt,
        ["real"] = DataType.Real, ["float4"] = DataType.Real,
        ["double"] = DataType.Double, ["double precision"] = DataType.Double, ["float8"] = DataType.Double, ["float"] = DataType.Double,
        ["varchar"] = DataType.Varchar, ["text"] = DataType.Varchar, ["string"] = DataType.Varchar, ["character varying"] = DataType.Varchar,
        ["char"] = DataType.Varchar, ["character"] = DataType.Varchar, ["bpchar"] = DataType.Varchar, ["name"] = DataType.Varchar,
        ["varbinary"] = DataType.Varbinary, ["bytea"] = DataType.Varbinary, ["blob"] = DataType.Varbinary, ["bytes"] = DataType.Varbinary,
        ["date"] = DataType.Date,
        ["time"] = DataType.Time, ["time without time zone"] = DataType.Time,
        ["timetz"] = DataType.TimeTz, ["time with time zone"] = DataType.TimeTz,
        ["timestamp"] = DataType.Timestamp, ["datetime"] = DataType.Timestamp, ["timestamp without time zone"] = DataType.Timestamp,
        ["timestamptz"] = DataType.TimestampTz, ["timestamp with time zone"] = DataType.TimestampTz,
        ["interval"] = DataType.Interval,
        ["uuid"] = DataType.Uuid,
        ["json"] = DataType.Json, ["jsonb"] = DataType.Json,
        ["unknown"] = DataType.Unknown,
        ["int2vector"] = new ArrayType(DataType.SmallInt) { IsVector = true }, ["oidvector"] = new ArrayType(new OidType(OidClass.Any)) { IsVector = true },
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Known => Simple.Keys.Append("decimal").Append("numeric");

    /// <summary>The type of a name that has no element types, or null when there is none of that name.</summary>
    /// <param name="name">Lower case, words separated by one space.</param>
    /// <param name="arguments">Precision, scale or length, as far as written. A length of <c>varchar</c> is checked by casts, not kept in the type.</param>
    public static DataType? TryResolve(string name, ReadOnlySpan<int> arguments)
    {
        if (name is "decimal" or "numeric" or "dec")
        {
            return ResolveDecimal(arguments);
        }

        if (arguments is [> 6] && name.StartsWith("timestamp", StringComparison.Ordinal))
        {
            var hasZone = name is "timestamptz" or "timestamp with time zone";
            return new TimestampType(hasZone ? TypeKind.TimestampTz : TypeKind.Timestamp, TimeUnit.Nanosecond);
        }

        // PostgreSQL's catalog calls an array of int4 _int4.
        return Simple.GetValueOrDefault(name) ?? (!arguments.IsEmpty ? null
            : OidType.ByName.GetValueOrDefault(name) ?? (name is ['_', not '_', ..] && TryResolve(name[1..], []) is { } element ? new ArrayType(element) : null));
    }

    /// <exception cref="QueryException">The text is not a type.</exception>
    public static DataType Parse(string text) => new TypeNameReader(text).Read();

    private static DecimalType ResolveDecimal(ReadOnlySpan<int> arguments)
    {
        if (arguments.IsEmpty)
        {
            return DefaultDecimal;
        }

        var scale = arguments.Length > 1 ? arguments[1] : 0;
        if (arguments[0] is < 1 or > DecimalType.MaxPrecision)
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue,
                string.Create(CultureInfo.InvariantCulture, $"decimal precision must be between 1 and {DecimalType.MaxPrecision}: {arguments[0]}"));
        }

        if (scale < 0 || scale > arguments[0])
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue,
                string.Create(CultureInfo.InvariantCulture, $"decimal scale must be between 0 and precision {arguments[0]}: {scale}"));
        }

        return new DecimalType(arguments[0], scale);
    }
}
