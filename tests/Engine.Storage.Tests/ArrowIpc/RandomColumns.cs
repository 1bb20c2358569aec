using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>Types up to three deep, values of them, and columns in every encoding, from one seed.</summary>
internal sealed class RandomColumns(int seed, MemoryPool pool)
{
    private const int ScalarKinds = 19;

    private readonly Random _random = new(seed);

    public int Next(int limit) => _random.Next(limit);

    public DataType Type(int depth = 3) => depth > 0 && _random.Next(3) == 0
        ? _random.Next(3) switch
        {
            0 => new ArrayType(Type(depth - 1)),
            1 => new MapType(DataType.Varchar, Type(depth - 1)),
            _ => DataType.Row([.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => new Field($"f{i}", Type(depth - 1)))]),
        }
        : Scalar(_random.Next(ScalarKinds));

    public Column Column(DataType type, int rowCount)
    {
        switch (_random.Next(5))
        {
            case 0:
                return ColumnValue.ToConstant(type, Value(type), rowCount, pool);
            case 1:
                var ids = Enumerable.Range(0, rowCount).Select(_ => _random.Next(7)).ToArray();
                return DictionaryColumn.Encode(Flat(type, 7), ids, pool);
            case 2:
                return Runs(type, rowCount);
            case 3:
                using (var longer = Flat(type, rowCount + 13))
                {
                    return longer.Slice(_random.Next(13), rowCount, pool);
                }

            default:
                return Flat(type, rowCount);
        }
    }

    public unsafe Selection Selection(int rowCount)
    {
        var words = pool.AllocateCleared(Bitmap.ByteCount(rowCount), "selection");
        for (var i = 0; i < rowCount; i++)
        {
            if (_random.Next(3) > 0)
            {
                Bitmap.Set(words.Pointer, i);
            }
        }

        return new Selection(words, rowCount, pool);
    }

    private static DataType Scalar(int kind) => kind switch
    {
        0 => DataType.Boolean,
        1 => DataType.TinyInt,
        2 => DataType.SmallInt,
        3 => DataType.Integer,
        4 => DataType.BigInt,
        5 => DataType.Real,
        6 => DataType.Double,
        7 => DataType.Decimal(9, 2),
        8 => DataType.Decimal(30, 5),
        9 => DataType.Varbinary,
        10 => DataType.Json,
        11 => DataType.Date,
        12 => DataType.Time,
        13 => DataType.Timestamp,
        14 => DataType.TimestampTz,
        15 => DataType.TimestampNanos,
        16 => DataType.Interval,
        17 => DataType.Uuid,
        _ => DataType.Varchar,
    };

    private Column Flat(DataType type, int rowCount)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        for (var i = 0; i < rowCount; i++)
        {
            builder.AppendValue(Value(type));
        }

        return builder.Finish();
    }

    private unsafe Column Runs(DataType type, int rowCount)
    {
        var ends = new List<int>();
        for (var end = 0; end < rowCount;)
        {
            end = Math.Min(rowCount, end + _random.Next(1, 9));
            ends.Add(end);
        }

        var buffer = pool.Allocate(ends.Count * 4L, "run ends");
        ends.ToArray().CopyTo(new Span<int>(buffer.Pointer, ends.Count));
        return new RunEndColumn(rowCount, new BufferSlice(buffer), Flat(type, ends.Count));
    }

    private object? Value(DataType type) => _random.Next(6) == 0 ? null : type switch
    {
        ArrayType array => Enumerable.Range(0, _random.Next(4)).Select(_ => Value(array.Element)).ToImmutableArray(),
        MapType map => Enumerable.Range(0, _random.Next(3)).Select(i => (object?)ImmutableArray.Create<object?>($"key{i}", Value(map.Value))).ToImmutableArray(),
        RowType row => row.Fields.Select(field => Value(field.Type)).ToImmutableArray(),
        DecimalType number => (Int128)_random.NextInt64(-999_999_999, 999_999_999) * (number.IsCompact ? 1 : 10_000_000_000),
        TimestampType => _random.NextInt64(long.MinValue, long.MaxValue),
        _ => Simple(type.Kind),
    };

    private object Simple(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => _random.Next(2) == 1,
        TypeKind.TinyInt => (sbyte)_random.Next(-128, 128),
        TypeKind.SmallInt => (short)_random.Next(-32768, 32768),
        TypeKind.Integer or TypeKind.Date => _random.Next(int.MinValue, int.MaxValue),
        TypeKind.Real => _random.NextSingle() * 1000,
        TypeKind.Double => _random.Next(9) == 0 ? double.NaN : _random.NextDouble() * -1e9,
        TypeKind.Varbinary => Bytes(_random.Next(30)),
        TypeKind.Json => $"{{\"a\":{_random.Next()}}}",
        TypeKind.Time => _random.NextInt64(86_400_000_000),
        TypeKind.Interval => new Interval(_random.Next(-99, 99), _random.Next(-99, 99), _random.NextInt64(-9_000_000_000_000_000, 9_000_000_000_000_000)),
        TypeKind.Uuid => new UInt128((ulong)_random.NextInt64(), (ulong)_random.NextInt64()),
        TypeKind.Varchar => string.Concat(Enumerable.Range(0, _random.Next(20)).Select(_ => (string[])["a", "ß", "€", "😀", " "]).Select(letters => letters[_random.Next(5)])),
        _ => _random.NextInt64(long.MinValue, long.MaxValue),
    };

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
