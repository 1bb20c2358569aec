using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>How documents follow each other in a file.</summary>
internal enum JsonFraming : byte
{
    /// <summary>One document a line.</summary>
    Lines,

    /// <summary>One array whose items are the documents.</summary>
    Array,

    /// <summary>Documents after each other, over as many lines as they like.</summary>
    Concatenated,
}

/// <summary>The options of the format json; null is what looking decides.</summary>
internal sealed class JsonOptions
{
    public static readonly ImmutableSortedDictionary<string, string> Descriptions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["format"] = "lines (one document a line), array (one array of documents) or concatenated; found out when absent",
        ["columns"] = "names and types of the columns: 'id bigint, tags array(varchar)'",
        ["records"] = "whether the keys of the documents are columns; if not, each document is one value in the column json",
        ["encoding"] = TextEncodings.OptionDescription,
        ["dateformat"] = "how dates are written, in letters of strptime",
        ["timestampformat"] = "how timestamps are written, in letters of strptime",
        ["sample_size"] = "bytes of each file that inference looks at",
        ["max_document_size"] = "bytes that a document may have",
        ["parallel"] = "whether a file may be read by several threads at once",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private const int DefaultSampleLength = 4 << 20;
    private const int DefaultMaxDocumentLength = 64 << 20;

    private JsonOptions(FormatOptions options)
    {
        var reader = new OptionReader("json", options, Descriptions);
        Framing = reader.Text("format") switch
        {
            null or "auto" => null,
            "lines" or "newline_delimited" or "nd" => JsonFraming.Lines,
            "array" => JsonFraming.Array,
            "concatenated" or "unstructured" => JsonFraming.Concatenated,
            var other => throw reader.Bad("format", other, "lines, array or concatenated is expected"),
        };
        Columns = reader.Text("columns") is { } columns ? new Schema(((RowType)TypeName.Parse($"row({columns})")).Fields) : null;
        AreRecords = reader.Boolean("records");
        Encoding = reader.Text("encoding") is not { } encoding || encoding is "auto"
            ? null
            : TextEncodings.TryParse(encoding) ?? throw reader.Bad("encoding", encoding, TextEncodings.OptionDescription);
        Rules = new ParseRules
        {
            DatePattern = reader.Text("dateformat") is { } date ? TimestampPattern.Parse(date) : null,
            TimestampPattern = reader.Text("timestampformat") is { } timestamp ? TimestampPattern.Parse(timestamp) : null,
        };
        SampleLength = (int)(reader.Integer("sample_size", 1 << 10, 1 << 30) ?? DefaultSampleLength);
        MaxDocumentLength = (int)(reader.Integer("max_document_size", 64, 1 << 30) ?? DefaultMaxDocumentLength);
        IsParallel = reader.Boolean("parallel") ?? true;
    }

    public JsonFraming? Framing { get; }

    public Schema? Columns { get; }

    public bool? AreRecords { get; }

    public TextEncoding? Encoding { get; }

    public ParseRules Rules { get; }

    public int SampleLength { get; }

    public int MaxDocumentLength { get; }

    public bool IsParallel { get; }

    /// <exception cref="Engine.Core.Errors.QueryException">22023 for unknown names and values.</exception>
    public static JsonOptions Parse(FormatOptions options) => new(options);

    /// <summary>The options with what looking found out.</summary>
    public static FormatOptions Settle(FormatOptions told, JsonFraming framing, bool areRecords, TextEncoding encoding) =>
        told.With("format", framing switch { JsonFraming.Lines => "lines", JsonFraming.Array => "array", _ => "concatenated" })
            .With("records", areRecords ? "true" : "false")
            .With("encoding", TextEncodings.NameOf(encoding));
}
