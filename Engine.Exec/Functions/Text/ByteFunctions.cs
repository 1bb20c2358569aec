using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Bytes and bits of binary values, numbers as bytes, texts in other encodings, identifiers.</summary>
internal static class ByteFunctions
{
    private static readonly ImmutableArray<ParameterType> Bytes = [DataType.Varbinary];
    private static readonly ImmutableArray<ParameterType> BytesAndPlace = [DataType.Varbinary, DataType.BigInt];
    private static readonly ImmutableArray<ParameterType> BytesPlaceAndValue = [DataType.Varbinary, DataType.BigInt, DataType.BigInt];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("get_byte(bytes, place)", "A byte of a binary value, by its place from 0 on.", "get_byte('abc'::varbinary, 1) = 98"),
            [RowKernel.Overload<FixedBuilder<int>>(BytesAndPlace, DataType.Integer, (a, row, result) => result.Append(a.Text(0, row)[Place(a, row, 8)]), canFail: true)]),
        new(
            Info("set_byte(bytes, place, value)", "The binary value with another byte at a place.", "set_byte('abc'::varbinary, 1, 120) = 'axc'::varbinary"),
            [RowKernel.Overload<TextBuilder>(BytesPlaceAndValue, DataType.Varbinary, (a, row, result) =>
            {
                var bytes = a.Text(0, row).ToArray();
                bytes[Place(a, row, 8)] = (byte)a.Long(2, row);
                result.Append(bytes);
            }, canFail: true)]),
        new(
            Info("get_bit(bytes, place)", "A bit of a binary value, by its place from 0 on, the least of a byte first.", "get_bit('a'::varbinary, 0) = 1"),
            [RowKernel.Overload<FixedBuilder<int>>(BytesAndPlace, DataType.Integer, (a, row, result) =>
            {
                var place = Place(a, row, 1);
                result.Append((a.Text(0, row)[place / 8] >> (place % 8)) & 1);
            }, canFail: true)]),
        new(
            Info("set_bit(bytes, place, bit)", "The binary value with a bit set to 0 or 1.", "set_bit('a'::varbinary, 1, 1) = 'c'::varbinary"),
            [RowKernel.Overload<TextBuilder>(BytesPlaceAndValue, DataType.Varbinary, WriteBit, canFail: true)]),
        ToBytes<long>("to_big_endian_64(number)", "A bigint as eight bytes, the highest first.", "to_hex(to_big_endian_64(1)) = '0000000000000001'", DataType.BigInt, BinaryPrimitives.WriteInt64BigEndian),
        ToBytes<int>("to_big_endian_32(number)", "An integer as four bytes, the highest first.", "to_hex(to_big_endian_32(1)) = '00000001'", DataType.Integer, BinaryPrimitives.WriteInt32BigEndian),
        ToBytes<double>("to_ieee754_64(number)", "A double as eight bytes, the highest first.", "to_hex(to_ieee754_64(1)) = '3ff0000000000000'", DataType.Double, BinaryPrimitives.WriteDoubleBigEndian),
        ToBytes<float>("to_ieee754_32(number)", "A real as four bytes, the highest first.", "to_hex(to_ieee754_32(1::real)) = '3f800000'", DataType.Real, BinaryPrimitives.WriteSingleBigEndian),
        FromBytes<long>("from_big_endian_64(bytes)", "The bigint of eight bytes, the highest first.", "from_big_endian_64(from_hex('0000000000000100')) = 256", DataType.BigInt, BinaryPrimitives.ReadInt64BigEndian),
        FromBytes<int>("from_big_endian_32(bytes)", "The integer of four bytes, the highest first.", "from_big_endian_32(from_hex('00000100')) = 256", DataType.Integer, BinaryPrimitives.ReadInt32BigEndian),
        FromBytes<double>("from_ieee754_64(bytes)", "The double of eight bytes, the highest first.", "from_ieee754_64(from_hex('3ff0000000000000')) = 1", DataType.Double, BinaryPrimitives.ReadDoubleBigEndian),
        FromBytes<float>("from_ieee754_32(bytes)", "The real of four bytes, the highest first.", "from_ieee754_32(from_hex('3f800000')) = 1", DataType.Real, BinaryPrimitives.ReadSingleBigEndian),
        new(
            Info("convert_from(bytes, encoding)", "The text that bytes stand for in an encoding: UTF8, LATIN1, UTF16LE, UTF16BE or ASCII.", "convert_from('abc'::varbinary, 'UTF8') = 'abc'"),
            [RowKernel.Prepared<TextBuilder>([DataType.Varbinary, DataType.Varchar], DataType.Varchar, binding =>
            {
                var known = binding.Constants.GetValueOrDefault(1) is string name ? EncodingOf(name) : null;
                return (a, row, result) => result.Append(Decode(a.Text(0, row), known ?? EncodingOf(a.String(1, row))));
            })]),
        new(
            Info("convert_to(text, encoding)", "The bytes of a text in an encoding.", "to_hex(convert_to('ä', 'LATIN1')) = 'e4'"),
            [RowKernel.Prepared<TextBuilder>(TextInfo.Two, DataType.Varbinary, binding =>
            {
                var known = binding.Constants.GetValueOrDefault(1) is string name ? EncodingOf(name) : null;
                return (a, row, result) => result.Append(Encode(a.String(0, row), known ?? EncodingOf(a.String(1, row))));
            })]),
        new(
            Info("uuid()", "A random UUID, of version 4.", "length(uuid()::varchar) = 36", "gen_random_uuid", "uuidv4") with { Volatility = Volatility.Volatile },
            [RowKernel.Overload<FixedBuilder<UInt128>>([], DataType.Uuid, (_, _, result) => result.Append(ValueOf(Guid.NewGuid())))]),
        new(
            Info("uuidv7()", "A UUID of version 7: the time in milliseconds, then random bits, so that later ones are greater.", "substr(uuidv7()::varchar, 15, 1) = '7'") with { Volatility = Volatility.Volatile },
            [RowKernel.Overload<FixedBuilder<UInt128>>([], DataType.Uuid, (_, _, result) => result.Append(ValueOf(Guid.CreateVersion7())))]),
        new(
            TextInfo.Of("luhn_check(digits)", "Whether the last digit is the check digit of those before it, by Luhn's rule.", "luhn_check('79927398713') = true"),
            [RowKernel.Overload<BooleanBuilder>(TextInfo.One, DataType.Boolean, (a, row, result) => result.Append(IsLuhn(a, row)), canFail: true)]),
    ];

    private delegate void NumberWriter<in T>(Span<byte> target, T value);

    private delegate T NumberReader<out T>(ReadOnlySpan<byte> bytes);

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "binary", description, example) { Aliases = aliases };

    private static UInt128 ValueOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>The place asked for, in units of a number of bits.</summary>
    private static int Place(RowArguments a, int row, int bits)
    {
        var (place, count) = (a.Long(1, row), a.Text(0, row).Length * 8L / bits);
        return place >= 0 && place < count
            ? (int)place
            : throw new QueryException(ErrorCodes.ArraySubscriptError, $"index {place} out of valid range, 0..{count - 1}");
    }

    private static void WriteBit(RowArguments a, int row, TextBuilder result)
    {
        var (place, bit) = (Place(a, row, 1), a.Long(2, row));
        if (bit is not (0 or 1))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"new bit must be 0 or 1: {bit}");
        }

        var bytes = a.Text(0, row).ToArray();
        bytes[place / 8] = (byte)((bytes[place / 8] & ~(1 << (place % 8))) | ((int)bit << (place % 8)));
        result.Append(bytes);
    }

    private static unsafe ScalarFunction ToBytes<T>(string signature, string description, string example, DataType type, NumberWriter<T> write)
        where T : unmanaged => new(
            Info(signature, description, example),
            [RowKernel.Overload<TextBuilder>([type], DataType.Varbinary, (a, row, result) =>
            {
                Span<byte> target = stackalloc byte[sizeof(T)];
                write(target, a.Fixed<T>(0, row));
                result.Append(target);
            })]);

    private static unsafe ScalarFunction FromBytes<T>(string signature, string description, string example, DataType type, NumberReader<T> read)
        where T : unmanaged => new(
            Info(signature, description, example),
            [RowKernel.Overload<FixedBuilder<T>>(
                Bytes,
                type,
                (a, row, result) => result.Append(a.Text(0, row).Length == sizeof(T)
                    ? read(a.Text(0, row))
                    : throw new QueryException(ErrorCodes.InvalidParameterValue, $"expected {sizeof(T)} bytes, not {a.Text(0, row).Length}")),
                canFail: true)]);

    private static Encoding EncodingOf(string name) => name.ToUpperInvariant().Replace("-", string.Empty, StringComparison.Ordinal).Replace("_", string.Empty, StringComparison.Ordinal) switch
    {
        "UTF8" or "UNICODE" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        "LATIN1" or "ISO88591" => Encoding.GetEncoding("iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        "UTF16LE" or "UTF16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        "UTF16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        "ASCII" or "USASCII" or "SQLASCII" => Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        _ => throw new QueryException(ErrorCodes.InvalidParameterValue, $"unknown encoding: \"{name}\"", hint: "Encodings are UTF8, LATIN1, UTF16LE, UTF16BE and ASCII."),
    };

    private static string Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new QueryException(ErrorCodes.InvalidEncoding, $"invalid byte sequence for encoding {encoding.WebName}: 0x{Convert.ToHexStringLower(error.BytesUnknown ?? [])}", cause: error);
        }
    }

    private static byte[] Encode(string text, Encoding encoding)
    {
        try
        {
            return encoding.GetBytes(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new QueryException(ErrorCodes.InvalidEncoding, $"character \"{error.CharUnknown}\" has no equivalent in encoding {encoding.WebName}", cause: error);
        }
    }

    private static bool IsLuhn(RowArguments a, int row)
    {
        var digits = a.Text(0, row);
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (!AsciiText.IsDigit(digits[^(i + 1)]))
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"luhn_check needs digits only: \"{a.String(0, row)}\"");
            }

            var digit = (digits[^(i + 1)] - '0') * (1 + (i % 2));
            sum += digit > 9 ? digit - 9 : digit;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }
}
