using System.Collections.Immutable;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Writing;

/// <summary>A column as the file stores it: one for each leaf of the schema's tree.</summary>
/// <param name="Index">Its place among the leaves.</param>
/// <param name="Path">The names from the root to it.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Element">How these are stored.</param>
/// <param name="MaxDefinition">The definition level of a value.</param>
/// <param name="MaxRepetition">How many lists it lies in.</param>
internal sealed record StoredLeaf(int Index, ImmutableArray<string> Path, DataType Type, SchemaElement Element, int MaxDefinition, int MaxRepetition)
{
    public string DottedPath => string.Join('.', Path);
}
