using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Parts of texts by place, and texts made longer.</summary>
internal static class SliceFunctions
{
    /// <summary>reverse of texts and binary values; that of arrays stands beside it.</summary>
    public static readonly ImmutableArray<ScalarOverload> Reversed =
    [
        RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) => Reverse(a.Text(0, row), result)),
        RowKernel.Overload<TextBuilder>([DataType.Varbinary], DataType.Varbinary, (a, row, result) =>
        {
            var bytes = a.Text(0, row).ToArray();
            Array.Reverse(bytes);
            result.Append(bytes);
        }),
    ];

    /// <summary>repeat of texts; that of arrays stands beside it.</summary>
    public static readonly ScalarOverload Repeated =
        RowKernel.Overload<TextBuilder>(TextInfo.WithNumber, DataType.Varchar, (a, row, result) => Repeat(a.Text(0, row), a.Long(1, row), result), canFail: true);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("left(text, count)", "The first n characters; without the last n when negative.", "left('abcde', 2) = 'ab'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.WithNumber, DataType.Varchar, (a, row, result) =>
            {
                var text = a.Text(0, row);
                result.Append(text[..Utf8Text.Skip(text, FromStart(text, a.Long(1, row)))]);
            })]),
        new(
            TextInfo.Of("right(text, count)", "The last n characters; without the first n when negative.", "right('abcde', 2) = 'de'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.WithNumber, DataType.Varchar, (a, row, result) =>
            {
                var text = a.Text(0, row);
                var count = a.Long(1, row);
                var skipped = count < 0 ? (count == long.MinValue ? long.MaxValue : -count) : Utf8Text.CountCharacters(text) - count;
                result.Append(text[Utf8Text.Skip(text, skipped)..]);
            })]),
        new(
            TextInfo.Of("substr(value, start, length)", "Characters from a place on, counted from 1; or the first match of a pattern, of which the first group if it has one.", "substr('abcdef', 2, 3) = 'bcd'", "substring"),
            [
                Substring(DataType.Varchar, hasLength: false),
                Substring(DataType.Varchar, hasLength: true),
                Substring(DataType.Varbinary, hasLength: false),
                Substring(DataType.Varbinary, hasLength: true),
                Patterns.RegexFunctions.Substring,
            ]),
        new(
            TextInfo.Of("overlay(text, part, start, length)", "The text with a part from a place on replaced.", "overlay('Txxxxas', 'hom', 2, 4) = 'Thomas'"),
            [
                Overlay(DataType.Varchar, hasLength: false),
                Overlay(DataType.Varchar, hasLength: true),
                Overlay(DataType.Varbinary, hasLength: false),
                Overlay(DataType.Varbinary, hasLength: true),
            ]),
        new(TextInfo.Of("lpad(text, width, fill)", "The text filled at its start, or cut, to n characters.", "lpad('7', 3, '0') = '007'"), [.. Pads(atStart: true)]),
        new(TextInfo.Of("rpad(text, width, fill)", "The text filled at its end, or cut, to n characters.", "rpad('7', 3, '0') = '700'"), [.. Pads(atStart: false)]),
    ];

    private static long FromStart(ReadOnlySpan<byte> text, long count) => count >= 0 ? count : Math.Max(Utf8Text.CountCharacters(text) + count, 0);

    private static ScalarOverload Substring(DataType type, bool hasLength) => RowKernel.Overload<TextBuilder>(
        hasLength ? [type, DataType.BigInt, DataType.BigInt] : [type, DataType.BigInt],
        type,
        (a, row, result) =>
        {
            var text = a.Text(0, row);
            var start = a.Long(1, row);
            var length = hasLength ? a.Long(2, row) : long.MaxValue;
            if (length < 0)
            {
                throw new QueryException(ErrorCodes.SubstringError, $"negative substring length not allowed: {length}");
            }

            // The part is cut out of a text that has nothing before place 1.
            var end = length > long.MaxValue - Math.Max(start, 0) ? long.MaxValue : start + length;
            var from = Math.Max(start, 1) - 1;
            if (end <= from + 1)
            {
                result.Append(default(ReadOnlySpan<byte>));
            }
            else if (type.Kind == TypeKind.Varbinary)
            {
                var first = (int)Math.Min(from, text.Length);
                result.Append(text[first..(int)Math.Min(end - 1, text.Length)]);
            }
            else
            {
                text = text[Utf8Text.Skip(text, from)..];
                result.Append(text[..Utf8Text.Skip(text, end - 1 - from)]);
            }
        },
        canFail: hasLength);

    private static ScalarOverload Overlay(DataType type, bool hasLength) => RowKernel.Overload<TextBuilder>(
        hasLength ? [type, type, DataType.BigInt, DataType.BigInt] : [type, type, DataType.BigInt],
        type,
        (a, row, result) =>
        {
            var text = a.Text(0, row);
            var part = a.Text(1, row);
            var start = a.Long(2, row);
            if (start <= 0)
            {
                throw new QueryException(ErrorCodes.SubstringError, $"negative substring length not allowed: start {start}");
            }

            var isText = type.Kind == TypeKind.Varchar;
            var length = hasLength ? a.Long(3, row) : isText ? Utf8Text.CountCharacters(part) : part.Length;
            if (length > int.MaxValue - start)
            {
                throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"integer out of range: {start} + {length}");
            }

            var behind = start - 1 + length;
            var head = isText ? Utf8Text.Skip(text, start - 1) : (int)Math.Min(start - 1, text.Length);
            var tail = isText ? Utf8Text.Skip(text, behind) : (int)Math.Clamp(behind, 0, text.Length);
            var target = result.AppendUninitialized(checked(head + part.Length + text.Length - tail));
            text[..head].CopyTo(target);
            part.CopyTo(target[head..]);
            text[tail..].CopyTo(target[(head + part.Length)..]);
            result.CommitUninitialized();
        },
        canFail: true);

    private static void Reverse(ReadOnlySpan<byte> text, TextBuilder result)
    {
        var target = result.AppendUninitialized(text.Length);
        for (var position = 0; position < text.Length;)
        {
            var length = Utf8Text.LengthAt(text, position);
            text.Slice(position, length).CopyTo(target[(text.Length - position - length)..]);
            position += length;
        }

        result.CommitUninitialized();
    }

    private static void Repeat(ReadOnlySpan<byte> text, long count, TextBuilder result)
    {
        if (count <= 0 || text.IsEmpty)
        {
            result.Append(default(ReadOnlySpan<byte>));
            return;
        }

        var target = result.AppendUninitialized(CheckLength((Int128)text.Length * count));
        for (var position = 0; position < target.Length; position += text.Length)
        {
            text.CopyTo(target[position..]);
        }

        result.CommitUninitialized();
    }

    private static int CheckLength(Int128 length) => length <= TextInfo.MaxBytes
        ? (int)length
        : throw new QueryException(ErrorCodes.ProgramLimitExceeded, $"requested length too large: {length} bytes");

    private static IEnumerable<ScalarOverload> Pads(bool atStart) =>
    [
        RowKernel.Overload<TextBuilder>(
            TextInfo.WithNumber, DataType.Varchar, (a, row, result) => Pad(a.Text(0, row), a.Long(1, row), " "u8, atStart, result), canFail: true),
        RowKernel.Overload<TextBuilder>(
            [DataType.Varchar, DataType.BigInt, DataType.Varchar],
            DataType.Varchar,
            (a, row, result) => Pad(a.Text(0, row), a.Long(1, row), a.Text(2, row), atStart, result),
            canFail: true),
    ];

    private static void Pad(ReadOnlySpan<byte> text, long width, ReadOnlySpan<byte> fill, bool atStart, TextBuilder result)
    {
        var missing = width - Utf8Text.CountCharacters(text);
        if (missing <= 0 || fill.IsEmpty)
        {
            result.Append(text[..Utf8Text.Skip(text, width)]);
            return;
        }

        var fillCharacters = Utf8Text.CountCharacters(fill);
        var (times, rest) = Math.DivRem(missing, fillCharacters);
        var padding = CheckLength(((Int128)times * fill.Length) + Utf8Text.Skip(fill, rest));
        var target = result.AppendUninitialized(CheckLength((Int128)padding + text.Length));
        text.CopyTo(atStart ? target[padding..] : target);
        var pad = atStart ? target[..padding] : target[text.Length..];
        for (var position = 0; position < pad.Length; position += fill.Length)
        {
            fill[..Math.Min(fill.Length, pad.Length - position)].CopyTo(pad[position..]);
        }

        result.CommitUninitialized();
    }
}
