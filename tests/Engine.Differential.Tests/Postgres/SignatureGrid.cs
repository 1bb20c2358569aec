using System.Collections.Frozen;
using Engine.Exec.Functions;

namespace Engine.Differential.Tests.Postgres;

/// <summary>The calls of the functions and operators that PostgreSQL's catalog has and the engine knows by name, over the values of their types.</summary>
public static class SignatureGrid
{
    /// <summary>How many of the combinations of three and more arguments are tried.</summary>
    private const int MaxCombinations = 400;

    /// <summary>What stands for the types that any will do for.</summary>
    private static readonly FrozenDictionary<string, string[]> Polymorphic = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["anyelement"] = ["int4", "text"], ["anynonarray"] = ["int4", "date"], ["anyarray"] = ["int4[]", "text[]"],
        ["anycompatible"] = ["int4", "text"], ["anycompatiblearray"] = ["int4[]", "text[]"], ["anycompatiblenonarray"] = ["int4", "text"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Operators of the index machinery, of full text search and of the C locale, which nobody writes.</summary>
    private static readonly FrozenSet<string> OperatorsLeftOut = ((string[])["~<~", "~<=~", "~>~", "~>=~", "@@", "*=", "*<>", "*<", "*>", "*<=", "*>="]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Names that a tool's introspection calls, about objects of a server that are not the same here; and what is among the special forms.</summary>
    private static readonly FrozenSet<string> NamesLeftOut =
        ((string[])["format_type", "row_security_active", "obj_description", "col_description", "shobj_description", "current_setting", "current_schemas", "pg_encoding_to_char", "version", "row_to_json", "json_build_object", "json_build_array", "num_nulls", "num_nonnulls"])
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How names begin that ask for such objects.</summary>
    private static readonly string[] BeginningsLeftOut = ["has_", "pg_get_", "to_reg"];

    public static IEnumerable<Call> Of(PostgresOracle postgres) => Functions(postgres).Concat(Operators(postgres));

    private static IEnumerable<Call> Functions(PostgresOracle postgres)
    {
        var known = FunctionRegistry.Default.All.SelectMany(info => info.Aliases.Add(info.Name)).ToFrozenSet(StringComparer.Ordinal);
        var rows = postgres.Rows(
            """
            SELECT proname, array_to_string(ARRAY(SELECT replace(format_type(t, NULL), '"any"', 'any') FROM unnest(proargtypes) WITH ORDINALITY AS a(t, n) ORDER BY n), ';'),
                   CASE WHEN provariadic = 0 THEN '' ELSE 'variadic' END
            FROM pg_proc
            WHERE prokind = 'f' AND NOT proretset AND provolatile IN ('i', 's') AND pronargs > 0 AND pronamespace = 'pg_catalog'::regnamespace
              AND NOT EXISTS (SELECT 1 FROM unnest(proargtypes) AS t JOIN pg_type ON pg_type.oid = t WHERE typtype = 'p' AND typname NOT LIKE 'any%')
            ORDER BY proname, 2
            """);
        return rows.Where(row => known.Contains(row[0]) && !IsLeftOut(row[0]) && row[2].Length == 0)
            .SelectMany(row => Signatures(row[1].Split(';')).SelectMany(types => CallsOf(row[0], types, $"{row[0]}({string.Join(", ", types)})", args => $"{row[0]}({string.Join(", ", args)})")));
    }

    private static bool IsLeftOut(string name) => NamesLeftOut.Contains(name) || Array.Exists(BeginningsLeftOut, beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    private static IEnumerable<Call> Operators(PostgresOracle postgres)
    {
        var rows = postgres.Rows(
            """
            SELECT oprname, CASE WHEN oprleft = 0 THEN '' ELSE format_type(oprleft, NULL) END, format_type(oprright, NULL)
            FROM pg_operator WHERE oprright <> 0 ORDER BY oprname, 2, 3
            """);
        foreach (var row in rows.Where(row => !OperatorsLeftOut.Contains(row[0])))
        {
            var (symbol, isPrefix) = (row[0], row[1].Length == 0);
            foreach (var types in Signatures(isPrefix ? [row[2]] : [row[1], row[2]]))
            {
                var calls = isPrefix
                    ? CallsOf(symbol, types, $"{symbol} {types[0]}", args => $"{symbol} {args[0]}")
                    : CallsOf(symbol, types, $"{types[0]} {symbol} {types[1]}", args => $"{args[0]} {symbol} {args[1]}");
                foreach (var call in calls)
                {
                    yield return call;
                }
            }
        }
    }

    /// <summary>The types as the grid calls them, any-types filled in alike; none where it lacks one of them.</summary>
    private static IEnumerable<string[]> Signatures(string[] types)
    {
        var variants = types.Any(Polymorphic.ContainsKey) ? 2 : 1;
        for (var variant = 0; variant < variants; variant++)
        {
            var signature = types.Select(type => Polymorphic.TryGetValue(type, out var concrete) ? concrete[variant] : ShortName(type)).ToArray();
            if (Array.TrueForAll(signature, type => type is not null))
            {
                yield return signature!;
            }
        }
    }

    private static string? ShortName(string type) => type switch
    {
        "boolean" => "bool",
        "smallint" => "int2",
        "integer" => "int4",
        "bigint" => "int8",
        "real" => "float4",
        "double precision" => "float8",
        "time without time zone" => "time",
        "timestamp without time zone" => "timestamp",
        "timestamp with time zone" => "timestamptz",
        "integer[]" => "int4[]",
        "numeric" or "text" or "bytea" or "date" or "interval" or "uuid" or "json" or "jsonb" or "text[]" => type,
        _ => null,
    };

    private static IEnumerable<Call> CallsOf(string function, string[] types, string signature, Func<string[], string> write)
    {
        var values = types.Select((type, place) => GridValues.Of(type, function, place)).ToArray();
        var count = values.Aggregate(1L, (product, list) => product * list.Count);
        var random = new Random(signature.Length);
        for (var i = 0L; i < (types.Length < 3 ? count : Math.Min(count, MaxCombinations)); i++)
        {
            var rest = types.Length < 3 || count <= MaxCombinations ? i : random.NextInt64(count);
            var arguments = new string[types.Length];
            for (var place = 0; place < types.Length; place++)
            {
                arguments[place] = values[place][(int)(rest % values[place].Count)];
                rest /= values[place].Count;
            }

            yield return new Call(signature, write(arguments));
        }
    }
}
