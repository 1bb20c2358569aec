using System.Collections.Immutable;
using Engine.Core.Text;

namespace Engine.Storage.Csv.Sniffing;

/// <summary>Finds the dialect of a file: every candidate cuts the sample into records, and the one whose records look most like a table wins.</summary>
internal static class CsvSniffer
{
    private const int MaxLength = 256 << 10;

    private static readonly ImmutableArray<string> Delimiters = [",", ";", "\t", "|", ", ", "; ", ":", "~", "^", " ", "||", "&", "#", "\u0001"];

    private static readonly ImmutableArray<(byte Quote, byte Escape)> Quotings =
    [
        ((byte)'"', (byte)'"'), ((byte)'"', (byte)'\\'), ((byte)'\'', (byte)'\''), ((byte)'\'', (byte)'\\'), (0, 0),
    ];

    /// <summary>The dialect, where options leave it open.</summary>
    public static CsvDialect Sniff(CsvSample sample, CsvOptions options)
    {
        var fallback = options.ToDialect() with { EndsAtReturn = options.EndsAtReturn ?? HasLoneReturns(sample.Text) };
        var best = default(CsvCandidate);
        foreach (var dialect in Candidates(sample, options, fallback))
        {
            var candidate = CsvCandidate.Judge(sample, dialect, options, MaxLength);
            if (best is null || candidate.Score > best.Score + 1e-9)
            {
                best = candidate;
            }
        }

        return CsvTableFinder.Settle(sample, best!, options);
    }

    private static IEnumerable<CsvDialect> Candidates(CsvSample sample, CsvOptions options, CsvDialect fallback)
    {
        var delimiters = options.Delimiter is { } delimiter
            ? [delimiter]
            : FindDelimiters(sample.Text[..Math.Min(sample.Length, MaxLength)]);

        foreach (var bytes in delimiters)
        {
            foreach (var (quote, escape) in Quotings)
            {
                if ((options.Quote is { } q && q != quote && !(q != 0 && q is not ((byte)'"' or (byte)'\'') && quote == '"'))
                    || (options.Quote is null && quote != 0 && !sample.Text.Contains(quote))
                    || (options.Escape is null && escape == '\\' && !sample.Text.Contains(escape))
                    || (options.Escape is { } e && e != escape && !(e is not (byte)'\\' && quote == escape)))
                {
                    continue;
                }

                var actualQuote = options.Quote ?? quote;
                yield return fallback with
                {
                    Delimiter = bytes,
                    Quote = actualQuote,
                    Escape = options.Escape ?? (escape == quote ? actualQuote : escape),
                };
            }
        }
    }

    /// <summary>
    /// Those that the text has, and the comma, for a file of one column. None that would cut what is one value: where most lines are each a time,
    /// or one text in quotes, nothing inside them is a delimiter.
    /// </summary>
    private static ImmutableArray<byte>[] FindDelimiters(ReadOnlySpan<byte> text)
    {
        var whole = 0;
        var lines = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = AsciiText.Trim(text[range]);
            lines += line.IsEmpty ? 0 : 1;
            whole += IsOneValue(line) ? 1 : 0;
        }

        if (whole > 0 && whole * 2 >= lines)
        {
            return [[(byte)',']];
        }

        var found = new List<ImmutableArray<byte>>();
        foreach (var delimiter in Delimiters)
        {
            ImmutableArray<byte> bytes = [.. delimiter.Select(symbol => (byte)symbol)];
            if (delimiter == "," || text.IndexOf(bytes.AsSpan()) >= 0)
            {
                found.Add(bytes);
            }
        }

        return [.. found];
    }

    private static bool IsOneValue(ReadOnlySpan<byte> line)
    {
        const ValueTypes Times = ValueTypes.Date | ValueTypes.Time | ValueTypes.Timestamp | ValueTypes.TimestampNanos | ValueTypes.TimestampTz;
        return line is [(byte)'"', .. var inner, (byte)'"'] ? !inner.Contains((byte)'"') : (ValueShape.Of(line, Storage.Text.ParseRules.Default) & Times) != ValueTypes.None;
    }

    /// <summary>Whether carriage returns end lines on their own somewhere.</summary>
    private static bool HasLoneReturns(ReadOnlySpan<byte> text)
    {
        var returns = text.Count((byte)'\r');
        var pairs = text.Count("\r\n"u8);
        var feeds = text.Count((byte)'\n');

        // A single return inside a quoted text is no reason to give vector code up.
        return returns - pairs > 0 && (feeds == 0 || returns - pairs > (feeds / 4));
    }
}
