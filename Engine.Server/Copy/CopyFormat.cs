using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Parquet.Writing;

namespace Engine.Server.Copy;

/// <summary>The form in which COPY writes rows, its options settled.</summary>
/// <param name="name">csv, parquet ...</param>
/// <param name="open">Begins to write.</param>
public sealed class CopyFormat(string name, Func<Schema, Stream, MemoryPool, IBatchWriter> open)
{
    public string Name => name;

    /// <summary>Whether its bytes are no text.</summary>
    public bool IsBinary => name is "binary" or "arrow" or "parquet";

    /// <summary>What the rows have to be sorted by before they are written.</summary>
    internal IReadOnlyList<SortedColumn> SortedBy { get; init; } = [];

    /// <summary>Begins to write.</summary>
    /// <param name="schema">Of the rows.</param>
    /// <param name="output">Stays the caller's.</param>
    /// <param name="pool">Holds what waits to be written.</param>
    public IBatchWriter Open(Schema schema, Stream output, MemoryPool pool) => open(schema, output, pool);
}
