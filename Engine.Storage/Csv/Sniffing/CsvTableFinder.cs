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
            dialect = dialect with { SkippedLines = CountLines(sample.Text[..rows.Start(first)], dialect.EndsAtReturn) };
        }

        return dialect with { HeaderRows = options.HeaderRows ?? CountHeaderRows(rows, first, candidate.Width) };
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

    /// <summary>The first record that belongs to the table: those before it are shorter, or have one field that is not empty.</summary>
    private static int FindFirstRow(CsvSampleRows rows, int width)
    {
        if (width < 2)
        {
            return 0;
        }

        for (var row = 0; row < Math.Min(rows.Count, MaxPreambleRows); row++)
        {
            if (rows.FieldCount(row) >= width && CountFilled(rows, row) > (width > 2 ? 1 : 0))
            {
                return row;
            }
        }

        return 0;
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

    private static int CountLines(ReadOnlySpan<byte> text, bool endsAtReturn) =>
        text.Count((byte)'\n') + (endsAtReturn ? text.Count((byte)'\r') - text.Count("\r\n"u8) : 0);

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

        // A number or date is no name.
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
            if (rows.FieldCount(row) == width)
            {
                AddRow(rows, row, guesses, bodyTexts);
            }
        }

        var columns = Math.Min(width, header.Length);
        var differs = Enumerable.Range(0, columns).Any(i => header[i].Length > 0 && !guesses[i].IsEmpty && guesses[i].Type.Kind != Engine.Core.Types.TypeKind.Varchar);
        if (differs)
        {
            return 1;
        }

        // All texts: names are all different, and do not come again below.
        var names = header.Take(columns).Select(bytes => System.Text.Encoding.UTF8.GetString(bytes)).ToArray();
        var repeated = Enumerable.Range(0, columns).Count(i => names[i].Length > 0 && bodyTexts[i].Contains(names[i]));
        var filled = names.Count(name => name.Length > 0);
        return repeated == 0 && filled > 0 && names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Count() == filled ? 1 : 0;
    }

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
