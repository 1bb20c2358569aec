using System.Collections;
using System.Runtime.CompilerServices;

namespace Engine.Parser.Ast;

/// <summary>An immutable list that is equal to another one when the elements are, so that whole trees can be compared.</summary>
[CollectionBuilder(typeof(SyntaxList), nameof(SyntaxList.Create))]
public sealed class SyntaxList<T> : IReadOnlyList<T>, IEquatable<SyntaxList<T>>
    where T : notnull
{
    private readonly T[] _items;

    internal SyntaxList(T[] items) => _items = items;

    public static SyntaxList<T> Empty { get; } = new([]);

    public int Count => _items.Length;

    public bool IsEmpty => _items.Length == 0;

    public T this[int index] => _items[index];

    public ReadOnlySpan<T> AsSpan() => _items;

    public bool Equals(SyntaxList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as SyntaxList<T>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", _items)}]";

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

/// <summary>Makes a <see cref="SyntaxList{T}"/>; collection expressions use it.</summary>
public static class SyntaxList
{
    public static SyntaxList<T> Create<T>(ReadOnlySpan<T> items)
        where T : notnull => items.IsEmpty ? SyntaxList<T>.Empty : new SyntaxList<T>(items.ToArray());

    public static SyntaxList<T> ToSyntaxList<T>(this IEnumerable<T> items)
        where T : notnull => Create<T>(items.ToArray());
}
