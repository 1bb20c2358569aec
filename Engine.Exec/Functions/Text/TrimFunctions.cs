using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Characters taken off the ends of a text.</summary>
internal static class TrimFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("btrim(text, characters)", "The text without blanks, or the characters of a set, at both ends.", "btrim('xyhixx', 'xy') = 'hi'", "trim"),
            [.. Overloads(atStart: true, atEnd: true)]),
        new(TextInfo.Of("ltrim(text, characters)", "As btrim, at the start.", "ltrim('  a ') = 'a '"), [.. Overloads(atStart: true, atEnd: false)]),
        new(TextInfo.Of("rtrim(text, characters)", "As btrim, at the end.", "rtrim(' a  ') = ' a'"), [.. Overloads(atStart: false, atEnd: true)]),
    ];

    private static IEnumerable<ScalarOverload> Overloads(bool atStart, bool atEnd) =>
    [
        RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) =>
        {
            var text = a.Text(0, row);
            text = atStart ? text.TrimStart((byte)' ') : text;
            result.Append(atEnd ? text.TrimEnd((byte)' ') : text);
        }),
        RowKernel.Overload<TextBuilder>(TextInfo.Two, DataType.Varchar, (a, row, result) => result.Append(Trim(a.Text(0, row), a.Text(1, row), atStart, atEnd))),
        RowKernel.Overload<TextBuilder>([DataType.Varbinary, DataType.Varbinary], DataType.Varbinary, (a, row, result) =>
        {
            var bytes = atStart ? a.Text(0, row).TrimStart(a.Text(1, row)) : a.Text(0, row);
            result.Append(atEnd ? bytes.TrimEnd(a.Text(1, row)) : bytes);
        }),
    ];

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text, ReadOnlySpan<byte> set, bool atStart, bool atEnd)
    {
        if (System.Text.Ascii.IsValid(set))
        {
            text = atStart ? text.TrimStart(set) : text;
            return atEnd ? text.TrimEnd(set) : text;
        }

        while (atStart && !text.IsEmpty && Contains(set, text[..Utf8Text.LengthAt(text, 0)]))
        {
            text = text[Utf8Text.LengthAt(text, 0)..];
        }

        while (atEnd && !text.IsEmpty)
        {
            var start = text.Length - 1;
            while (start > 0 && (text[start] & 0xC0) == 0x80)
            {
                start--;
            }

            if (!Contains(set, text[start..]))
            {
                break;
            }

            text = text[..start];
        }

        return text;
    }

    private static bool Contains(ReadOnlySpan<byte> set, ReadOnlySpan<byte> character) => set.IndexOf(character) >= 0;
}
