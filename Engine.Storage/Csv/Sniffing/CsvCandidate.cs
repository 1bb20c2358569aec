using Engine.Core.Text;

namespace Engine.Storage.Csv.Sniffing;

/// <summary>A dialect and how much like a table the sample is under it.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Width">Fields that most records have.</param>
internal sealed record CsvCandidate(CsvDialect Dialect, double Score, int Width)
{
    private const double SingleColumn = 0.001;

    /// <summary>Judges by how even the records are, how many fields they have, and how many fields are values of a known kind.</summary>
    public static CsvCandidate Judge(CsvSample sample, CsvDialect dialect, CsvOptions options, int length)
    {
        var start = CsvFileStart.SkipLines(sample.Text, options.Skip ?? 0, dialect.EndsAtReturn);
        using var rows = sample.Cut(dialect, start, length);
        var counts = new Dictionary<int, int>();
        var rowCount = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (!rows.IsBlank(row))
            {
                rowCount++;
                counts[rows.FieldCount(row)] = counts.GetValueOrDefault(rows.FieldCount(row)) + 1;
            }
        }

        if (rowCount == 0)
        {
            return new CsvCandidate(dialect, 0, 1);
        }

        // One record alone does not show how many fields there are, when the others say otherwise.
        var (width, even) = counts.Where(entry => entry.Value > 1 || rowCount < 3 || counts.Count == rowCount).OrderByDescending(entry => (long)entry.Value * (entry.Key > 1 ? 2 : 1)).ThenByDescending(entry => entry.Key).First();
        var evenness = (double)even / rowCount;
        var (known, malformed) = JudgeFields(rows, width, dialect);
        var fields = (width - 1 + SingleColumn) / width;
        var sound = 1 - ((double)malformed / rowCount);
        var score = Prior(dialect) * evenness * Math.Sqrt(evenness) * fields * known * Math.Pow(sound, 3);
        return new CsvCandidate(dialect, score, width);
    }

    /// <summary>Delimiters that also stand in texts must look better than those that do not.</summary>
    private static double Prior(CsvDialect dialect) => dialect.Delimiter[0] switch
    {
        _ when dialect.Delimiter.Length > 1 => 1.0001,
        (byte)',' or (byte)';' or (byte)'\t' or (byte)'|' => 1,
        (byte)' ' => 0.7,
        (byte)':' => 0.75,
        _ => 0.85,
    };

    private static (double Known, int Malformed) JudgeFields(CsvSampleRows rows, int width, CsvDialect dialect)
    {
        var scratch = new ByteWriter();
        var known = 0;
        var total = 0;
        var malformed = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var isMalformed = false;
            var isEven = rows.FieldCount(row) == width;
            for (var field = 0; field < rows.FieldCount(row); field++)
            {
                var raw = rows.Rows.Raw(row, field, out var flags);
                isMalformed |= (flags & CsvIndex.Malformed) != 0;
                if (isEven && !raw.IsEmpty)
                {
                    total++;
                    known += IsKnown(rows.Rows.Value(row, field, out _, scratch), flags, dialect) ? 1 : 0;
                }
            }

            malformed += isMalformed ? 1 : 0;
        }

        return (total == 0 ? 0.5 : (double)known / total, malformed);
    }

    /// <summary>A number, a time, or a text without the signs of a wrong cut.</summary>
    private static bool IsKnown(ReadOnlySpan<byte> text, uint flags, CsvDialect dialect)
    {
        if ((flags & CsvIndex.Quoted) != 0)
        {
            return (flags & CsvIndex.Malformed) == 0;
        }

        if (ValueShape.Of(text, Storage.Text.ParseRules.Default) != ValueTypes.None)
        {
            return true;
        }

        // Where a comma and a blank stand between fields, a comma without one is odd.
        var isCutTooRarely = dialect.Delimiter.Length > 1 && text.Contains(dialect.FirstDelimiter);
        return !isCutTooRarely && text.IndexOfAny("\"\t;|"u8) < 0 && text[0] != '\'' && text[^1] != '\'' && text[^1] != ',' && !AsciiText.IsBlank(text[0]);
    }
}
