using System.Collections.Immutable;
using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>The options of the format csv; null is what sniffing decides.</summary>
internal sealed class CsvOptions
{
    public const int DefaultMaxLineLength = 64 << 20;

    private const string Format = "csv";

    public static readonly ImmutableSortedDictionary<string, string> Descriptions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["delimiter"] = "what stands between fields, one to four characters; also delim and sep",
        ["delim"] = "the same as delimiter",
        ["sep"] = "the same as delimiter",
        ["quote"] = "what stands around fields that hold delimiters or line ends; none for no quoting",
        ["escape"] = "what takes the meaning off the next character inside quotes; the quote itself where quotes are doubled",
        ["header"] = "whether the first record has the column names",
        ["header_rows"] = "how many records of column names are stacked at the start",
        ["skip"] = "lines to leave out at the start",
        ["comment"] = "lines that begin with this character are left out",
        ["nullstr"] = "the unquoted text that stands for NULL, besides the empty field",
        ["encoding"] = TextEncodings.OptionDescription,
        ["new_line"] = "lf, crlf or cr; found out when absent",
        ["dateformat"] = "how dates are written, in letters of strptime such as %d/%m/%Y",
        ["timestampformat"] = "how timestamps are written, in letters of strptime",
        ["decimal_separator"] = "between whole digits and the fraction, point or comma",
        ["columns"] = "names and types of the columns: 'id bigint, name varchar'",
        ["all_varchar"] = "whether every column is read as text",
        ["sample_size"] = "bytes of each file that inference looks at",
        ["fields"] = "how many fields a record has, where that is more than the header names",
        ["ignore_extra"] = "whether fields beyond the last column are left out without being errors",
        ["null_padding"] = "whether fields that a record lacks at its end are NULL without being errors",
        ["blank_before_quote"] = "whether blanks before a quote do not belong to the field",
        ["leading_zeros"] = "number to read 007 as 7, text to refuse it in number columns",
        ["max_line_size"] = "bytes that a record may have",
        ["parallel"] = "whether a file may be read by several threads at once",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private CsvOptions(FormatOptions options)
    {
        var reader = new OptionReader(Format, options, Descriptions);
        Delimiter = ReadDelimiter(reader);
        Quote = reader.Symbol("quote");
        Escape = reader.Symbol("escape");
        Comment = reader.Symbol("comment");
        HeaderRows = (int?)reader.Integer("header_rows", 0, 16) ?? (reader.Boolean("header") is { } hasHeader ? hasHeader ? 1 : 0 : null);
        FieldCount = (int?)reader.Integer("fields", 0, 1 << 20);
        Skip = (int?)reader.Integer("skip", 0, int.MaxValue);
        BlankBeforeQuote = reader.Boolean("blank_before_quote");
        EndsAtReturn = reader.Text("new_line") switch
        {
            null or "auto" => null,
            "lf" or "crlf" or "\\n" or "\\r\\n" or "\n" or "\r\n" => false,
            "cr" or "mixed" or "\\r" or "\r" => true,
            var other => throw reader.Bad("new_line", other, "lf, crlf, cr or mixed is expected"),
        };
        Encoding = reader.Text("encoding") is not { } encoding || encoding is "auto"
            ? null
            : TextEncodings.TryParse(encoding) ?? throw reader.Bad("encoding", encoding, TextEncodings.OptionDescription);
        IgnoresExtra = reader.Boolean("ignore_extra") ?? false;
        PadsWithNull = reader.Boolean("null_padding") ?? false;
        AllVarchar = reader.Boolean("all_varchar") ?? false;
        IsParallel = reader.Boolean("parallel") ?? true;
        SampleLength = (int)(reader.Integer("sample_size", 1 << 10, 1 << 30) ?? DefaultSampleLength);
        MaxLineLength = (int)(reader.Integer("max_line_size", 64, 256 << 20) ?? DefaultMaxLineLength);
        Columns = reader.Text("columns") is { } columns ? new Schema(((RowType)TypeName.Parse($"row({columns})")).Fields) : null;
        HasZerosRule = reader.Text("leading_zeros") is not null;
        Rules = ReadRules(reader);
    }

