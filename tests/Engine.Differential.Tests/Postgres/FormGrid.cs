namespace Engine.Differential.Tests.Postgres;

/// <summary>The expressions that are no function of the catalog: special forms, patterns, subscripts.</summary>
public static class FormGrid
{
    public static readonly string[] Fields =
    [
        "century", "decade", "year", "isoyear", "quarter", "month", "week", "day", "dow", "isodow", "doy", "hour", "minute", "second", "milliseconds",
        "microseconds", "epoch", "millennium", "julian", "timezone", "timezone_hour", "timezone_minute", "YEAR", "years", "fortnight", "",
    ];

    public static readonly string[] Zones = ["UTC", "Europe/Berlin", "america/new_york", "Asia/Kolkata", "+02", "-05:30", "EST", "PST8PDT", "Nowhere/City", ""];

    public static readonly string[] Dates =
    [
        "2024-02-29", "20240229", "29 Feb 2024", "2024-02-30", "2024-02-29 12:34:56", "12:34:56 PM", "2024-060", "24", "March 05, 2021", "abc", "", "2021-W05-3",
        "0044-03-15 BC", "2024-02-29 12:34:56.789",
    ];

    public static readonly string[] DateTemplates =
    [
        "YYYY-MM-DD", "YYYYMMDD", "DD Mon YYYY", "YYYY-MM-DD HH24:MI:SS", "HH12:MI:SS AM", "HH:MI am", "YYYY-DDD", "YY", "Y,YYY", "FMMonth DD, YYYY", "MONTH", "Month", "Day", "DAY DY Dy dy",
        "D ID", "IYYY-\"W\"IW-ID", "WW W", "Q", "CC", "J", "SSSS", "MS US", "FF1 FF3 FF6", "TZ", "OF", "RM rm", "DDth", "YYYY BC", "FMDD/FMMM/YYYY", "\"the\" DD \"of\" Month",
        "YYYY-MM-DD\"T\"HH24:MI:SS.MS", "YYYY-MM-DD HH24:MI:SS.US TZH:TZM", "", "Mon", "IYY IY I", "DDD", "AD", "FXYYYY/MM/DD", "IDDD",
    ];

    public static readonly string[] NumberTemplates =
    [
        "9", "999", "0000", "999.99", "FM999.00", "9,999.99", "999G999D99", "S999", "999S", "MI999", "PL999", "SG999", "999PR", "9.99EEEE", "RN", "FMRN", "L999", "999th", "00.00", "FM9.9",
        "999V99", "\"n\"999", "B999",
    ];

    public static readonly string[] Regexes =
    [
        "", "a", "^a", "b$", "[a-c]+", "(b)(c)", "a|B", "\\d+", "\\s", "[[:alpha:]]+", "(?i)abc", "a{2,}", "(", "[", "\\mabc\\M", ".", "(?:ab)c", "a*?", "^$", "\\y", "ä", "[^a]", "(a)?(x)?", "\\.", "\\w+", "a(?=b)", "\\u00e4",
    ];

    public static readonly string[] LikePatterns = ["", "%", "_", "a%", "%c", "%B%", "a\\%b%", "___", "äß__", "%\\", "abc", "_b%", "\\_", "%a%c%", "ABC%"];

    private static readonly string[] SimilarPatterns = ["", "%", "a%", "(a|b)%", "[a-c]+", "_{3}", "abc|ABC", "a+", "%(b|d)%", "a\\%", "[^a]*", "(", "%c?"];

    /// <summary>Types whose values compare with each other.</summary>
    private static readonly string[][] Families =
    [
        ["int2", "int4", "int8", "numeric", "float4", "float8"], ["date", "timestamp", "timestamptz"], ["text"], ["bool"], ["interval"], ["time"], ["uuid"], ["bytea"], ["int4[]"], ["text[]"], ["jsonb"],
    ];

    public static IEnumerable<Call> All =>
        [.. Extracts, .. ZoneShifts, .. Choices, .. Patterns, .. TextForms, .. Subscripts, .. Predicates, .. Periods];

    private static IEnumerable<Call> Extracts =>
        from type in (string[])["date", "time", "timestamp", "timestamptz", "interval"]
        from part in Fields
        where part.Length > 0
        from value in GridValues.Of(type)
        select new Call($"extract({part} from {type})", $"EXTRACT({part} FROM {value})");

    private static IEnumerable<Call> ZoneShifts =>
        from type in (string[])["timestamp", "timestamptz", "date", "time"]
        from value in GridValues.Of(type)
        from zone in Zones.Select(GridValues.Quote).Concat(["INTERVAL '2 hours'", "INTERVAL '-5:30'", "INTERVAL '1 day'", "INTERVAL '1 month'", "CAST(NULL AS text)"])
        select new Call($"{type} at time zone", $"{value} AT TIME ZONE {zone}");

