using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;

namespace Engine.Server.PgWire.Types;

/// <summary>Values of parameters as the client sends them.</summary>
internal static class ParameterReader
{
    private const int MaxDimensions = 1;

    /// <summary>A value in text form: of the declared type, or untyped, for the statement to say.</summary>
    public static Literal ReadText(ReadOnlySpan<byte> bytes, DataType type, IConstantEvaluator constants)
    {
        var text = PayloadReader.ToText(bytes);
        return type.Kind switch
        {
            TypeKind.Unknown => new Literal(text, DataType.Unknown),
            TypeKind.Decimal => ReadText(text, NumericFormat.TypeOf(text), constants),
            TypeKind.Varchar => new Literal(text, type),
            _ => ReadText(text, type, constants),
        };
    }

    private static Literal ReadText(string text, DataType type, IConstantEvaluator constants) =>
        new(constants.Evaluate(new Cast(new Literal(text, DataType.Varchar), type, IsTry: false)), type);

    /// <summary>A value in binary form.</summary>
    public static Literal ReadBinary(ReadOnlySpan<byte> bytes, DataType type) => type switch
    {
        DecimalType => NumericFormat.Read(bytes),
        ArrayType array => new Literal(ReadArray(bytes, array.Element, out var element), DataType.Array(element)),
        _ => new Literal(ReadScalar(bytes, type), type.Kind == TypeKind.Unknown ? DataType.Varchar : type),
    };

    private static object ReadScalar(ReadOnlySpan<byte> bytes, DataType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Boolean:
                return Exactly(1, bytes)[0] != 0;
            case TypeKind.SmallInt:
                return BinaryPrimitives.ReadInt16BigEndian(Exactly(2, bytes));
            case TypeKind.Integer:
                return BinaryPrimitives.ReadInt32BigEndian(Exactly(4, bytes));
            case TypeKind.BigInt:
                return BinaryPrimitives.ReadInt64BigEndian(Exactly(8, bytes));
            case TypeKind.Oid:
                return (long)BinaryPrimitives.ReadUInt32BigEndian(Exactly(4, bytes));
            case TypeKind.Real:
                return BinaryPrimitives.ReadSingleBigEndian(Exactly(4, bytes));
            case TypeKind.Double:
                return BinaryPrimitives.ReadDoubleBigEndian(Exactly(8, bytes));
            case TypeKind.Date:
                var days = BinaryPrimitives.ReadInt32BigEndian(Exactly(4, bytes));
                return InfiniteTime.IsInfinite(days) ? days : InRange((long)days + BinaryEncoder.EpochDays is var day && (int)day == day, (int)((long)days + BinaryEncoder.EpochDays), "date");
            case TypeKind.Time:
                var micros = BinaryPrimitives.ReadInt64BigEndian(Exactly(8, bytes));
                return InRange(micros is >= 0 and <= TimeScale.MicrosPerDay, micros, "time");
            case TypeKind.TimeTz:
                var (clock, west) = (BinaryPrimitives.ReadInt64BigEndian(Exactly(12, bytes)), BinaryPrimitives.ReadInt32BigEndian(bytes[8..]));
                return InRange(clock is >= 0 and <= TimeScale.MicrosPerDay && Math.Abs((long)west) <= ZonedTime.MaxOffsetSeconds, new ZonedTime(clock, -west).Packed, "time");
            case TypeKind.Timestamp or TypeKind.TimestampTz:
                var count = BinaryPrimitives.ReadInt64BigEndian(Exactly(8, bytes));
                return InfiniteTime.IsInfinite(count) ? count : InRange(count < long.MaxValue - BinaryEncoder.EpochMicros, count + BinaryEncoder.EpochMicros, "timestamp");
            case TypeKind.Interval:
                var span = Exactly(16, bytes);
                return new Interval(BinaryPrimitives.ReadInt32BigEndian(span[12..]), BinaryPrimitives.ReadInt32BigEndian(span[8..]), BinaryPrimitives.ReadInt64BigEndian(span));
            case TypeKind.Uuid:
                return BinaryPrimitives.ReadUInt128BigEndian(Exactly(16, bytes));
            case TypeKind.Varbinary:
                return bytes.ToArray();
            case TypeKind.Json:
                // jsonb has the number of its form in front.
                return PayloadReader.ToText(bytes is [1, ..] ? bytes[1..] : bytes);
            default:
                return PayloadReader.ToText(bytes);
        }
    }

    private static ImmutableArray<object?> ReadArray(ReadOnlySpan<byte> bytes, DataType type, out DataType element)
    {
        var reader = new PayloadReader(bytes);
        var dimensions = reader.Int32();
        reader.Int32();
        element = WireType.Find(reader.Int32()) is { Kind: not TypeKind.Unknown } given ? given : type;
        if (dimensions is < 0 or > MaxDimensions)
        {
            throw QueryException.NotSupportedYet(string.Create(CultureInfo.InvariantCulture, $"parameters that are arrays of {dimensions} dimensions"));
        }

        var count = dimensions == 0 ? 0 : reader.Int32();
        if (dimensions > 0)
        {
            reader.Int32();
        }

        var items = ImmutableArray.CreateBuilder<object?>();
        var decimals = element as DecimalType;
        for (var i = 0; i < count; i++)
        {
            var length = reader.Int32();
            items.Add(length < 0 ? null : decimals is null ? ReadScalar(reader.Bytes(length), element) : ToScale(NumericFormat.Read(reader.Bytes(length)), decimals.Scale));
        }

        reader.End();
        return items.ToImmutable();
    }

    /// <summary>The items of an array have one scale.</summary>
    private static object ToScale(Literal number, int scale)
    {
        var own = ((DecimalType)number.Type).Scale;
        return own <= scale
            ? checked((Int128)number.Value! * DecimalText.PowerOfTen(scale - own))
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"numbers in an array have at most {scale} digits behind the point");
    }

    private static ReadOnlySpan<byte> Exactly(int length, ReadOnlySpan<byte> bytes) => bytes.Length == length
        ? bytes
        : throw new QueryException(bytes.Length < length ? ErrorCodes.ProtocolViolation : ErrorCodes.InvalidBinaryRepresentation, bytes.Length < length ? "insufficient data left in message" : "incorrect binary data format");

    private static T InRange<T>(bool isGood, T value, string type) => isGood
        ? value
        : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"{type} out of range");
}
