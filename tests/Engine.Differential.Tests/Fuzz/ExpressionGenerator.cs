using System.Globalization;

namespace Engine.Differential.Tests.Fuzz;

/// <summary>The types that generated expressions have.</summary>
public enum FuzzType
{
    Int,
    BigInt,
    Decimal,
    Double,
    Text,
    Bool,
    Date,
    Timestamp,
    Array,
}

/// <summary>
/// Expressions of a type over the columns of <see cref="Table"/>, the same for the same seed. Divisors are guarded, as what a division by zero gives is a
/// known difference that would hide all others.
/// </summary>
public sealed class ExpressionGenerator(Random random)
{
    /// <summary>Makes the table that the expressions are over, in both dialects.</summary>
    public static readonly IReadOnlyList<string> Table =
    [
        "CREATE TABLE fuzz (id int, i int, n bigint, d decimal(12, 2), f double, s varchar, u varchar, b boolean, dt date, ts timestamp, a int[])",
        """
        INSERT INTO fuzz VALUES
        (1, 0, 0, 0.00, 0, '', 'a', true, DATE '1970-01-01', TIMESTAMP '1970-01-01 00:00:00', [1, 2, 3]),
        (2, 1, -1, 1.25, 1.5, 'abc', 'b', false, DATE '2024-02-29', TIMESTAMP '2024-02-29 23:59:59.999999', []),
        (3, -7, 1000000007, -1.25, -2.25, 'Abc def', 'c', NULL, DATE '2023-12-31', TIMESTAMP '2023-12-31 12:00:00', [NULL, 5]),
        (4, 42, 4611686018427387904, 99999.99, 1e10, 'äöü é', 'A', true, DATE '1900-03-01', TIMESTAMP '1900-03-01 01:02:03.5', [7]),
        (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (6, 2147483647, 9223372036854775807, 0.01, 1e-10, '  padded  ', 'abc', false, DATE '2000-01-31', TIMESTAMP '2000-01-31 06:30:00', [3, 3, -1]),
        (7, -2147483648, -9223372036854775807, -0.01, -0.5, '123', '%', true, DATE '1999-11-30', TIMESTAMP '1999-11-30 00:00:00.000001', [0]),
        (8, 10, 12, 10.00, 100, '12.5', 'x_y', false, DATE '2038-01-19', TIMESTAMP '2038-01-19 03:14:07', [10, 20, 30, 40]),
        (9, 3, 3, 3.33, 3.3333, 'The quick brown fox', 'qu', true, DATE '0900-06-15', TIMESTAMP '0900-06-15 10:00:00', [2, NULL, 2]),
        (10, -1, -100, -10.50, -1e5, '日本語', '本', false, DATE '2024-12-25', TIMESTAMP '2024-12-25 18:45:30.25', [-5, 5])
        """,
    ];

    private static readonly FuzzType[] Types = Enum.GetValues<FuzzType>();

    public FuzzType AnyType() => Types[random.Next(Types.Length)];

    /// <param name="type">What the expression is.</param>
    /// <param name="depth">How many levels it has at most.</param>
    public TwoTexts Make(FuzzType type, int depth) => depth <= 0 || random.Next(6) == 0
        ? Leaf(type)
        : random.Next(5) switch
        {
            0 => Choice(type, depth - 1),
            _ => type switch
            {
                FuzzType.Int => Int(depth - 1),
                FuzzType.BigInt => BigInt(depth - 1),
                FuzzType.Decimal => Decimal(depth - 1),
                FuzzType.Double => Double(depth - 1),
                FuzzType.Text => Text(depth - 1),
                FuzzType.Bool => Bool(depth - 1),
                FuzzType.Date => Date(depth - 1),
                FuzzType.Timestamp => Timestamp(depth - 1),
                _ => Array(depth - 1),
            },
        };

    private TwoTexts Leaf(FuzzType type) => random.Next(8) == 0 ? Null(type) : random.Next(3) == 0 ? Literal(type) : Column(type);

    private static string TypeName(FuzzType type) => type switch
    {
        FuzzType.Int => "int",
        FuzzType.BigInt => "bigint",
        FuzzType.Decimal => "decimal(12, 2)",
        FuzzType.Double => "double",
        FuzzType.Text => "varchar",
        FuzzType.Bool => "boolean",
        FuzzType.Date => "date",
        FuzzType.Timestamp => "timestamp",
        _ => "int[]",
    };