    public const int DefaultSampleLength = 2 << 20;

    public ImmutableArray<byte>? Delimiter { get; }

    public byte? Quote { get; }

    public byte? Escape { get; }

    public byte? Comment { get; }

    public int? HeaderRows { get; }

    public int? FieldCount { get; }

    public int? Skip { get; }

    public bool? BlankBeforeQuote { get; }

    public bool? EndsAtReturn { get; }

    public TextEncoding? Encoding { get; }

    public bool IgnoresExtra { get; }

    public bool PadsWithNull { get; }

    public bool AllVarchar { get; }

    public bool IsParallel { get; }

    public int SampleLength { get; }

    public int MaxLineLength { get; }

    public Schema? Columns { get; }

    public bool HasZerosRule { get; }

    public ParseRules Rules { get; }

    /// <exception cref="QueryException">22023 for unknown names and values.</exception>
    public static CsvOptions Parse(FormatOptions options) => new(options);

    /// <summary>The dialect that settled options describe.</summary>
    public CsvDialect ToDialect()
    {
        var quote = Quote ?? (byte)'"';
        return new CsvDialect
        {
            Delimiter = Delimiter ?? [(byte)','],
            Quote = quote,
            Escape = Escape ?? quote,
            Comment = Comment ?? 0,
            EndsAtReturn = EndsAtReturn ?? false,
            SkippedLines = Skip ?? 0,
            HeaderRows = HeaderRows ?? 1,
            FieldCount = FieldCount ?? 0,
            AllowsBlankBeforeQuote = BlankBeforeQuote ?? false,
        };
    }

    /// <summary>The options with everything that sniffing found out, so that reading needs no second look.</summary>
    public static FormatOptions Settle(FormatOptions told, CsvDialect dialect, TextEncoding encoding) =>
        new FormatOptions(told.Values.Remove("delim").Remove("sep").Remove("header"))
            .With("delimiter", System.Text.Encoding.Latin1.GetString(dialect.Delimiter.AsSpan()))
            .With("quote", Symbol(dialect.Quote))
            .With("escape", Symbol(dialect.Escape))
            .With("comment", Symbol(dialect.Comment))
            .With("header_rows", dialect.HeaderRows.ToString())
            .With("fields", dialect.FieldCount.ToString())
            .With("skip", dialect.SkippedLines.ToString())
            .With("new_line", dialect.EndsAtReturn ? "mixed" : "lf")
            .With("blank_before_quote", dialect.AllowsBlankBeforeQuote ? "true" : "false")
            .With("encoding", TextEncodings.NameOf(encoding));

    private static string Symbol(byte symbol) => symbol == 0 ? "none" : ((char)symbol).ToString();

    private static ImmutableArray<byte>? ReadDelimiter(OptionReader reader)
    {
        var text = reader.Text("delimiter", "delim", "sep");
        if (text is null or "auto")
        {
            return null;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(text.Replace("\\t", "\t", StringComparison.Ordinal));
        return bytes.Length is >= 1 and <= CsvDialect.MaxDelimiterLength && bytes[0] is not ((byte)'\n' or (byte)'\r')
            ? [.. bytes]
            : throw reader.Bad("delimiter", text, "one to four characters are expected");
    }

    private static ParseRules ReadRules(OptionReader reader) => new()
    {
        NullText = System.Text.Encoding.UTF8.GetBytes(reader.Text("nullstr") ?? ""),
        DecimalSeparator = reader.Symbol("decimal_separator") ?? (byte)'.',
        DatePattern = reader.Text("dateformat") is { } date ? TimestampPattern.Parse(date) : null,
        TimestampPattern = reader.Text("timestampformat") is { } timestamp ? TimestampPattern.Parse(timestamp) : null,
        RefusesLeadingZeros = reader.Text("leading_zeros") switch
        {
            null or "number" => false,
            "text" => true,
            var other => throw reader.Bad("leading_zeros", other, "number or text is expected"),
        },
    };
}
