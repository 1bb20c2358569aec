using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>How alike two texts are, character by character.</summary>
internal static class DistanceFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("levenshtein_distance(left, right)", "Characters to insert, remove or exchange to make one text of another.", "levenshtein_distance('kitten', 'sitting') = 3", "levenshtein", "editdist3"),
            [Overload<FixedBuilder<long>>(DataType.BigInt, (left, right, result) => result.Append(EditDistance(left, right)))]),
        new(
            TextInfo.Of("damerau_levenshtein(left, right)", "As levenshtein_distance, where two neighbours that changed places count once.", "damerau_levenshtein('ab', 'ba') = 1"),
            [Overload<FixedBuilder<long>>(DataType.BigInt, (left, right, result) => result.Append(SwapDistance(left, right)))]),
        new(
            TextInfo.Of("hamming_distance(left, right)", "Places at which two texts of one length differ.", "hamming_distance('karolin', 'kathrin') = 3", "hamming", "mismatches"),
            [Overload<FixedBuilder<long>>(
                DataType.BigInt,
                (left, right, result) => result.Append(left.Length == right.Length
                    ? left.Zip(right).Count(pair => pair.First != pair.Second)
                    : throw new QueryException(ErrorCodes.InvalidParameterValue, $"hamming_distance needs texts of one length, not of {left.Length} and {right.Length} characters")),
                canFail: true)]),
        new(
            TextInfo.Of("jaccard(left, right)", "The share of the characters of two texts that both have.", "jaccard('duck', 'luck') = 0.6"),
            [Overload<FixedBuilder<double>>(DataType.Double, (left, right, result) =>
            {
                var (all, shared) = (left.Union(right).Count(), left.Intersect(right).Count());
                result.Append(all == 0 ? 0 : (double)shared / all);
            })]),
        new(
            TextInfo.Of("jaro_similarity(left, right)", "Jaro's similarity, 0 to 1.", "round(jaro_similarity('duck', 'duckdb'), 4) = 0.8889"),
            [Overload<FixedBuilder<double>>(DataType.Double, (left, right, result) => result.Append(Jaro(left, right)))]),
        new(
            TextInfo.Of("jaro_winkler_similarity(left, right)", "Jaro's similarity, greater for texts that begin alike.", "round(jaro_winkler_similarity('duck', 'duckdb'), 4) = 0.9333"),
            [Overload<FixedBuilder<double>>(DataType.Double, (left, right, result) =>
            {
                var similarity = Jaro(left, right);
                var prefix = left.Zip(right).Take(4).TakeWhile(pair => pair.First == pair.Second).Count();
                result.Append(similarity > 0.7 ? similarity + (prefix * 0.1 * (1 - similarity)) : similarity);
            })]),
        new(
            TextInfo.Of("soundex(text)", "A letter and three digits for how an English word sounds.", "soundex('Robert') = 'R163'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) => WriteSoundex(a.Text(0, row), result))]),
    ];

    private delegate void PairWriter<in TBuilder>(Rune[] left, Rune[] right, TBuilder result);

    private static ScalarOverload Overload<TBuilder>(DataType result, PairWriter<TBuilder> write, bool canFail = false)
        where TBuilder : ColumnBuilder => RowKernel.Overload<TBuilder>(
            TextInfo.Two, result, (a, row, builder) => write(Characters(a.Text(0, row)), Characters(a.Text(1, row)), builder), canFail);

    private static Rune[] Characters(ReadOnlySpan<byte> text)
    {
        var characters = new Rune[Utf8Text.CountCharacters(text)];
        for (var i = 0; i < characters.Length && !text.IsEmpty; i++)
        {
            Rune.DecodeFromUtf8(text, out characters[i], out var length);
            text = text[length..];
        }

        return characters;
    }

    /// <summary>Row by row through the table of distances of all prefixes.</summary>
    private static int EditDistance(Rune[] left, Rune[] right)
    {
        var last = Enumerable.Range(0, right.Length + 1).ToArray();
        var row = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
            }

            (last, row) = (row, last);
        }

        return last[right.Length];
    }

    /// <summary>
    /// The algorithm of Lowrance and Wagner (1975): characters between two that changed places may be inserted or removed too. The table has a border
    /// of distances that are never taken.
    /// </summary>
    private static int SwapDistance(Rune[] left, Rune[] right)
    {
        var far = left.Length + right.Length;
        var table = new int[left.Length + 2, right.Length + 2];
        table[0, 0] = far;
        for (var i = 0; i <= left.Length; i++)
        {
            (table[i + 1, 0], table[i + 1, 1]) = (far, i);
        }

        for (var j = 0; j <= right.Length; j++)
        {
            (table[0, j + 1], table[1, j + 1]) = (far, j);
        }

        var lastRows = new Dictionary<Rune, int>();
        for (var i = 1; i <= left.Length; i++)
        {
            var lastMatch = 0;
            for (var j = 1; j <= right.Length; j++)
            {
                var (row, column) = (lastRows.GetValueOrDefault(right[j - 1]), lastMatch);
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                lastMatch = cost == 0 ? j : lastMatch;
                var swapped = table[row, column] + (i - row - 1) + 1 + (j - column - 1);
                table[i + 1, j + 1] = Math.Min(Math.Min(table[i, j] + cost, swapped), Math.Min(table[i + 1, j], table[i, j + 1]) + 1);
            }

            lastRows[left[i - 1]] = i;
        }

        return table[left.Length + 1, right.Length + 1];
    }

    private static double Jaro(Rune[] left, Rune[] right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return 0;
        }

        var window = Math.Max((Math.Max(left.Length, right.Length) / 2) - 1, 0);
        var isTaken = new bool[right.Length];
        var matched = new List<Rune>();
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = Math.Max(i - window, 0); j <= Math.Min(i + window, right.Length - 1); j++)
            {
                if (!isTaken[j] && left[i] == right[j])
                {
                    isTaken[j] = true;
                    matched.Add(left[i]);
                    break;
                }
            }
        }

        if (matched.Count == 0)
        {
            return 0;
        }

        double count = matched.Count;
        var outOfPlace = right.Where((_, j) => isTaken[j]).Zip(matched).Count(pair => pair.First != pair.Second);
        return ((count / left.Length) + (count / right.Length) + ((count - (outOfPlace / 2)) / count)) / 3;
    }

    /// <summary>The American Soundex: H and W between two letters of a code do not part them, vowels do.</summary>
    private static void WriteSoundex(ReadOnlySpan<byte> text, TextBuilder result)
    {
        ReadOnlySpan<byte> codes = "01230120022455012623010202"u8;
        Span<byte> code = stackalloc byte[4];
        code.Fill((byte)'0');
        var (length, last) = (0, (byte)0);
        foreach (var item in text)
        {
            var letter = (byte)(item & ~0x20);
            if (letter is < (byte)'A' or > (byte)'Z')
            {
                continue;
            }

            var digit = codes[letter - 'A'];
            if (length == 0)
            {
                code[length++] = letter;
            }
            else if (digit != '0' && digit != last && length < 4)
            {
                code[length++] = digit;
            }

            last = letter is (byte)'H' or (byte)'W' ? last : digit;
        }

        result.Append(code[..(length == 0 ? 0 : 4)]);
    }
}
