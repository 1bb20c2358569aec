using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Differential.Tests.Parquet.RoundTrips;

/// <summary>Values of a type in managed form (see <see cref="Core.Columns.ColumnValue"/>): NULL, empty, extreme and usual ones.</summary>
/// <param name="random">What they come from. FsCheck's generators choose all else; for millions of values they are too slow.</param>
/// <param name="nullPercent">How many values are NULL, at every depth.</param>
internal sealed class RandomValues(Random random, int nullPercent)
{
    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>The year 9999 ends with it, and no reader has trouble with what lies a fifth as far before 1970.</summary>
    private const long LastDay = 2_932_896;

    private static readonly string[] Characters = ["a", "b", "Z", " ", "0", "\"", "\\", "'", "\n", "ß", "€", "日", "😀", "\uFFFF", "\u007F", "\uD7FF"];

    public object? Next(DataType type) => random.Next(100) < nullPercent ? null : Present(type);

    private object Present(DataType type) => type switch
    {
        ArrayType array => Repeat(() => Next(array.Element)),
        MapType map => Repeat(() => (object?)ImmutableArray.Create(Present(map.Key), Next(map.Value)))
            .DistinctBy(entry => CanonicalValue.Of(((ImmutableArray<object?>)entry!)[0], map.Key)).ToImmutableArray(),
        RowType row => row.Fields.Select(field => Next(field.Type)).ToImmutableArray(),
        DecimalType number => Unscaled(number),
        TimestampType { Unit: TimeUnit.Nanosecond } => Math.Clamp(Usually(AnyLong, long.MinValue, long.MaxValue, 0, -1, 999, -1001), -long.MaxValue + 1, long.MaxValue - 1),
        TimestampType => Math.Max(Usually(() => AnyLong() % (LastDay * MicrosPerDay), 0, -1, LastDay * MicrosPerDay, long.MinValue), -LastDay / 5 * MicrosPerDay),
        _ => Simple(type.Kind),
    };

    private object Simple(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => random.Next(2) == 1,
        TypeKind.TinyInt => (sbyte)Usually(AnyLong, sbyte.MinValue, sbyte.MaxValue, 0),
        TypeKind.SmallInt => (short)Usually(AnyLong, short.MinValue, short.MaxValue, 0),
        TypeKind.Integer => (int)Usually(AnyLong, int.MinValue, int.MaxValue, 0),
        TypeKind.BigInt => Usually(AnyLong, long.MinValue, long.MaxValue, 0),
        TypeKind.Real => Usually(() => AnyLong() / 8f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue, float.MinValue),
        TypeKind.Double => Usually(() => AnyLong() / 64d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0d, double.Epsilon, double.MaxValue, double.MinValue),
        TypeKind.Varchar => Text(),
        TypeKind.Varbinary => Bytes(),
        TypeKind.Json => $$"""{"a": {{random.Next()}}, "b": [{{System.Text.Json.JsonSerializer.Serialize(Text())}}, null]}""",
        TypeKind.Date => (int)Math.Max(Usually(() => AnyLong() % LastDay, 0, LastDay, long.MinValue), -LastDay / 5),
        TypeKind.Time => Usually(() => (AnyLong() & long.MaxValue) % MicrosPerDay, 0, MicrosPerDay - 1),
        TypeKind.Uuid => new UInt128((ulong)AnyLong(), (ulong)AnyLong()),

        // Parquet has no negative ones, and milliseconds at the finest.
        TypeKind.Interval => new Interval(random.Next(10_000), random.Next(10_000), random.Next() * 1000L),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private Int128 Unscaled(DecimalType type)
    {
        var limit = Enumerable.Range(0, type.Precision).Aggregate((Int128)1, (power, _) => power * 10);
        return Usually(() => (((Int128)AnyLong() << 64) ^ AnyLong()) % limit, 0, limit - 1, 1 - limit);
    }

    /// <summary>Small and large ones alike.</summary>
    private long AnyLong() => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);

    private T Usually<T>(Func<T> usual, params T[] special) => random.Next(6) > 0 ? usual() : special[random.Next(special.Length)];

    private ImmutableArray<object?> Repeat(Func<object?> item)
    {
        var count = random.Next(8) switch { < 2 => 0, 7 => random.Next(5, 30), _ => random.Next(1, 5) };
        return [.. Enumerable.Range(0, count).Select(_ => item())];
    }

    private string Text() => random.Next(12) switch
    {
        < 2 => "",
        2 => string.Concat(Enumerable.Repeat(Character(), random.Next(60, 70))),
        3 => new string("long"[random.Next(4)], random.Next(100, 5000)) + Character(),
        _ => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Character())),
    };

    private string Character() => Characters[random.Next(Characters.Length)];

    /// <summary>Any but the backslash, which DuckDB's client shows as it is, though it begins the spelling of others.</summary>
    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(8) switch { 0 => 0, 1 => random.Next(64, 300), _ => random.Next(1, 30) }];
        random.NextBytes(bytes);
        if (bytes.Length > 64)
        {
            Array.Fill(bytes, (byte)(random.Next(3) * 127 + random.Next(2)));
        }

        bytes.AsSpan().Replace((byte)'\\', (byte)'/');
        return bytes;
    }
}
