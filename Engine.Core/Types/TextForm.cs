namespace Engine.Core.Types;

/// <summary>PostgreSQL's types of text.</summary>
public enum TextKind : byte
{
    Text,

    /// <summary><c>varchar(n)</c>, or without n.</summary>
    Varying,

    /// <summary>A name of the catalog.</summary>
    Name,

    /// <summary>The type <c>"char"</c>, by which the catalog tells kinds of things.</summary>
    Letter,
}

/// <summary>What clients are told of a column of text, or of arrays of such; its values are text like any other.</summary>
/// <param name="Kind">Its type in PostgreSQL.</param>
/// <param name="Length">The n of <c>varchar(n)</c>; 0 for none.</param>
public readonly record struct TextForm(TextKind Kind, int Length = 0)
{
    public int? MaxLength => Kind == TextKind.Varying && Length > 0 ? Length : null;

    /// <summary>Text, or <c>varchar(n)</c>.</summary>
    public static TextForm OfLength(int? maxLength) => maxLength is { } length ? new TextForm(TextKind.Varying, length) : default;
}
