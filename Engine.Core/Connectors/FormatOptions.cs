using System.Collections.Immutable;

namespace Engine.Core.Connectors;

/// <summary>What is told about a file format, by name: from a catalog file, a table function's named arguments, or settled by inference.</summary>
public sealed class FormatOptions(ImmutableSortedDictionary<string, string> values) : IEquatable<FormatOptions>
{
    public static readonly FormatOptions None = new(ImmutableSortedDictionary<string, string>.Empty);

    public ImmutableSortedDictionary<string, string> Values { get; } = values;

    public string? this[string name] => Values.GetValueOrDefault(name);

    public FormatOptions With(string name, string value) => new(Values.SetItem(name, value));

    public bool Equals(FormatOptions? other) => other is not null && Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as FormatOptions);

    public override int GetHashCode() => Values.Count;
}