    private static string Null(FuzzType type) => $"NULL::{TypeName(type)}";

    private string Column(FuzzType type) => type switch
    {
        FuzzType.Int => Pick("i", "id", "id"),
        FuzzType.BigInt => "n",
        FuzzType.Decimal => "d",
        FuzzType.Double => "f",
        FuzzType.Text => Pick("s", "u"),
        FuzzType.Bool => "b",
        FuzzType.Date => "dt",
        FuzzType.Timestamp => "ts",
        _ => "a",
    };

    private string Literal(FuzzType type) => type switch
    {
        FuzzType.Int => random.Next(-20, 50).ToString(CultureInfo.InvariantCulture),
        FuzzType.BigInt => $"{random.Next(-1000, 1000)}::bigint",
        FuzzType.Decimal => $"{random.Next(-1000, 1000)}.{random.Next(10, 100)}::decimal(12, 2)",
        FuzzType.Double => $"{random.Next(-100, 100)}.5e0::double",
        FuzzType.Text => Pick("'abc'", "'x'", "''", "'Hello World'", "'é'", "'a,b,c'", "'10'", "'  y '"),
        FuzzType.Bool => Pick("true", "false"),
        FuzzType.Date => Pick("DATE '2024-01-31'", "DATE '2023-02-28'", "DATE '2000-12-31'", "DATE '1969-07-20'"),
        FuzzType.Timestamp => Pick("TIMESTAMP '2024-03-10 02:30:00'", "TIMESTAMP '1999-12-31 23:59:59.5'", "TIMESTAMP '2021-06-15 12:00:00'"),
        _ => Pick("[1, 2, 3]", "[5]", "[3, 1, NULL, 2]"),
    };

    private TwoTexts Choice(FuzzType type, int depth) => random.Next(4) switch
    {
        0 => TwoTexts.Of("CASE WHEN {0} THEN {1} ELSE {2} END", Make(FuzzType.Bool, depth), Make(type, depth), Make(type, depth)),
        1 => TwoTexts.Of("coalesce({0}, {1})", Make(type, depth), Make(type, depth)),
        2 => TwoTexts.Of("CASE WHEN {0} THEN {1} WHEN {2} THEN {3} END", Make(FuzzType.Bool, depth), Make(type, depth), Make(FuzzType.Bool, depth), Make(type, depth)),
        _ => type is FuzzType.Array ? Make(type, depth) : TwoTexts.Of(Pick("nullif({0}, {1})", "greatest({0}, {1})", "least({0}, {1})"), Make(type, depth), Make(type, depth)),
    };

    private TwoTexts Int(int depth) => random.Next(16) switch
    {
        0 or 1 or 2 => TwoTexts.Of(Pick("({0} + {1})", "({0} - {1})", "({0} * {1})"), Make(FuzzType.Int, depth), Make(FuzzType.Int, depth)),
        3 => TwoTexts.Of("({0} / nullif({1}, 0))", "({0} // nullif({1}, 0))", Make(FuzzType.Int, depth), Make(FuzzType.Int, depth)),
        4 => TwoTexts.Of("({0} % nullif({1}, 0))", Make(FuzzType.Int, depth), Make(FuzzType.Int, depth)),
        5 => TwoTexts.Of("abs({0})", Make(FuzzType.Int, depth)),
        6 => TwoTexts.Of("length({0})::int", Make(FuzzType.Text, depth)),
        7 => TwoTexts.Of("strpos({0}, {1})::int", Make(FuzzType.Text, depth), Make(FuzzType.Text, depth)),
        8 => TwoTexts.Of($"extract({Pick("year", "month", "day", "quarter", "dow", "doy", "isodow", "week", "decade", "century")} FROM {{0}})::int", Make(FuzzType.Date, depth)),
        9 => TwoTexts.Of($"extract({Pick("hour", "minute", "year", "day", "month")} FROM {{0}})::int", Make(FuzzType.Timestamp, depth)),
        10 => TwoTexts.Of("cardinality({0})::int", "len({0})::int", Make(FuzzType.Array, depth)),
        11 => TwoTexts.Of("({0})[{1}]", Make(FuzzType.Array, depth), random.Next(1, 5).ToString(CultureInfo.InvariantCulture)),
        12 => TwoTexts.Of("({0} - {1})::int", Make(FuzzType.Date, depth), Make(FuzzType.Date, depth)),
        13 => TwoTexts.Of("({0} & {1})", Make(FuzzType.Int, depth), Make(FuzzType.Int, depth)),
        14 => TwoTexts.Of("({0} | {1})", Make(FuzzType.Int, depth), Make(FuzzType.Int, depth)),
        _ => TwoTexts.Of("sign({0})::int", Make(FuzzType.Double, depth)),
    };

