namespace Engine.Differential.Tests.Postgres;

/// <summary>Casts: of every type to every other, and of texts that are, nearly are or are not values of a type.</summary>
public static class CastGrid
{
    private static readonly (string Type, string[] Texts)[] Spellings =
    [
        ("bool", ["t", "F", "yes", "no", "on", "off", "of", "1", "0", "tr", "fals", " true ", "2", "", "truex", "y", "o"]),
        ("int2", ["32768", "-32769", " 12 ", "+5", "1.0", "1e3", "", "0x10", "1_0", "- 1", "00007"]),
        ("int4", ["2147483648", "-2147483649", " 12\t", "+5", "1.5", "1e3", "", "0x10", "--1", "12a", "\u00a012"]),
        ("int8", ["9223372036854775808", "-9223372036854775809", " 12 ", "+0", "1.", "1e3", "-", "99999999999999999999999"]),
        ("numeric(12,4)", ["1.23456", "1.23445", "-1.23455", "99999999.99995", "123456789", "1e3", "1E-3", ".5", "5.", ".", "", "NaN", " 7 ", "1e", "0x1", "+1.5", "Infinity", "1e400"]),
        ("numeric(38,10)", ["1.00000000005", "1e27", "1e28", "-0", "0e999", "0.00000000001"]),
        ("numeric(3,0)", ["999.4", "999.5", "-0.5", "0.5", "1.5", "2.5"]),
        ("float4", ["1e39", "1e-46", "inf", "-INF", "nan", " 1.5 ", "1e", "", ".5", "5.", "0x1p3", "1.17549435e-38", "3.4028236e38", "16777217", "infinit"]),
        ("float8", ["1e309", "1e-324", "inf", "+Infinity", "nan", " 1.5 ", "1e5", "", ".5", "5.", "e5", "4.9e-324", "2.2250738585072011e-308", "123456789012345678", "1.5x", "-0"]),
        ("text", ["", "x"]), ("varchar(3)", ["", "ab", "abcd", "äßéü", "ab  "]), ("varchar", ["abc"]),
        ("bytea", ["abc", "\\x", "\\x6", "\\xZZ", "\\x61 62", "a\\000b", "\\\\", "\\1", "\\400", "ä", "\\X61", "\\"]),
        ("date", ["2024-1-5", "20240105", "Jan 5 2024", "January 8, 1999", "8 Jan 1999", "1/8/1999", "1999.008", "2024-02-30", "2023-02-29", "J2451187", "epoch", "2024-13-01", "2024-00-10", "99-01-08", "2024-01-05 23:59", "2024-01-05T10:00:00Z", "", "abc", "0000-01-01", "5874897-12-31", "5874898-01-01", "4713-01-01 BC", "2024-Jan-05", "infinity", "-INFINITY", " 2024-01-05 ", "2024/01/05", "10000-01-01"]),
        ("time", ["12:30", "1230", "123456", "12:30 pm", "12:30 AM", "24:00:00", "24:00:01", "25:00", "12:30:60", "12:60", "04:05:06.1234567", "allballs", "12:30:15+02", "", "noon", "1:2:3", "12", "23:59:59.9999999", "2024-01-05 12:30"]),
        ("time(2)", ["12:34:56.789", "23:59:59.999"]),
        ("timestamp", ["2024-01-05T12:30:00Z", "2024-01-05 12:30:00.1234567", "2024-01-05 12:30+02", "20240105T123000", "2024-01-05", "infinity", "epoch", "2024-01-05 12:30:00 America/New_York", "Jan 5 2024 3:04 PM", "2024-01-05 24:00:00", "2024-01-05 24:00:01", "2024-02-30 00:00", "", "abc", "294276-12-31 23:59:59", "294277-01-01", "4713-01-01 BC", "2024-01-05 12:30:60", "Fri Jan 5 12:30:00 2024", "2024-01-05 12", "2024-01-05 12:30:00.9999999", "12:30", "2024-01-05 12:30 BC"]),
        ("timestamp(0)", ["2024-01-05 12:30:00.5", "2024-01-05 12:30:01.5", "2023-12-31 23:59:59.9"]),
        ("timestamptz", ["2024-01-05T12:30:00Z", "2024-01-05 12:30+02", "2024-01-05 12:30-05:30", "2024-01-05 12:30:00 America/New_York", "2024-01-05 12:30 EST", "2024-01-05 12:30:00", "2024-03-31 02:30:00", "2024-10-27 02:30:00", "infinity", "epoch", "20240105T123000Z", "2024-01-05 12:30+0230", "2024-01-05 12:30 Nowhere/City", "2024-01-05 12:30+25", "2024-01-05 12:30 PST8PDT", "2024-01-05 12:30:00.123456 +01:30:15", "", "x"]),
        ("timestamptz(3)", ["2024-01-05 12:30:00.1235+00"]),
        ("interval", ["1 day", "1 day ago", "P1Y2M3DT4H5M6S", "P0001-02-03T04:05:06", "1-2", "1 2:03", "@ 1 hour", "1.5 days", "1.5 months", "-1:30", "2 weeks", "1 century", "abc", "1 fortnight", "", "1", "1.5", "3 4:05:06", "1 y 2 mons -3 d", "1 year -1 month", "1 week 1 day", "PT1.5S", "P1W", "10000000 years", "1 millisecond", "1.123456789 seconds", "1h30m", "00:00:60", "1 day 2 days", "-1 days +02:03", "0.5 years", "1 decade", "12:34", "1 quarter", "P", "PT", "-P1D", "P-1DT-1H"]),
        ("uuid", ["{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", "A0EEBC999C0B4EF8BB6D6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11", "", "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]),
        ("json", ["{\"a\":1}", "{a:1}", "[1,]", "", "nul", " 1 ", "{\"a\":1,\"a\":2}", "\"\\u00e4\"", "\"\\ud800\"", "01", "1e5", "-0", "\"a\nb\"", "[1 2]", "NaN", "{\"b\":1,\"a\":2}", "\"\\u0000\""]),
        ("jsonb", ["{\"a\":1}", "{a:1}", "[1,]", "", " 1 ", "{\"a\":1,\"a\":2}", "\"\\u00e4\"", "\"\\ud800\"", "1e5", "-0", "1.50", "{\"b\":1,\"a\":2}", "\"\\u0000\"", "{\"bb\":1,\"a\":2, \"c\": [ ]}"]),
        ("int4[]", ["{1,2}", " { 1 , 2 } ", "{}", "{1,", "1,2", "{1,a}", "{NULL,null}", "{{1,2},{3,4}}", "[2:3]={1,2}", "{1,,2}", "", "{1}x", "{\"1\"}", "{2147483648}"]),
        ("text[]", ["{a,b}", "{ a , b c }", "{\"a\\\"b\",\"\\\\\"}", "{\"NULL\",NULL}", "{\"\"}", "{a,}", "{\"a}", "{a\"b\"}", "{a\\,b}", "{ä}", "{{a},{b}}"]),
        ("float8[]", ["{1.5,NaN}"]), ("date[]", ["{2024-01-05,NULL}"]), ("bool[]", ["{t,f}"]), ("timestamp[]", ["{\"2024-01-05 12:30:00\"}"]),
    ];

    public static IEnumerable<Call> All => [.. Pairs, .. Texts, .. Parameters];

    private static IEnumerable<Call> Pairs =>
        from source in GridValues.Types
        from target in GridValues.Types
        where target != "numeric"
        from value in GridValues.Of(source)
        select new Call($"cast({source} as {target})", $"CAST({value} AS {target})");

    private static IEnumerable<Call> Parameters =>
        from source in GridValues.Types
        from target in (string[])["numeric(10,2)", "numeric(38,10)", "numeric(3,0)", "varchar(3)", "timestamp(0)", "timestamptz(3)", "time(1)", "int8[]", "float8[]", "numeric(5,1)[]"]
        from value in GridValues.Of(source)
        select new Call($"cast({source} as {target})", $"CAST({value} AS {target})");

    private static IEnumerable<Call> Texts =>
        from spelling in Spellings
        from text in spelling.Texts
        from form in (string[])["CAST({0} AS {1})", "CAST(CAST({0} AS text) AS {1})", "CAST({0} || '' AS {1})"]
        select new Call($"cast(text as {spelling.Type})", string.Format(null, form, GridValues.Quote(text), spelling.Type));
}
