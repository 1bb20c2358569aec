using Engine.Core.Text;

namespace Engine.Storage.Csv;

/// <summary>How delimited text is written.</summary>
/// <param name="Delimiter">Between fields; no quote, backslash or line break.</param>
public sealed record DelimitedOptions(byte Delimiter)
{
    /// <summary>CSV (RFC 4180): a header, NULL as an empty field and the empty string as <c>""</c>.</summary>
    public static readonly DelimitedOptions Csv = new((byte)',');

    /// <summary>Tabs; line breaks, tabs and backslashes in values are escaped by a backslash, NULL is <c>\N</c>, as PostgreSQL's text format has it.</summary>
    public static readonly DelimitedOptions Tsv = new((byte)'\t') { Quote = null, NullText = @"\N" };

    /// <summary>What surrounds fields that need it, doubled inside; null when backslashes escape in its place.</summary>
    public byte? Quote { get; init; } = (byte)'"';

    public bool HasHeader { get; init; } = true;

    /// <summary>What stands for NULL, never between quotes; a value that looks like it is.</summary>
    public string NullText { get; init; } = "";

    /// <summary>What else the text depends on.</summary>
    public TextContext Context { get; init; } = TextContext.Utc;

    /// <summary>Columns whose values are always between quotes.</summary>
    public Func<string, bool> IsAlwaysQuoted { get; init; } = _ => false;
}
