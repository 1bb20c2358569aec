namespace Engine.Storage.Parquet.Writing;

/// <summary>The distinct values of a column chunk in the order in which they came, and the hash table that finds their ids.</summary>
internal abstract class ValueDictionary : IDisposable
{
    public abstract ValueBuffer Entries { get; }

    /// <summary>Gives every value its id, and new ones a new one.</summary>
    /// <param name="values">Of the type of the entries.</param>
    /// <param name="ids">One for each value.</param>
    /// <param name="maxBytes">Of the entries, plain encoded.</param>
    /// <returns>False when the dictionary is full; what was added stays, and serves nobody.</returns>
    public abstract bool TryEncode(ValueBuffer values, Span<int> ids, long maxBytes);

    public abstract void Dispose();
}