    private TwoTexts BigInt(int depth) => random.Next(7) switch
    {
        0 or 1 or 2 => TwoTexts.Of(Pick("({0} + {1})", "({0} - {1})", "({0} * {1})"), Make(FuzzType.BigInt, depth), Make(Pick(FuzzType.BigInt, FuzzType.Int), depth)),
        3 => TwoTexts.Of("({0} / nullif({1}, 0))", "({0} // nullif({1}, 0))", Make(FuzzType.BigInt, depth), Make(FuzzType.BigInt, depth)),
        4 => TwoTexts.Of("({0} % nullif({1}, 0))", Make(FuzzType.BigInt, depth), Make(FuzzType.BigInt, depth)),
        5 => TwoTexts.Of("abs({0})", Make(FuzzType.BigInt, depth)),
        _ => TwoTexts.Of("{0}::bigint", Make(FuzzType.Int, depth)),
    };

    private TwoTexts Decimal(int depth) => random.Next(7) switch
    {
        0 or 1 => TwoTexts.Of(Pick("({0} + {1})", "({0} - {1})"), Make(FuzzType.Decimal, depth), Make(FuzzType.Decimal, depth)),
        2 => TwoTexts.Of("({0} * {1})", Leaf(FuzzType.Decimal), Leaf(FuzzType.Decimal)),
        3 => TwoTexts.Of("abs({0})", Make(FuzzType.Decimal, depth)),
        4 => TwoTexts.Of("round({0}, 1)", Make(FuzzType.Decimal, depth)),
        5 => TwoTexts.Of("{0}::decimal(12, 2)", Make(FuzzType.Int, depth)),
        _ => TwoTexts.Of("-({0})", Make(FuzzType.Decimal, depth)),
    };

    private TwoTexts Double(int depth) => random.Next(10) switch
    {
        0 or 1 => TwoTexts.Of(Pick("({0} + {1})", "({0} - {1})", "({0} * {1})"), Make(FuzzType.Double, depth), Make(FuzzType.Double, depth)),
        2 => TwoTexts.Of("({0} / nullif({1}, 0))", Make(FuzzType.Double, depth), Make(FuzzType.Double, depth)),
        3 => TwoTexts.Of(Pick("floor({0})", "ceil({0})", "trunc({0})"), Make(FuzzType.Double, depth)),
        4 => TwoTexts.Of("sqrt(abs({0}))", Make(FuzzType.Double, depth)),
        5 => TwoTexts.Of("ln(abs({0}) + 1)", Make(FuzzType.Double, depth)),
        6 => TwoTexts.Of("{0}::double", Make(Pick(FuzzType.Int, FuzzType.Decimal, FuzzType.BigInt), depth)),
        7 => TwoTexts.Of(Pick("sin({0})", "cos({0})", "atan({0})"), Leaf(FuzzType.Double)),
        8 => TwoTexts.Of("power({0}, 2)", Leaf(FuzzType.Double)),
        _ => TwoTexts.Of("abs({0})", Make(FuzzType.Double, depth)),
    };

