using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Character codes and encodings of bytes as text.</summary>
internal static class CodeFunctions
{
    private static readonly ImmutableArray<ParameterType> Bytes = [DataType.Varbinary];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(TextInfo.Of("chr(code)", "The character of a code point.", "chr(65) = 'A'"), [RowKernel.Overload<TextBuilder>([DataType.BigInt], DataType.Varchar, WriteCharacter, canFail: true)]),
        new(
            TextInfo.Of("ascii(text)", "The code point of the first character; 0 for an empty text.", "ascii('A') = 65", "unicode", "ord", "codepoint"),
            [RowKernel.Overload<FixedBuilder<int>>(TextInfo.One, DataType.Integer, (a, row, result) =>
            {
                Rune.DecodeFromUtf8(a.Text(0, row), out var rune, out var length);
                result.Append(length == 0 ? 0 : rune.Value);
            })]),
        new(
            TextInfo.Of("to_hex(value)", "A number or binary value in hexadecimal digits.", "to_hex(255) = 'ff'"),
            [
                RowKernel.Overload<TextBuilder>([DataType.Integer], DataType.Varchar, (a, row, result) => result.Append(a.Fixed<int>(0, row).ToString("x"))),
                RowKernel.Overload<TextBuilder>([DataType.BigInt], DataType.Varchar, (a, row, result) => result.Append(a.Long(0, row).ToString("x"))),
                RowKernel.Overload<TextBuilder>(Bytes, DataType.Varchar, (a, row, result) => result.Append(Convert.ToHexStringLower(a.Text(0, row)))),
            ]),
        new(TextInfo.Of("from_hex(text)", "The bytes that hexadecimal digits stand for.", "from_hex('6162') = 'ab'::varbinary", "unhex"), [Decoder(_ => "hex", TextInfo.One)]),
        new(TextInfo.Of("to_base64(bytes)", "Bytes in base64.", "to_base64('abc'::varbinary) = 'YWJj'"), [RowKernel.Overload<TextBuilder>(Bytes, DataType.Varchar, (a, row, result) => result.Append(Convert.ToBase64String(a.Text(0, row))))]),
        new(TextInfo.Of("from_base64(text)", "The bytes of base64 text.", "from_base64('YWJj') = 'abc'::varbinary"), [Decoder(_ => "base64", TextInfo.One)]),
        new(
            TextInfo.Of("to_base64url(bytes)", "Bytes in base64 with letters that may stand in a URL.", "to_base64url(from_hex('fbff')) = '-_8='"),
            [RowKernel.Overload<TextBuilder>(Bytes, DataType.Varchar, (a, row, result) => result.Append(Convert.ToBase64String(a.Text(0, row)).Replace('+', '-').Replace('/', '_')))]),
        new(
            TextInfo.Of("from_base64url(text)", "The bytes of base64 text with letters that may stand in a URL.", "from_base64url('-_8=') = from_hex('fbff')"),
            [RowKernel.Overload<TextBuilder>(
                TextInfo.One,
                DataType.Varbinary,
                (a, row, result) =>
                {
                    var text = a.String(0, row);
                    var target = new byte[text.Length + 4];
                    var padded = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
                    result.Append(Convert.TryFromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, '='), target, out var written)
                        ? target.AsSpan(0, written)
                        : throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid base64url text: \"{text}\""));
                },
                canFail: true)]),
        new(
            TextInfo.Of("to_base32(bytes)", "Bytes in base32.", "to_base32('abc'::varbinary) = 'MFRGG==='"),
            [RowKernel.Overload<TextBuilder>(Bytes, DataType.Varchar, (a, row, result) => result.Append(Base32.Encode(a.Text(0, row))))]),
        new(
            TextInfo.Of("from_base32(text)", "The bytes of base32 text.", "from_base32('MFRGG===') = 'abc'::varbinary"),
            [RowKernel.Overload<TextBuilder>(
                TextInfo.One,
                DataType.Varbinary,
                (a, row, result) => result.Append(Base32.Decode(a.Text(0, row)) ?? throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid base32 text: \"{a.String(0, row)}\"")),
                canFail: true)]),
        new(
            TextInfo.Of("encode(bytes, format)", "Bytes as text in base64, hex or escape form.", "encode('abc'::varbinary, 'hex') = '616263'"),
            [RowKernel.Overload<TextBuilder>([DataType.Varbinary, DataType.Varchar], DataType.Varchar, (a, row, result) => Encode(a.Text(0, row), a.String(1, row), result), canFail: true)]),
        new(
            TextInfo.Of("decode(text, format)", "The bytes of a text in base64, hex or escape form.", "decode('616263', 'hex') = 'abc'::varbinary"),
            [Decoder(format => format, TextInfo.Two)]),
        new(TextInfo.Of("to_utf8(text)", "The text's bytes.", "to_utf8('ab') = 'ab'::varbinary"), [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varbinary, (a, row, result) => result.Append(a.Text(0, row)))]),
        new(
            TextInfo.Of("from_utf8(bytes)", "The text that bytes stand for; wrong ones become the replacement character.", "from_utf8('ab'::varbinary) = 'ab'"),
            [RowKernel.Overload<TextBuilder>(Bytes, DataType.Varchar, (a, row, result) => result.Append(Encoding.UTF8.GetString(a.Text(0, row))))]),
    ];

    private static void WriteCharacter(RowArguments a, int row, TextBuilder result)
    {
        var code = a.Long(0, row);
        if (code < 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"character number must be positive: {code}");
        }

        if (code is <= 0 or > 0x10FFFF || !Rune.TryCreate((int)code, out var rune))
        {
            throw new QueryException(ErrorCodes.ProgramLimitExceeded, $"there is no character with code {code}");
        }

        Span<byte> bytes = stackalloc byte[4];
        result.Append(bytes[..rune.EncodeToUtf8(bytes)]);
    }

    private static ScalarOverload Decoder(Func<string, string> format, ImmutableArray<ParameterType> parameters) => RowKernel.Overload<TextBuilder>(
        parameters,
        DataType.Varbinary,
        (a, row, result) =>
        {
            var text = a.Text(0, row);
            var name = format(a.Count > 1 ? a.String(1, row) : string.Empty);
            var target = new byte[text.Length + 4];
            var isGood = false;
            var written = 0;
            switch (name.ToLowerInvariant())
            {
                case "base64":
                    isGood = Base64.DecodeFromUtf8(text, target, out _, out written) == System.Buffers.OperationStatus.Done;
                    break;
                case "hex":
                    isGood = BytesText.TryParse([.. "\\x"u8, .. text], target, out written);
                    break;
                case "escape":
                    isGood = BytesText.TryParse(text, target, out written);
                    break;
                default:
                    throw UnknownEncoding(name);
            }

            if (!isGood)
            {
                throw new QueryException(name.Equals("escape", StringComparison.OrdinalIgnoreCase) ? ErrorCodes.InvalidTextRepresentation : ErrorCodes.InvalidParameterValue, $"invalid {name} text: \"{a.String(0, row)}\"");
            }

            result.Append(target.AsSpan(0, written));
        },
        canFail: true);

    private static void Encode(ReadOnlySpan<byte> bytes, string format, TextBuilder result)
    {
        switch (format.ToLowerInvariant())
        {
            case "base64":
                result.Append(Convert.ToBase64String(bytes));
                break;
            case "hex":
                result.Append(Convert.ToHexStringLower(bytes));
                break;
            case "escape":
                var writer = new ByteWriter();
                foreach (var item in bytes)
                {
                    writer.Add(item switch
                    {
                        (byte)'\\' => "\\\\",
                        0 or >= 0x80 => "\\" + Convert.ToString(item, 8).PadLeft(3, '0'),
                        _ => ((char)item).ToString(),
                    });
                }

                result.Append(writer.Written);
                break;
            default:
                throw UnknownEncoding(format);
        }
    }

    private static QueryException UnknownEncoding(string name) =>
        new(ErrorCodes.InvalidParameterValue, $"unrecognized encoding: \"{name}\"", hint: "Encodings are base64, hex and escape.");
}