    private static IEnumerable<Call> Choices =>
        from family in Families
        from left in family
        from right in family
        from a in GridValues.Of(left)
        from b in GridValues.Of(right)
        from form in (string[])
        [
            "COALESCE({0}, {1})", "NULLIF({0}, {1})", "GREATEST({0}, {1})", "LEAST({0}, {1})", "{0} IS DISTINCT FROM {1}", "{0} IN ({1}, NULL)", "{0} NOT IN ({1})",
            "CASE WHEN {0} IS NULL THEN {1} ELSE {0} END", "{0} BETWEEN {1} AND {1}", "{0} BETWEEN SYMMETRIC {1} AND {0}", "{0} = ANY (ARRAY[{1}])", "{0} < ALL (ARRAY[{1}, {0}])",
            "({0}, {1}) < ({1}, {0})",
        ]
        select Form(form, left, right, a, b);

    private static IEnumerable<Call> Patterns =>
    [
        .. TextPatterns(["{0} LIKE {1}", "{0} ILIKE {1}", "{0} NOT LIKE {1}", "{0} LIKE {1} ESCAPE ''", "{0} LIKE {1} ESCAPE 'b'", "{0} LIKE {1} ESCAPE 'bb'", "{0} LIKE ANY (ARRAY[{1}, 'a%'])"], LikePatterns),
        .. TextPatterns(["{0} ~ {1}", "{0} ~* {1}", "{0} !~ {1}", "SUBSTRING({0} FROM {1})"], Regexes),
        .. TextPatterns(["{0} SIMILAR TO {1}", "{0} NOT SIMILAR TO {1}", "{0} SIMILAR TO {1} ESCAPE 'b'"], SimilarPatterns),
    ];

    private static IEnumerable<Call> TextForms =>
        from form in (string[])
        [
            "POSITION({1} IN {0})", "TRIM({0})", "TRIM(BOTH {1} FROM {0})", "TRIM(LEADING {1} FROM {0})", "TRIM(TRAILING {1} FROM {0})", "OVERLAY({0} PLACING {1} FROM 2)",
            "OVERLAY({0} PLACING {1} FROM 1 FOR 0)", "OVERLAY({0} PLACING {1} FROM 0)", "SUBSTRING({0} FROM 2)", "SUBSTRING({0} FROM 2 FOR 2)", "SUBSTRING({0} FROM 0 FOR 2)", "SUBSTRING({0} FOR 2)",
            "SUBSTRING({0} FROM 1 FOR -1)", "{0} || {1}", "concat({0}, 1, {1}, true)", "concat_ws({1}, {0}, NULL, 2)", "format('%s|%I|%L', {0}, {1}, {0})",
        ]
        from type in (string[])["text", "bytea"]
        from a in GridValues.Of(type)
        from b in GridValues.Of(type)
        select Form(form, type, type, a, b);

    private static IEnumerable<Call> Subscripts =>
        from type in (string[])["int4[]", "text[]"]
        from array in GridValues.Of(type)
        from form in (string[])
        [
            "({0})[{1}]", "({0})[{1}:2]", "({0})[:{1}]", "({0})[{1}:]", "({0})[2:{1}]", "array_length({0}, {1})", "({0})[:]",
        ]
        from index in (string[])["NULL", "0", "1", "2", "-1", "4", "2147483647"]
        select new Call(form.Replace("{0}", type, StringComparison.Ordinal).Replace("{1}", "int4", StringComparison.Ordinal), string.Format(null, form, array, index));

    private static IEnumerable<Call> Predicates =>
        from type in GridValues.Types
        from value in GridValues.Of(type)
        from form in (string[])["{0} IS NULL", "{0} IS NOT NULL", "NOT ({0})", "{0} IS TRUE", "{0} IS NOT FALSE", "{0} IS UNKNOWN", "pg_typeof({0})", "num_nulls({0}, NULL)", "to_json({0})", "to_jsonb({0})", "concat({0})", "{0} || ''", "'' || {0}", "ARRAY[{0}]", "json_build_array({0})", "json_build_object('k', {0})", "format('%s', {0})", "quote_nullable({0})"]
        select Form(form, type, type, value, value);

    private static IEnumerable<Call> Periods =>
        from type in (string[])["date", "timestamp", "timestamptz", "time"]
        from a in GridValues.Of(type)
        from b in GridValues.Of(type)
        from c in GridValues.Of(type).Take(4)
        select new Call($"({type}, {type}) overlaps", $"({a}, {b}) OVERLAPS ({c}, {c})");

    private static IEnumerable<Call> TextPatterns(string[] forms, string[] patterns) =>
        from form in forms
        from value in GridValues.Of("text")
        from pattern in patterns.Select(pattern => GridValues.Literal(pattern, "text")).Append("NULL")
        select Form(form, "text", "pattern", value, pattern);

    private static Call Form(string form, string left, string right, string a, string b) => new(string.Format(null, form, left, right), string.Format(null, form, a, b));
}
