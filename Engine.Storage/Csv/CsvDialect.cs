using System.Collections.Immutable;

namespace Engine.Storage.Csv;

/// <summary>How records and fields of a CSV file are told apart.</summary>
internal sealed record CsvDialect
{
    public const int MaxDelimiterLength = 4;

    /// <summary>One to four bytes between fields.</summary>
    public ImmutableArray<byte> Delimiter { get; init; } = [(byte)','];

    /// <summary>The byte around fields that hold delimiters or line ends; 0 for none.</summary>
    public byte Quote { get; init; } = (byte)'"';

    /// <summary>The byte that takes the meaning off the next one: the quote itself when quotes are doubled; 0 for none.</summary>
    public byte Escape { get; init; } = (byte)'"';

    /// <summary>The byte that makes a line a comment when it is its first; 0 for none.</summary>
    public byte Comment { get; init; }

    /// <summary>Whether a carriage return ends a record on its own.</summary>
    public bool EndsAtReturn { get; init; }

    /// <summary>Lines before the header or the first record.</summary>
    public int SkippedLines { get; init; }

    /// <summary>Records with column names before the data: 0 or 1, or more where names are stacked.</summary>
    public int HeaderRows { get; init; }

    /// <summary>Fields that records have where that is more than the header names; else 0.</summary>
    public int FieldCount { get; init; }

    /// <summary>Whether blanks before a field's quote do not belong to it.</summary>
    public bool AllowsBlankBeforeQuote { get; init; }

    public byte FirstDelimiter => Delimiter[0];

    public bool IsQuoteDoubled => Quote != 0 && Escape == Quote;

    /// <summary>Whether a backslash or the like must be looked for.</summary>
    public bool HasEscapeByte => Escape != 0 && Escape != Quote;

    /// <summary>Whether vector code can find fields without looking at neighbours.</summary>
    public bool IsPlain => Delimiter.Length == 1 && Comment == 0 && !HasEscapeByte && !AllowsBlankBeforeQuote && !EndsAtReturn;
}
