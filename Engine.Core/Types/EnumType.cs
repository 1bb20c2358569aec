using System.Collections.Immutable;
using System.Text;

namespace Engine.Core.Types;

/// <summary>A type of a few words in an order; a value is the place of its word, counted from 0. Types of the same words are the same type.</summary>
public sealed record EnumType : DataType
{
    private const int MaxStackText = 128;

    private readonly ImmutableArray<byte[]> _texts;
    private readonly Dictionary<string, int> _places;

    /// <param name="labels">The words; no two are the same.</param>
    /// <param name="name">What CREATE TYPE calls it, for messages; null for none.</param>
    public EnumType(ImmutableArray<string> labels, string? name = null)
        : base(TypeKind.Enum)
    {
        Labels = labels;
        Name = name;
        _texts = [.. labels.Select(Encoding.UTF8.GetBytes)];
        _places = labels.Select((label, place) => (label, place)).ToDictionary(pair => pair.label, pair => pair.place, StringComparer.Ordinal);
    }

    public ImmutableArray<string> Labels { get; }

    /// <summary>What CREATE TYPE calls it; of no account for whether types are the same.</summary>
    public string? Name { get; }

    public override ColumnLayout Layout => ColumnLayout.Fixed;

    public override int ByteWidth => sizeof(int);

    /// <summary>The word of a value, as UTF-8.</summary>
    public ReadOnlySpan<byte> Text(int place) => _texts[place];

    /// <summary>The value of a word.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out int place)
    {
        if (text.Length > MaxStackText)
        {
            return _places.TryGetValue(Encoding.UTF8.GetString(text), out place);
        }

        Span<char> characters = stackalloc char[MaxStackText];
        return _places.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..Encoding.UTF8.GetChars(text, characters)], out place);
    }

    public bool Equals(EnumType? other) => other is not null && (ReferenceEquals(this, other) || Labels.AsSpan().SequenceEqual(other.Labels.AsSpan()));

    public override int GetHashCode() => HashCode.Combine(Labels.Length, Labels.IsEmpty ? string.Empty : Labels[0]);

    public override string ToString() => $"enum({string.Join(", ", Labels.Select(label => $"'{label.Replace("'", "''", StringComparison.Ordinal)}'"))})";
}
