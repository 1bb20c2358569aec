using System.Collections;
using System.Collections.Immutable;

namespace Engine.Core.Types;

/// <summary>The ordered fields of a table, a batch or a plan node's output. Names may repeat.</summary>
public sealed class Schema(ImmutableArray<Field> fields) : IReadOnlyList<Field>, IEquatable<Schema>
{
    public static readonly Schema Empty = new(ImmutableArray<Field>.Empty);

    public static Schema Of(params ReadOnlySpan<Field> fields) => new([.. fields]);

    public ImmutableArray<Field> Fields { get; } = fields;

    public int Count => Fields.Length;

    public Field this[int index] => Fields[index];

    /// <summary>The index of the first field with exactly this name, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (string.Equals(Fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    public bool Equals(Schema? other) => other is not null && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Schema);

    public override int GetHashCode() => Fields.Length == 0 ? 0 : HashCode.Combine(Fields.Length, Fields[0]);

    public override string ToString() => $"({string.Join(", ", Fields)})";

    public IEnumerator<Field> GetEnumerator() => ((IEnumerable<Field>)Fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
