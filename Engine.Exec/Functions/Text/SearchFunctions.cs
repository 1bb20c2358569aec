using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Where and whether a text holds another, and one put in place of another.</summary>
internal static class SearchFunctions
{
    /// <summary>Text forms of contains, which arrays have too.</summary>
    public static readonly ImmutableArray<ScalarOverload> Contains =
        [new(TextInfo.Two, _ => DataType.Boolean, _ => TextKernel.Test<ContainsTest>())];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("strpos(text, part, occurrence)", "The place of the first occurrence of a text, or of its n-th; 0 for none.", "strpos('abcb', 'b') = 2", "instr"),
            [
                RowKernel.Overload<FixedBuilder<int>>(TextInfo.Two, DataType.Integer, (a, row, result) => result.Append(Find(a.Text(0, row), a.Text(1, row), 1))),
                RowKernel.Overload<FixedBuilder<int>>(
                    [DataType.Varchar, DataType.Varchar, DataType.BigInt],
                    DataType.Integer,
                    (a, row, result) => result.Append(Find(a.Text(0, row), a.Text(1, row), a.Long(2, row)))),
            ]),
        new(
            TextInfo.Of("position(part, text)", "The place of a text in another; 0 for none.", "position('b' IN 'abc') = 2"),
            [RowKernel.Overload<FixedBuilder<int>>(TextInfo.Two, DataType.Integer, (a, row, result) => result.Append(Find(a.Text(1, row), a.Text(0, row), 1))),
            RowKernel.Overload<FixedBuilder<int>>([DataType.Varbinary, DataType.Varbinary], DataType.Integer, (a, row, result) => result.Append(a.Text(1, row).IndexOf(a.Text(0, row)) + 1))]),
        new(
            TextInfo.Of("starts_with(text, start)", "Whether the text begins with another.", "starts_with('abc', 'ab') = true", "prefix", "^@"),
            [new(TextInfo.Two, _ => DataType.Boolean, _ => TextKernel.Test<StartsWithTest>())]),
        new(
            TextInfo.Of("ends_with(text, end)", "Whether the text ends with another.", "ends_with('abc', 'bc') = true", "suffix"),
            [new(TextInfo.Two, _ => DataType.Boolean, _ => TextKernel.Test<EndsWithTest>())]),
        new(
            TextInfo.Of("replace(text, part, replacement)", "The text with every occurrence of another replaced, or removed.", "replace('banana', 'an', 'o') = 'booa'"),
            [
                RowKernel.Overload<TextBuilder>(TextInfo.Two, DataType.Varchar, (a, row, result) => Replace(a.Text(0, row), a.Text(1, row), default, result)),
                RowKernel.Overload<TextBuilder>(
                    TextInfo.Three, DataType.Varchar, (a, row, result) => Replace(a.Text(0, row), a.Text(1, row), a.Text(2, row), result)),
            ]),
        new(
            TextInfo.Of("translate(text, from, to)", "The text with characters exchanged one by one; those without a partner vanish.", "translate('12345', '143', 'ax') = 'a2x5'"),
            [RowKernel.Overload<TextBuilder>(
                TextInfo.Three, DataType.Varchar, (a, row, result) => Translate(a.Text(0, row), a.Text(1, row), a.Text(2, row), result))]),
    ];

    /// <summary>The place in characters from 1 on, of the occurrence of a number; from the end when that is negative.</summary>
    private static int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted, long occurrence)
    {
        if (wanted.IsEmpty)
        {
            return 1;
        }

        var place = -1;
        if (occurrence < 0)
        {
            var rest = text;
            for (; occurrence < 0; occurrence++)
            {
                place = rest.LastIndexOf(wanted);
                if (place < 0)
                {
                    return 0;
                }

                rest = rest[..(place + wanted.Length - 1)];
            }
        }
        else
        {
            for (var start = 0; occurrence > 0; occurrence--)
            {
                var found = text[start..].IndexOf(wanted);
                if (found < 0)
                {
                    return 0;
                }

                place = start + found;
                start = place + 1;
            }
        }

        return place < 0 ? 0 : Utf8Text.CountCharacters(text[..place]) + 1;
    }

    private static void Replace(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> replacement, TextBuilder result)
    {
        var count = wanted.IsEmpty ? 0 : text.Count(wanted);
        if (count == 0)
        {
            result.Append(text);
            return;
        }

        var target = result.AppendUninitialized(checked(text.Length + (count * (replacement.Length - wanted.Length))));
        var written = 0;
        for (; count > 0; count--)
        {
            var found = text.IndexOf(wanted);
            text[..found].CopyTo(target[written..]);
            replacement.CopyTo(target[(written + found)..]);
            written += found + replacement.Length;
            text = text[(found + wanted.Length)..];
        }

        text.CopyTo(target[written..]);
        result.CommitUninitialized();
    }

    private static void Translate(ReadOnlySpan<byte> text, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, TextBuilder result)
    {
        var sources = Utf8Text.Split(from);
        var targets = Utf8Text.Split(to);
        var writer = new Core.Text.ByteWriter(text.Length + 16);
        for (var position = 0; position < text.Length;)
        {
            var character = text.Slice(position, Utf8Text.LengthAt(text, position));
            position += character.Length;
            var place = 0;
            while (place < sources.Count && !character.SequenceEqual(sources[place]))
            {
                place++;
            }

            if (place == sources.Count)
            {
                writer.Add(character);
            }
            else if (place < targets.Count)
            {
                writer.Add(targets[place]);
            }
        }

        result.Append(writer.Written);
    }

    private readonly struct ContainsTest : ITextTest
    {
        public static bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.IndexOf(right) >= 0;
    }

    private readonly struct StartsWithTest : ITextTest
    {
        public static bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.StartsWith(right);
    }

    private readonly struct EndsWithTest : ITextTest
    {
        public static bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.EndsWith(right);
    }
}
