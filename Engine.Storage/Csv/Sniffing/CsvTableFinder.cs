using Engine.Core.Text;

namespace Engine.Storage.Csv.Sniffing;

/// <summary>Finds where in a file the table begins and how many of its first records are names.</summary>
internal static class CsvTableFinder
{
    private const int MaxPreambleRows = 200;
    private const int MaxBodyRows = 1000;

    public static CsvDialect Settle(CsvSample sample, CsvCandidate candidate, CsvOptions options)
    {
        var dialect = candidate.Dialect;
        if (options.Comment is null && FindComment(sample, candidate) is var comment && comment != 0)
        {
            dialect = dialect with { Comment = comment };
        }

        var start = CsvFileStart.SkipLines(sample.Text, options.Skip ?? 0, dialect.EndsAtReturn);
        using var rows = sample.Cut(dialect, start, sample.Length);
        var first = options.Skip is null ? FindFirstRow(rows, candidate.Width) : 0;
        if (options.Skip is null && first > 0 && first < rows.Count)
        {
            dialect = dialect with { SkippedLines = CsvFileStart.CountLines(sample.Text[..rows.Start(first)], dialect.EndsAtReturn) };
        }

        var headerRows = options.HeaderRows ?? CountHeaderRows(rows, first, candidate.Width);
        var isWider = headerRows > 0 && first < rows.Count && rows.FieldCount(first) < candidate.Width;
        return dialect with { HeaderRows = headerRows, FieldCount = options.FieldCount ?? (isWider ? candidate.Width : 0) };
    }

    /// <summary>A sign that begins lines which are not records of the table.</summary>
    private static byte FindComment(CsvSample sample, CsvCandidate candidate)
    {
        foreach (var comment in "#%!"u8)
        {
            using var rows = sample.Cut(candidate.Dialect, 0, sample.Length);
            var odd = 0;
            var isData = false;
            for (var row = 0; row < rows.Count && !isData; row++)
            {
                var raw = rows.Rows.Raw(row, 0, out _);
                if (!raw.IsEmpty && raw[0] == comment)
                {
                    odd++;
                    isData = rows.FieldCount(row) == candidate.Width;
                }
            }

            if (odd > 0 && !isData && comment == '#')
            {
                return comment;
            }
        }

        return 0;
    }

    /// <summary>
    /// The first record that belongs to the table: those before it are shorter, have one field that is not empty, or are titles, which an empty
    /// record follows.
    /// </summary>
    private static int FindFirstRow(CsvSampleRows rows, int width)
    {
        if (width < 2)
        {
            return 0;
        }

        for (var row = 0; row < Math.Min(rows.Count, MaxPreambleRows); row++)
        {
            var fields = rows.FieldCount(row);
            var filled = CountFilled(rows, row);
            var isTitle = fields == width && filled < width && row + 1 < rows.Count && CountFilled(rows, row + 1) == 0;
            var isTable = fields == width && filled > (width > 2 ? 1 : 0) && !isTitle;
            if (isTable || IsHeaderOfOtherWidth(rows, row, width))
            {
                return row;
            }
        }

        return 0;
    }

