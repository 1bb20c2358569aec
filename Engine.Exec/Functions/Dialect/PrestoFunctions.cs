using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Functions.Nested;
using Engine.Exec.Functions.Patterns;
using Engine.Exec.Functions.Text;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Dialect;

/// <summary>
/// Functions that Presto has under names of PostgreSQL with another meaning. <c>SET sql_mode = 'presto'</c> puts them before those; <c>presto.name</c>
/// calls one in either mode.
/// </summary>
internal static unsafe class PrestoFunctions
{
    private static readonly AnyParameter K = new("K");
    private static readonly MapParameter Map = new(K, new AnyParameter("V"));
    private static readonly ImmutableArray<ParameterType> ArrayAndPlace = [ArrayParameter.OfT, DataType.BigInt];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("presto.concat(value, ...)", "All values as text, one behind the other; NULL when one is, unlike in PostgreSQL.", "presto.concat('a', NULL) IS NULL = true"),
            [
                RowKernel.Overload<TextBuilder>([], DataType.Varchar, (a, row, result) =>
                {
                    var writer = new ByteWriter { Zone = a.Session.TimeZone };
                    for (var i = 0; i < a.Count; i++)
                    {
                        ColumnText.TryWrite(a.Column(i), a.Place(i, row), writer);
                    }

                    result.Append(writer.Written);
                }) with
                {
                    Variadic = AnyParameter.Each,
                },
            ]),
        new(
            Info("presto.substr(text, start, length)", "Characters from a place on, counted from the end when negative; nothing from place 0.", "presto.substr('abc', -2) = 'bc'", "presto.substring"),
            [Substring([DataType.Varchar, DataType.BigInt]), Substring([DataType.Varchar, DataType.BigInt, DataType.BigInt])]),
        new(
            Info("presto.split_part(text, separator, place)", "The part at a place from 1 on; NULL when there is none, unlike in PostgreSQL.", "presto.split_part('a,b', ',', 3) IS NULL = true"),
            [RowKernel.Overload<TextBuilder>([DataType.Varchar, DataType.Varchar, DataType.BigInt], DataType.Varchar, WritePart, canFail: true)]),
        new(
            Info("presto.regexp_replace(text, pattern, replacement)", "The text with every match replaced, or removed; $1 and ${name} are groups.", "presto.regexp_replace('a1b22', '(\\d+)', '<$1>') = 'a<1>b<22>'"),
            [RegexFunctions.ReplaceWithDollars(TextInfo.Two), RegexFunctions.ReplaceWithDollars(TextInfo.Three)]),
        Extreme("presto.greatest", "The greatest value; NULL when one is, unlike in PostgreSQL.", "presto.greatest(1, NULL) IS NULL = true", 1),
        Extreme("presto.least", "The least value; NULL when one is, unlike in PostgreSQL.", "presto.least(1, NULL) IS NULL = true", -1),
        new(
            Info("presto.subscript(value, key)", "The item at a place or the value under a key; none there is an error, unlike in PostgreSQL.", "presto.subscript(ARRAY['a'], 1) = 'a'"),
            [
                ItemKernel.Pick(ArrayAndPlace, types => ((ArrayType)types[0]).Element, FindItem) with { CanFail = true },
                ItemKernel.Pick([Map, K], types => ((MapType)types[0]).Value, FindKey, field: 1) with { CanFail = true },
            ]),
        new(
            Info("presto.element_at(array, place)", "The item at a place, counted from the end when negative; place 0 is an error, unlike in PostgreSQL.", "presto.element_at(ARRAY[1, 2], -1) = 2"),
            [ItemKernel.Pick(ArrayAndPlace, types => ((ArrayType)types[0]).Element, (a, lists, row, place) =>
            {
                var wanted = CheckPlace(a.Long(1, row));
                var count = lists.ItemCount(place);
                var item = wanted < 0 ? wanted + count : wanted - 1;
                return item >= 0 && item < count ? lists.Offsets[place] + (int)item : -1;
            }) with { CanFail = true }]),
        new(
            Info("presto.-(left, right)", "The difference of two dates as an interval, unlike in PostgreSQL.", "presto.date_difference(DATE '2024-03-01', DATE '2024-02-01') = INTERVAL '29 days'", "presto.date_difference"),
            [RowKernel.Overload<FixedBuilder<Interval>>([DataType.Date, DataType.Date], DataType.Interval, (a, row, result) =>
                result.Append(new Interval(0, checked(a.Fixed<int>(0, row) - a.Fixed<int>(1, row)), 0)), canFail: true) with { AllowsCoercion = false }]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "presto", description, example) { Aliases = aliases };

    private static ScalarOverload Substring(ImmutableArray<ParameterType> parameters) => RowKernel.Overload<TextBuilder>(parameters, DataType.Varchar, (a, row, result) =>
    {
        var text = a.Text(0, row);
        var start = a.Long(1, row);
        var length = a.Count > 2 ? a.Long(2, row) : long.MaxValue;
        var first = start < 0 ? Utf8Text.CountCharacters(text) + start : start - 1;
        if (start == 0 || first < 0 || length <= 0)
        {
            result.Append(default(ReadOnlySpan<byte>));
            return;
        }

        text = text[Utf8Text.Skip(text, first)..];
        result.Append(text[..Utf8Text.Skip(text, length)]);
    });

    private static void WritePart(RowArguments a, int row, TextBuilder result)
    {
        var place = a.Long(2, row);
        if (place <= 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"index of split_part must be greater than zero: {place}");
        }

        var text = a.Text(0, row);
        var separator = a.Text(1, row);
        for (; place > 1; place--)
        {
            // An empty separator stands between all characters.
            var found = separator.IsEmpty ? text.Length > 1 ? Utf8Text.LengthAt(text, 0) : -1 : text.IndexOf(separator);
            if (found < 0 || found >= text.Length)
            {
                result.AppendNull();
                return;
            }

            text = text[(found + separator.Length)..];
        }

        var end = separator.IsEmpty ? text.IsEmpty ? -1 : Utf8Text.LengthAt(text, 0) : text.IndexOf(separator);
        result.Append(end < 0 ? text : text[..end]);
    }

    private static ScalarFunction Extreme(string name, string description, string example, int sign) => new(
        Info($"{name}(value, ...)", description, example),
        [new([AnyParameter.T], types => types[0], binding => RowKernel.Strict<ColumnBuilder>(binding.ResultType, (a, row, result) =>
        {
            var best = 0;
            for (var i = 1; i < a.Count; i++)
            {
                best = ValueComparison.Compare(a.Column(i), a.Place(i, row), a.Column(best), a.Place(best, row)) * sign > 0 ? i : best;
            }

            result.AppendFlat(a.Column(best), [a.Place(best, row)]);
        }))
        {
            Variadic = AnyParameter.T,
        }]);

    private static long CheckPlace(long place) =>
        place != 0 ? place : throw new QueryException(ErrorCodes.ArraySubscriptError, "SQL array indices start at 1: 0");

    private static int FindItem(RowArguments a, ListColumn lists, int row, int place)
    {
        var wanted = CheckPlace(a.Long(1, row));
        if (wanted < 0)
        {
            throw new QueryException(ErrorCodes.ArraySubscriptError, $"array subscript is negative: {wanted}");
        }

        return wanted <= lists.ItemCount(place)
            ? lists.Offsets[place] + (int)wanted - 1
            : throw new QueryException(ErrorCodes.ArraySubscriptError, $"array subscript must be less than or equal to array length: {wanted} > {lists.ItemCount(place)}");
    }

    private static int FindKey(RowArguments a, ListColumn maps, int row, int place)
    {
        var entry = ItemKernel.Find(maps, place, ((StructColumn)maps.Child).Children[0], a.Column(1), a.Place(1, row));
        return entry >= 0 ? entry : throw new QueryException(ErrorCodes.InvalidParameterValue, $"key not present in map: {ColumnText.ToString(a.Column(1), a.Place(1, row))}");
    }
}