    private TwoTexts Text(int depth) => random.Next(20) switch
    {
        0 or 1 => TwoTexts.Of("({0} || {1})", Make(FuzzType.Text, depth), Make(FuzzType.Text, depth)),
        2 => TwoTexts.Of("concat({0}, {1})", Make(FuzzType.Text, depth), Make(FuzzType.Text, depth)),
        3 => TwoTexts.Of(Pick("lower({0})", "upper({0})", "reverse({0})"), Make(FuzzType.Text, depth)),
        4 => TwoTexts.Of(Pick("trim({0})", "ltrim({0})", "rtrim({0})"), Make(FuzzType.Text, depth)),
        5 => TwoTexts.Of("replace({0}, {1}, {2})", Make(FuzzType.Text, depth), Make(FuzzType.Text, depth), Make(FuzzType.Text, depth)),
        6 => TwoTexts.Of($"substr({{0}}, {random.Next(1, 5)}, {random.Next(0, 5)})", Make(FuzzType.Text, depth)),
        7 => TwoTexts.Of($"{Pick("left", "right")}({{0}}, {random.Next(0, 5)})", Make(FuzzType.Text, depth)),
        8 => TwoTexts.Of($"repeat({{0}}, {random.Next(0, 4)})", Make(FuzzType.Text, depth)),
        9 => TwoTexts.Of($"{Pick("lpad", "rpad")}({{0}}, {random.Next(0, 12)}, '{Pick("*", "ab")}')", Make(FuzzType.Text, depth)),
        10 => TwoTexts.Of("{0}::varchar", Make(Pick(FuzzType.Int, FuzzType.Date, FuzzType.BigInt, FuzzType.Bool, FuzzType.Timestamp, FuzzType.Decimal), depth)),
        11 => TwoTexts.Of($"split_part({{0}}, '{Pick(" ", ",", "b")}', {random.Next(1, 4)})", Make(FuzzType.Text, depth)),
        12 => TwoTexts.Of("md5({0})", Make(FuzzType.Text, depth)),
        13 => TwoTexts.Of("translate({0}, 'abc', 'xy')", Make(FuzzType.Text, depth)),
        14 => TwoTexts.Of($"regexp_replace({{0}}, '{Pick("[aeiou]", "b+", "^.", "\\s+", "[A-Z]")}', '-', 'g')", Make(FuzzType.Text, depth)),
        15 => TwoTexts.Of("coalesce(array_to_string({0}, '/'), '')", Make(FuzzType.Array, depth)),
        16 => TwoTexts.Of($"concat_ws('{Pick("-", ", ")}', {{0}}, {{1}}, {{2}})", Make(FuzzType.Text, depth), Make(FuzzType.Text, depth), Make(FuzzType.Text, depth)),
        17 => TwoTexts.Of("lower(to_hex({0} & 65535))", Leaf(FuzzType.Int)),
        18 => TwoTexts.Of($"strftime({{0}}, '{Pick("%Y-%m-%d", "%H:%M:%S", "%j", "%a %b %d")}')", Make(FuzzType.Timestamp, depth)),
        _ => TwoTexts.Of(Pick("dayname({0})", "monthname({0})"), Make(FuzzType.Date, depth)),
    };

    private TwoTexts Bool(int depth)
    {
        var type = Pick(FuzzType.Int, FuzzType.BigInt, FuzzType.Decimal, FuzzType.Double, FuzzType.Text, FuzzType.Date, FuzzType.Timestamp, FuzzType.Array);
        return random.Next(14) switch
        {
            0 or 1 or 2 => TwoTexts.Of($"({{0}} {Pick("=", "<>", "<", "<=", ">", ">=")} {{1}})", Make(type, depth), Make(type, depth)),
            3 => TwoTexts.Of("({0} AND {1})", Make(FuzzType.Bool, depth), Make(FuzzType.Bool, depth)),
            4 => TwoTexts.Of("({0} OR {1})", Make(FuzzType.Bool, depth), Make(FuzzType.Bool, depth)),
            5 => TwoTexts.Of("(NOT {0})", Make(FuzzType.Bool, depth)),
            6 => TwoTexts.Of(Pick("({0} IS NULL)", "({0} IS NOT NULL)"), Make(type, depth)),
            7 => TwoTexts.Of(Pick("({0} IS DISTINCT FROM {1})", "({0} IS NOT DISTINCT FROM {1})"), Make(type, depth), Make(type, depth)),
            8 => TwoTexts.Of(Pick("({0} BETWEEN {1} AND {2})", "({0} NOT BETWEEN {1} AND {2})"), Make(type, depth), Make(type, depth), Make(type, depth)),
            9 => TwoTexts.Of(Pick("({0} IN ({1}, {2}))", "({0} NOT IN ({1}, {2}))"), Make(type, depth), Make(type, depth), Make(type, depth)),
            10 => TwoTexts.Of($"({{0}} {Pick("LIKE", "NOT LIKE", "ILIKE")} '{Pick("a%", "%b%", "_b%", "%", "", "%c", "a_c")}')", Make(FuzzType.Text, depth)),
            11 => TwoTexts.Of("starts_with({0}, {1})", Make(FuzzType.Text, depth), Make(FuzzType.Text, depth)),
            12 => TwoTexts.Of($"({{0}} ~ '{Pick("[a-c]", "^A", "o.*r", "\\d")}')", $"regexp_matches({{0}}, '{Pick("[a-c]")}')", Make(FuzzType.Text, depth)) is var pair ? Regex(pair) : default,
            _ => TwoTexts.Of("coalesce(contains({0}, {1}), false)", "coalesce(list_contains({0}, {1}), false)", Make(FuzzType.Array, depth), Make(FuzzType.Int, depth)),
        };
    }

