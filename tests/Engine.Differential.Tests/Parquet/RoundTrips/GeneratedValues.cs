using System.Collections.Immutable;
using Engine.Core.Types;
using FsCheck;
using FsCheck.Fluent;
using Interval = Engine.Core.Types.Interval;

namespace Engine.Differential.Tests.Parquet.RoundTrips;

/// <summary>Values of a type in managed form (see <see cref="Core.Columns.ColumnValue"/>): NULL, empty, extreme and usual ones.</summary>
internal static class GeneratedValues
{
    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>The year 9999 ends before this, and no reader has trouble with what lies as far before 1970.</summary>
    private const long LastDay = 2_932_896;

    private static readonly Gen<long> AnyLong =
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from bits in Gen.Choose(0, 63)
        select (((long)high << 32) ^ (uint)low) >> bits;

    private static readonly Gen<string> Character = Gen.Frequency((8, Gen.Elements("a", "b", "Z", " ", "0", "\"", "\\", "'", "\n")), (3, Gen.Elements("ß", "€", "日", "😀", "\uFFFF", "\u007F", "\uD7FF")));

    private static readonly Gen<string> Text = Gen.Frequency(
        (2, Gen.Constant("")),
        (8, Gen.Choose(1, 20).SelectMany(length => Character.ListOf(length)).Select(string.Concat)),
        (1, Gen.Choose(60, 70).SelectMany(length => Character.Select(character => string.Concat(Enumerable.Repeat(character, length))))),
        (1, from length in Gen.Choose(100, 5000) from end in Character select new string("long"[length % 4], length) + end));

    /// <summary>Any but the backslash, which DuckDB's client shows as it is, though it begins the spelling of others.</summary>
    private static readonly Gen<byte> Byte = Gen.Choose(0, 255).Select(value => value == '\\' ? (byte)'/' : (byte)value);

    private static readonly Gen<byte[]> Bytes = Gen.Frequency(
        (1, Gen.Constant(Array.Empty<byte>())),
        (6, Gen.Choose(1, 30).SelectMany(length => Byte.ArrayOf(length))),
        (1, Gen.Choose(64, 300).SelectMany(length => Gen.Elements((byte)0, (byte)127, (byte)255).Select(value => Enumerable.Repeat(value, length).ToArray()))));

    /// <param name="type">Of the values.</param>
    /// <param name="nullPercent">How many of them are NULL, at every depth.</param>
    public static Gen<object?> Of(DataType type, int nullPercent) =>
        nullPercent == 0 ? Present(type, nullPercent) : Gen.Frequency((nullPercent, Gen.Constant((object?)null)), (100 - nullPercent, Present(type, nullPercent)));

    private static Gen<object?> Present(DataType type, int nullPercent) => type switch
    {
        ArrayType array => ListOf(Of(array.Element, nullPercent)).Select(items => (object?)items.ToImmutableArray()),
        MapType map => ListOf(from key in Present(map.Key, 0) from value in Of(map.Value, nullPercent) select (object?)ImmutableArray.Create(key, value))
            .Select(entries => (object?)entries.DistinctBy(entry => CanonicalValue.Of(((ImmutableArray<object?>)entry!)[0], map.Key)).ToImmutableArray()),
        RowType row => Gen.CollectToArray(row.Fields.Select(field => Of(field.Type, nullPercent))).Select(fields => (object?)fields.ToImmutableArray()),
        DecimalType number => Unscaled(number).Select(value => (object?)value),
        TimestampType { Unit: TimeUnit.Nanosecond } => Mixed(AnyLong, long.MinValue + 1, long.MaxValue - 1, 0, -1, 999, -1001).Select(value => (object?)Math.Clamp(value, -long.MaxValue + 1, long.MaxValue - 1)),
        TimestampType => Mixed(AnyLong.Select(value => value % (LastDay * MicrosPerDay)), 0, -1, LastDay * MicrosPerDay, -LastDay / 5 * MicrosPerDay).Select(value => (object?)Math.Max(value, -LastDay / 5 * MicrosPerDay)),
        _ => Simple(type.Kind),
    };

    private static Gen<object?> Simple(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => Gen.Elements<object?>(true, false),
        TypeKind.TinyInt => Mixed(AnyLong, sbyte.MinValue, sbyte.MaxValue, 0).Select(value => (object?)(sbyte)value),
        TypeKind.SmallInt => Mixed(AnyLong, short.MinValue, short.MaxValue, 0).Select(value => (object?)(short)value),
        TypeKind.Integer => Mixed(AnyLong, int.MinValue, int.MaxValue, 0).Select(value => (object?)(int)value),
        TypeKind.BigInt => Mixed(AnyLong, long.MinValue, long.MaxValue, 0).Select(value => (object?)value),
        TypeKind.Real => Mixed(AnyLong.Select(value => value / 8f), float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue, float.MinValue).Select(value => (object?)value),
        TypeKind.Double => Mixed(AnyLong.Select(value => value / 64d), double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0d, double.Epsilon, double.MaxValue, double.MinValue).Select(value => (object?)value),
        TypeKind.Varchar => Text.Select(text => (object?)text),
        TypeKind.Varbinary => Bytes.Select(bytes => (object?)bytes),
        TypeKind.Json => from text in Text from number in Gen.Choose(int.MinValue, int.MaxValue) select (object?)$$"""{"a": {{number}}, "b": [{{System.Text.Json.JsonSerializer.Serialize(text)}}, null]}""",
        TypeKind.Date => Mixed(AnyLong.Select(value => value % LastDay), 0, LastDay, -LastDay / 5).Select(value => (object?)(int)Math.Max(value, -LastDay / 5)),
        TypeKind.Time => Mixed(AnyLong.Select(value => (value & long.MaxValue) % MicrosPerDay), 0, MicrosPerDay - 1).Select(value => (object?)value),
        TypeKind.Uuid => from high in AnyLong from low in AnyLong select (object?)new UInt128((ulong)high, (ulong)low),
        TypeKind.Interval => from months in Gen.Choose(0, 10_000) from days in Gen.Choose(0, 10_000) from millis in Gen.Choose(0, int.MaxValue) select (object?)new Interval(months, days, millis * 1000L),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Gen<Int128> Unscaled(DecimalType type)
    {
        var limit = Enumerable.Range(0, type.Precision).Aggregate((Int128)1, (power, _) => power * 10);
        return Mixed(from high in AnyLong from low in AnyLong select (((Int128)high << 64) ^ low) % limit, 0, limit - 1, 1 - limit);
    }

    private static Gen<T> Mixed<T>(Gen<T> usual, params T[] special) => Gen.Frequency((5, usual), (1, Gen.Elements(special)));

    private static Gen<List<object?>> ListOf(Gen<object?> item) =>
        Gen.Frequency((2, Gen.Constant(0)), (5, Gen.Choose(1, 4)), (1, Gen.Choose(5, 30))).SelectMany(count => item.ListOf(count));
}
