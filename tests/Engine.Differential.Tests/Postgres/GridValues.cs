using System.Collections.Frozen;

namespace Engine.Differential.Tests.Postgres;

/// <summary>
/// The values that every type is tried with, as typed literals that both engines resolve alike. The first is NULL. Their order matters: a sample of
/// the combinations takes all of them in turn.
/// </summary>
public static class GridValues
{
    private static readonly FrozenDictionary<string, string[]> Texts = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["bool"] = ["true", "false"],
        ["int2"] = ["0", "1", "-1", "2", "-7", "100", "32767", "-32768"],
        ["int4"] = ["0", "1", "-1", "2", "3", "-7", "31", "1000", "2147483647", "-2147483648"],
        ["int8"] = ["0", "1", "-1", "2", "-7", "64", "1000000007", "9223372036854775807", "-9223372036854775808"],
        ["float4"] = ["0", "-0", "1", "-1.5", "2.5", "0.1", "16777217", "3.4028235e38", "1e-45", "NaN", "Infinity", "-Infinity"],
        ["float8"] = ["0", "-0", "1", "-1", "0.5", "2.5", "-2.5", "1234567.891", "1e15", "1e16", "1.7976931348623157e308", "5e-324", "NaN", "Infinity", "-Infinity"],
        ["text"] = ["", "a", "abc", "ABCabc", " x y ", "äß€😀", "e\u0301", "12", "-1.5", "a%b_c\\d", "a,b,,c", "a\nb", "2024-02-29"],
        ["bytea"] = ["", "\\x00", "\\x616263", "\\xff00fe", "\\xc3a4", "\\x6100"],
        ["date"] =
        [
            "1970-01-01", "2000-02-29", "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "1900-03-01", "0001-01-01", "9999-12-31", "0044-03-15 BC",
            "infinity", "-infinity",
        ],
        ["time"] = ["00:00:00", "02:30:00", "12:34:56.789012", "23:59:59.999999", "24:00:00"],
        ["timestamp"] =
        [
            "1970-01-01 00:00:00", "2024-02-29 12:34:56.789012", "2024-03-31 02:30:00", "2024-10-27 02:30:00", "2023-01-31 00:00:00", "1999-12-31 23:59:59.999999",
            "0001-01-01 00:00:00", "9999-12-31 23:59:59", "0044-03-15 12:00:00 BC", "infinity", "-infinity",
        ],
        ["timestamptz"] =
        [
            "1970-01-01 00:00:00+00", "2024-02-29 12:34:56.789012+00", "2024-03-31 01:00:00+00", "2024-10-27 00:30:00+00", "2023-01-30 23:30:00+00",
            "1999-12-31 23:59:59.999999+00", "1900-01-01 00:00:00+00", "9999-12-30 23:59:59+00", "infinity", "-infinity",
        ],
        ["interval"] =
        [
            "0", "1 mon", "-1 mon", "1 day", "-25:00:00", "01:02:03.456789", "1 year 2 mons 3 days 04:05:06", "-1 year", "30 days", "24:00:00", "1 mon -1 day",
            "00:00:00.000001", "100 years",
        ],
        ["uuid"] = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
        ["json"] = ["{}", "[]", "null", "1", "1.50", "\"a\"", "true", "{\"a\": 1, \"b\": [1, 2, {\"c\": null}]}", "[1, \"a\", null, {\"a\": 2}]", "{\"a\": {\"b\": \"ä\"}}"],
        ["int4[]"] = ["{}", "{1}", "{1,2,3}", "{3,1,2,1}", "{NULL}", "{1,NULL,2}"],
        ["text[]"] = ["{}", "{a}", "{a,b,c}", "{b,a,a}", "{\"\",NULL}", "{\"a b\",\"c,d\"}"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Numerics have a type each: a plain numeric has no bounds there, and a scale of ten here.</summary>
    private static readonly string[] Numerics =
    [
        "CAST(NULL AS numeric(10,2))", "CAST('0' AS numeric(5,0))", "CAST('1.00' AS numeric(10,2))", "CAST('-1.5' AS numeric(10,1))", "CAST('2.5' AS numeric(10,1))",
        "CAST('-0.005' AS numeric(10,3))", "CAST('123456.789' AS numeric(12,3))", "CAST('10' AS numeric(3,0))", "CAST('0.00000000000000000001' AS numeric(38,20))",
        "CAST('99999999999999999999999999999999999999' AS numeric(38,0))", "CAST('-99999999999999999999999999999999999999' AS numeric(38,0))",
    ];

    /// <summary>What a text argument means, where any text would do for few functions: by function and place of the argument.</summary>
    private static readonly FrozenDictionary<(string Function, int Place), string[]> Meanings = Meaningful();

    public static IEnumerable<string> Types => Texts.Keys.Append("numeric").Append("jsonb").Order(StringComparer.Ordinal);

    public static string Null(string type) => Literal(null, type);

    /// <summary>The values of a type as an argument of a function.</summary>
    public static IReadOnlyList<string> Of(string type, string function = "", int place = 0) =>
        type == "numeric" ? Numerics
        : Meanings.TryGetValue((function, place), out var texts) && type == "text" ? [Null(type), .. texts.Select(text => Literal(text, type))]
        : [Null(type), .. Texts[type == "jsonb" ? "json" : type].Select(text => Literal(text, type))];

    public static string Literal(string? text, string type) => text is null ? $"CAST(NULL AS {type})" : $"CAST({Quote(text)} AS {type})";

    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static FrozenDictionary<(string Function, int Place), string[]> Meaningful()
    {
        string[] encodings = ["UTF8", "utf-8", "LATIN1", "SQL_ASCII", "nonsense"];
        string[] binary = ["hex", "base64", "escape", "HEX", "nonsense"];
        string[] paths = ["$", "$.a", "$.b[1]", "$.*", "$[*]", "$.b[*] ? (@ > 1)", "$.a.size()", "$["];
        var meanings = new Dictionary<(string, int), string[]>
        {
            [("date_trunc", 0)] = FormGrid.Fields, [("date_part", 0)] = FormGrid.Fields,
            [("date_trunc", 2)] = FormGrid.Zones, [("timezone", 0)] = FormGrid.Zones,
            [("to_date", 0)] = FormGrid.Dates, [("to_date", 1)] = FormGrid.DateTemplates,
            [("to_timestamp", 0)] = FormGrid.Dates, [("to_timestamp", 1)] = FormGrid.DateTemplates,
            [("to_number", 0)] = ["12,454.8-", "1,234.5", "-12.3", "abc", "", " 42 ", "$1,234", "<12>", "1.2e3", "+5", "00123", "XIV"],
            [("to_number", 1)] = ["99G999D9S", "9,999.9", "S99.9", "999", "999.99", "L9,999", "99PR", "MI99.9", "FM999", "9.9EEEE", "RN", "999V99", ""],
            [("encode", 1)] = binary, [("decode", 1)] = binary,
            [("decode", 0)] = ["", "6162", "YWJj", "YWI=", "YW=", "616", "zz", "a\\000b", "\\\\", "\\1", "61 62", "Y W J j"],
            [("convert_from", 1)] = encodings, [("convert_to", 1)] = encodings, [("length", 1)] = encodings,
            [("format", 0)] = ["%s", "%I|%L", "%2$s-%1$s", "%%", "%10s|%-10s", "%*s", "%x", "%", "no", "%1$s %s", "%0$s", "%5$s"],
            [("normalize", 1)] = ["NFC", "NFD", "NFKC", "NFKD", "x"],
            [("make_timestamptz", 6)] = FormGrid.Zones,
            [("split_part", 1)] = [",", "", "b", "ß"], [("string_to_array", 1)] = [",", "", "b", "xyz"], [("string_to_array", 2)] = ["", "a", "b"],
            [("strpos", 1)] = ["", "a", "b", "ß", "xyz"], [("translate", 1)] = ["", "ab", "äß", "aab"], [("translate", 2)] = ["", "x", "xyz"],
            [("quote_ident", 0)] = ["a", "A", "a b", "select", "a\"b", "1a", "_a$", "", "ä", "year", "integer"],
            [("pg_size_bytes", 0)] = ["1", "1kB", "1.5 MB", "-2 GB", "x", "1 TB", "1e3", " 7 bytes", "1 PB", "5 B"],
            [("parse_ident", 0)] = ["a", "A.b", "\"A\".b", "a.", "1a", "", "a b", "\"a\"\"b\""],
            [("jsonb_path_query_array", 1)] = paths, [("jsonb_path_exists", 1)] = paths, [("jsonb_path_query_first", 1)] = paths,
            [("->", 1)] = ["a", "b", "", "0", "ä"], [("->>", 1)] = ["a", "b", "", "0", "ä"], [("?", 1)] = ["a", "b", "", "1", "c"], [("- jsonb", 1)] = ["a", "b", ""],
        };
        foreach (var name in (string[])["regexp_match", "regexp_replace", "regexp_split_to_array", "regexp_count", "regexp_instr", "regexp_like", "regexp_substr", "substring", "~", "~*", "!~", "!~*"])
        {
            meanings[(name, 1)] = FormGrid.Regexes;
        }

        foreach (var name in (string[])["like", "notlike", "~~", "!~~", "~~*", "!~~*", "similar_escape"])
        {
            meanings[(name, 1)] = FormGrid.LikePatterns;
        }

        foreach (var key in (ReadOnlySpan<(string, int)>)[("regexp_match", 2), ("regexp_replace", 3), ("regexp_split_to_array", 2), ("regexp_like", 2), ("regexp_count", 3), ("regexp_instr", 5), ("regexp_substr", 4), ("regexp_replace", 5)])
        {
            meanings[key] = ["", "i", "g", "n", "x", "gi", "q", "z"];
        }

        meanings[("regexp_replace", 2)] = ["", "X", "[\\1]", "\\&\\&", "\\\\", "$1"];
        meanings[("to_char", 1)] = [.. FormGrid.DateTemplates, .. FormGrid.NumberTemplates];
        return meanings.ToFrozenDictionary();
    }
}
