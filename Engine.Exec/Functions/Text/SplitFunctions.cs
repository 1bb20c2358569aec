using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Texts cut at a separator.</summary>
internal static class SplitFunctions
{
    private static readonly DataType Texts = DataType.Array(DataType.Varchar);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("split_part(text, separator, place)", "The n-th part between separators, from the end when n is negative; empty when there is none.", "split_part('a,b,c', ',', 2) = 'b'"),
            [RowKernel.Overload<TextBuilder>([DataType.Varchar, DataType.Varchar, DataType.BigInt], DataType.Varchar, WritePart, canFail: true)]),
        new(
            TextInfo.Of("split(text, separator, limit)", "The parts between separators, at most as many as given.", "split('a,b,c', ',') = ARRAY['a', 'b', 'c']", "string_split", "str_split"),
            [
                RowKernel.Overload<ListBuilder>(TextInfo.Two, Texts, (a, row, result) => Split(a.Text(0, row), a.Text(1, row), long.MaxValue, result)),
                RowKernel.Overload<ListBuilder>([DataType.Varchar, DataType.Varchar, DataType.BigInt], Texts, WriteLimited, canFail: true),
            ]),
        new(
            TextInfo.Of("string_to_array(text, separator, null_text)", "The parts between separators, or all characters where that is NULL; a part that equals the third argument is NULL.", "string_to_array('a,b', ',') = ARRAY['a', 'b']"),
            [
                new(TextInfo.Two, _ => Texts, _ => RowKernel.WithNulls<ListBuilder>(Texts, WriteArray)) { SeesNulls = true },
                new(TextInfo.Three, _ => Texts, _ => RowKernel.WithNulls<ListBuilder>(Texts, WriteArray)) { SeesNulls = true },
            ]),
    ];

    private static void WritePart(RowArguments a, int row, TextBuilder result)
    {
        var text = a.Text(0, row);
        var separator = a.Text(1, row);
        var number = a.Long(2, row);
        if (number == 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, "field position must not be zero: 0");
        }

        if (separator.IsEmpty)
        {
            result.Append(number is 1 or -1 ? text : default);
            return;
        }

        for (; number < -1; number++)
        {
            var found = text.LastIndexOf(separator);
            if (found < 0)
            {
                result.Append(default(ReadOnlySpan<byte>));
                return;
            }

            text = text[..found];
        }

        if (number == -1)
        {
            var start = text.LastIndexOf(separator);
            result.Append(start < 0 ? text : text[(start + separator.Length)..]);
            return;
        }

        for (; number > 1; number--)
        {
            var found = text.IndexOf(separator);
            if (found < 0)
            {
                result.Append(default(ReadOnlySpan<byte>));
                return;
            }

            text = text[(found + separator.Length)..];
        }

        var end = text.IndexOf(separator);
        result.Append(end < 0 ? text : text[..end]);
    }

    private static void WriteLimited(RowArguments a, int row, ListBuilder result)
    {
        var limit = a.Long(2, row);
        if (limit <= 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"limit of split must be positive: {limit}");
        }

        Split(a.Text(0, row), a.Text(1, row), limit, result);
    }

    private static void Split(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, long limit, ListBuilder result)
    {
        var items = (TextBuilder)result.Items;
        for (; limit > 1 && !separator.IsEmpty; limit--)
        {
            var found = text.IndexOf(separator);
            if (found < 0)
            {
                break;
            }

            items.Append(text[..found]);
            text = text[(found + separator.Length)..];
        }

        items.Append(text);
        result.EndRow();
    }

    private static void WriteArray(RowArguments a, int row, ListBuilder result)
    {
        if (a.IsNull(0, row))
        {
            result.AppendNull();
            return;
        }

        var text = a.Text(0, row);
        var hasNullText = a.Count > 2 && !a.IsNull(2, row);
        var nullText = hasNullText ? a.Text(2, row) : default;
        var items = (TextBuilder)result.Items;
        var isByCharacter = a.IsNull(1, row);
        var separator = isByCharacter ? default : a.Text(1, row);
        for (var isLast = text.IsEmpty; !isLast;)
        {
            var found = isByCharacter ? Utf8Text.LengthAt(text, 0) : separator.IsEmpty ? -1 : text.IndexOf(separator);
            var part = found < 0 ? text : text[..found];
            if (hasNullText && part.SequenceEqual(nullText))
            {
                items.AppendNull();
            }
            else
            {
                items.Append(part);
            }

            // Behind the last separator there is one more part, even if it is empty.
            text = found < 0 ? default : text[(found + separator.Length)..];
            isLast = found < 0 || (isByCharacter && text.IsEmpty);
        }

        result.EndRow();
    }
}