    /// <summary>One pattern for both.</summary>
    private TwoTexts Regex(TwoTexts pair)
    {
        var pattern = Pick("[a-c]", "^A", "o.*r", "[0-9]");
        return new TwoTexts(
            System.Text.RegularExpressions.Regex.Replace(pair.Ours, " ~ '[^']*'\\)$", $" ~ '{pattern}')", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)),
            System.Text.RegularExpressions.Regex.Replace(pair.Theirs, ", '[^']*'\\)$", $", '{pattern}')", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    private TwoTexts Date(int depth) => random.Next(6) switch
    {
        0 => TwoTexts.Of(Pick("({0} + {1})", "({0} - {1})"), Make(FuzzType.Date, depth), random.Next(0, 400).ToString(CultureInfo.InvariantCulture)),
        1 => TwoTexts.Of($"date_trunc('{Pick("month", "year", "quarter", "week", "decade")}', {{0}})::date", Make(FuzzType.Date, depth)),
        2 => TwoTexts.Of("{0}::date", Make(FuzzType.Timestamp, depth)),
        3 => TwoTexts.Of($"make_date({random.Next(1900, 2100)}, {random.Next(1, 13)}, {random.Next(1, 29)})"),
        4 => TwoTexts.Of("last_day({0})", Make(FuzzType.Date, depth)),
        _ => TwoTexts.Of($"({{0}} + INTERVAL '{random.Next(-30, 30)} {Pick("month", "day", "year")}')::date", Make(FuzzType.Date, depth)),
    };

    private TwoTexts Timestamp(int depth) => random.Next(4) switch
    {
        0 => TwoTexts.Of($"({{0}} + INTERVAL '{random.Next(-100, 100)} {Pick("month", "day", "hour", "minute", "second", "year")}')", Make(FuzzType.Timestamp, depth)),
        1 => TwoTexts.Of($"date_trunc('{Pick("hour", "day", "month", "year", "minute", "second", "week", "quarter")}', {{0}})", Make(FuzzType.Timestamp, depth)),
        2 => TwoTexts.Of("{0}::timestamp", Make(FuzzType.Date, depth)),
        _ => TwoTexts.Of($"({{0}} - INTERVAL '{random.Next(0, 50)} {Pick("day", "hour", "month")}')", Make(FuzzType.Timestamp, depth)),
    };

    private TwoTexts Array(int depth) => random.Next(8) switch
    {
        0 => TwoTexts.Of("[{0}, {1}]", Make(FuzzType.Int, depth), Make(FuzzType.Int, depth)),
        1 => TwoTexts.Of("array_append({0}, {1})", "list_append({0}, {1})", Make(FuzzType.Array, depth), Make(FuzzType.Int, depth)),
        2 => TwoTexts.Of("reverse({0})", "list_reverse({0})", Make(FuzzType.Array, depth)),
        3 => TwoTexts.Of($"({{0}})[{random.Next(1, 3)}:{random.Next(2, 5)}]", Make(FuzzType.Array, depth)),
        4 => TwoTexts.Of("(coalesce({0}, [0]) || {1})", "list_concat(coalesce({0}, [0]), {1})", Make(FuzzType.Array, depth), Make(FuzzType.Array, depth)),
        5 => TwoTexts.Of("transform({0}, x -> x + 1)", "list_transform({0}, lambda x: x + 1)", Make(FuzzType.Array, depth)),
        6 => TwoTexts.Of("filter({0}, x -> x > {1})", "list_filter({0}, lambda x: x > {1})", Make(FuzzType.Array, depth), Literal(FuzzType.Int)),
        _ => TwoTexts.Of("array_sort({0})", "list_sort({0}, 'ASC', 'NULLS LAST')", Make(FuzzType.Array, depth)),
    };

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];
}
