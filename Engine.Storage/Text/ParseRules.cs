using Engine.Core.Text;

namespace Engine.Storage.Text;

/// <summary>How the values of a text file are spelled where that differs from SQL's own text form.</summary>
internal sealed record ParseRules
{
    public static readonly ParseRules Default = new();

    /// <summary>The unquoted text that stands for NULL.</summary>
    public byte[] NullText { get; init; } = [];

    /// <summary>Between the digits of a number and its fraction.</summary>
    public byte DecimalSeparator { get; init; } = (byte)'.';

    public TimestampPattern? DatePattern { get; init; }

    public TimestampPattern? TimestampPattern { get; init; }

    /// <summary>Whether an integer such as 007 is refused: where types were inferred it would have made its column text.</summary>
    public bool RefusesLeadingZeros { get; init; }

    public bool IsPlainNumber => DecimalSeparator == '.';
}
