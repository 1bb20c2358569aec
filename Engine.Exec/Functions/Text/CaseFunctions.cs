using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Letter case and length.</summary>
internal static class CaseFunctions
{
    private delegate int Mapping(ReadOnlySpan<byte> text, Span<byte> target);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(TextInfo.Of("lower(text)", "The text in lower case.", "lower('ÄBC') = 'äbc'", "lcase"), [Mapped(LetterCase.ToLower)]),
        new(TextInfo.Of("upper(text)", "The text in upper case.", "upper('äbc') = 'ÄBC'", "ucase"), [Mapped(LetterCase.ToUpper)]),
        new(TextInfo.Of("initcap(text)", "Every word with a capital.", "initcap('hello WORLD') = 'Hello World'"), [Mapped(LetterCase.ToInitials)]),
        new(
            TextInfo.Of("length(value)", "Characters of a text, bytes of a binary value, items of an array.", "length('größe') = 5", "len", "char_length", "character_length"),
            [
                RowKernel.Overload<FixedBuilder<int>>(TextInfo.One, DataType.Integer, (a, row, result) => result.Append(Utf8Text.CountCharacters(a.Text(0, row)))),
                ByteLength(DataType.Varbinary, 1),
                RowKernel.Overload<FixedBuilder<int>>([ArrayParameter.OfT], DataType.Integer, (a, row, result) => result.Append(((Core.Columns.ListColumn)a.Column(0)).ItemCount(a.Place(0, row)))),
            ]),
        new(
            TextInfo.Of("octet_length(value)", "Bytes of a text or binary value.", "octet_length('größe') = 7", "strlen"),
            [ByteLength(DataType.Varchar, 1), ByteLength(DataType.Varbinary, 1)]),
        new(TextInfo.Of("bit_length(value)", "Bits of a text or binary value.", "bit_length('ab') = 16"), [ByteLength(DataType.Varchar, 8), ByteLength(DataType.Varbinary, 8)]),
    ];

    private static ScalarOverload ByteLength(DataType type, int factor) =>
        RowKernel.Overload<FixedBuilder<int>>([type], DataType.Integer, (a, row, result) => result.Append(a.Text(0, row).Length * factor));

    private static ScalarOverload Mapped(Mapping map) => RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) =>
    {
        var text = a.Text(0, row);
        var length = LetterCase.MaxLength(text);
        var target = length <= 512 ? stackalloc byte[length] : new byte[length];
        result.Append(target[..map(text, target)]);
    });
}