    /// <summary>
    /// Whether a record right above the data names its columns though their number differs: by one less where records end with a delimiter, or
    /// by more where records leave the last columns out.
    /// </summary>
    private static bool IsHeaderOfOtherWidth(CsvSampleRows rows, int row, int width)
    {
        var fields = rows.FieldCount(row);
        if (fields == width || fields < 2 || fields < width - 1 || CountFilled(rows, row) < fields || row + 1 >= rows.Count || rows.FieldCount(row + 1) != width)
        {
            return false;
        }

        var rules = Storage.Text.ParseRules.Default;
        var isName = ReadRow(rows, row).All(text => ValueShape.Of(text, rules) == ValueTypes.None);
        var nextIsData = ReadRow(rows, row + 1).Any(text => ValueShape.Of(text, rules) != ValueTypes.None);
        if (!isName || !nextIsData)
        {
            return false;
        }

        // Of one less, the last field of all records is empty.
        for (var other = row + 1; fields < width && other < rows.Count; other++)
        {
            if (rows.FieldCount(other) == width && ReadRow(rows, other)[^1].Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int CountFilled(CsvSampleRows rows, int row)
    {
        var filled = 0;
        for (var field = 0; field < rows.FieldCount(row); field++)
        {
            filled += AsciiText.Trim(rows.Rows.Raw(row, field, out _)).IsEmpty ? 0 : 1;
        }

        return filled;
    }

    /// <summary>One when the first record differs from what its columns hold, as names do; else none.</summary>
    private static int CountHeaderRows(CsvSampleRows rows, int first, int width)
    {
        if (first >= rows.Count)
        {
            return 0;
        }

        var header = ReadRow(rows, first);
        if (header.All(text => text.Length == 0))
        {
            return 0;
        }

        // Neither is a number or date a name, nor a record without a single letter the names.
        if (!header.Any(text => text.Any(symbol => symbol > 0x7F || AsciiText.IsLetter(symbol)) || IsYear(text)))
        {
            return 0;
        }

        var rules = Storage.Text.ParseRules.Default;
        if (header.Any(text => text.Length > 0 && ValueShape.Of(text, rules) != ValueTypes.None && !IsYear(text)))
        {
            return 0;
        }

        var guesses = new ColumnGuess[width];
        var bodyTexts = new HashSet<string>[width];
        for (var i = 0; i < width; i++)
        {
            guesses[i] = new ColumnGuess();
            bodyTexts[i] = new HashSet<string>(StringComparer.Ordinal);
        }

        for (var row = first + 1; row < Math.Min(rows.Count, first + MaxBodyRows); row++)
        {
            // The names may come again further down, above another part of the table.
            if (rows.FieldCount(row) == width && !(row > first + 1 && IsSame(ReadRow(rows, row), header)))
            {
                AddRow(rows, row, guesses, bodyTexts);
            }
        }

        var columns = Math.Min(width, header.Length);
        var differs = Enumerable.Range(0, columns).Any(i => header[i].Length > 0 && !guesses[i].IsEmpty && guesses[i].Type.Kind != Engine.Core.Types.TypeKind.Varchar);
        if (SplitsHeadings(header, rows, first + 1, width))
        {
            return 2;
        }

        if (differs)
        {
            return 1;
        }

        if (IsSecondNameRow(rows, first + 1, width))
        {
            return 2;
        }

        // All texts: names are all different, and do not come again below.
        var names = header.Take(columns).Select(bytes => System.Text.Encoding.UTF8.GetString(bytes)).ToArray();
        var repeated = Enumerable.Range(0, columns).Count(i => names[i].Length > 0 && bodyTexts[i].Contains(names[i]));
        var filled = names.Count(name => name.Length > 0);
        return repeated == 0 && filled > 0 && names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Count() == filled ? 1 : 0;
    }

    /// <summary>Whether a record continues the names above it: below it are two typed columns at least, and it has no value of their types.</summary>
    private static bool IsSecondNameRow(CsvSampleRows rows, int row, int width)
    {
        if (row + 2 >= rows.Count || rows.FieldCount(row) != width)
        {
            return false;
        }

        var guesses = Enumerable.Range(0, width).Select(_ => new ColumnGuess()).ToArray();
        var texts = Enumerable.Range(0, width).Select(_ => new HashSet<string>(StringComparer.Ordinal)).ToArray();
        for (var body = row + 1; body < Math.Min(rows.Count, row + MaxBodyRows); body++)
        {
            if (rows.FieldCount(body) == width)
            {
                AddRow(rows, body, guesses, texts);
            }
        }

        var names = ReadRow(rows, row);
        var typed = Enumerable.Range(0, width).Where(i => guesses[i].Type.Kind != Engine.Core.Types.TypeKind.Varchar).ToArray();
        return typed.Length >= 2 && typed.All(i => names[i].Length > 0 && ValueShape.Of(names[i], Storage.Text.ParseRules.Default) == ValueTypes.None);
    }

    /// <summary>Whether a record names the columns that headings above it span: it has a name wherever they leave the cell empty, and no value anywhere.</summary>
    private static bool SplitsHeadings(byte[][] headings, CsvSampleRows rows, int row, int width)
    {
        if (headings.Length != width || row + 1 >= rows.Count || rows.FieldCount(row) != width)
        {
            return false;
        }

        var names = ReadRow(rows, row);
        var spanned = Enumerable.Range(1, width - 1).Where(i => headings[i].Length == 0).ToArray();
        return spanned.Length > 0 && headings[0].Length > 0 && spanned.All(i => names[i].Length > 0)
            && names.All(name => ValueShape.Of(name, Storage.Text.ParseRules.Default) == ValueTypes.None)
            && (names.Any(name => name.Length == 0) || HasTypedColumn(rows, row + 1, width));
    }

    private static bool HasTypedColumn(CsvSampleRows rows, int first, int width)
    {
        for (var field = 0; field < width; field++)
        {
            var guess = new ColumnGuess();
            for (var row = first; row < Math.Min(rows.Count, first + MaxBodyRows); row++)
            {
                if (rows.FieldCount(row) == width && ReadRow(rows, row)[field] is { Length: > 0 } text)
                {
                    guess.Add(text, Storage.Text.ParseRules.Default);
                }
            }

            if (!guess.IsEmpty && guess.Type.Kind != Engine.Core.Types.TypeKind.Varchar)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(byte[][] left, byte[][] right) =>
        left.Length == right.Length && left.Zip(right).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private static bool IsYear(ReadOnlySpan<byte> text) =>
        text.Length == 4 && IntegerText.TryParse(text, out int year) && year is >= 1800 and <= 2200;

    private static byte[][] ReadRow(CsvSampleRows rows, int row)
    {
        var scratch = new ByteWriter();
        var texts = new byte[rows.FieldCount(row)][];
        for (var field = 0; field < texts.Length; field++)
        {
            texts[field] = AsciiText.Trim(rows.Rows.Value(row, field, out _, scratch)).ToArray();
        }

        return texts;
    }

    private static void AddRow(CsvSampleRows rows, int row, ColumnGuess[] guesses, HashSet<string>[] texts)
    {
        var fields = ReadRow(rows, row);
        for (var i = 0; i < guesses.Length; i++)
        {
            if (fields[i].Length == 0)
            {
                guesses[i].AddNull();
            }
            else
            {
                guesses[i].Add(fields[i], Storage.Text.ParseRules.Default);
                texts[i].Add(System.Text.Encoding.UTF8.GetString(fields[i]));
            }
        }
    }
}
