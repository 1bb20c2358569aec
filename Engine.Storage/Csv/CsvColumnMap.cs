using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Storage.Csv;

/// <summary>Which field of a file's records each column of the table is.</summary>
/// <param name="Fields">A place in the record for each column of the schema; -1 where the file has no such column.</param>
/// <param name="FieldCount">Fields that a record of this file has.</param>
internal sealed record CsvColumnMap(ImmutableArray<int> Fields, int FieldCount)
{
    /// <summary>
    /// By name where the file has a header, exactly or else but for case; by place where it has none, or where a header has none of the names
    /// but as many of them.
    /// </summary>
    public static CsvColumnMap Create(Schema schema, string[]? names, int fieldCount)
    {
        if (names is null)
        {
            return new CsvColumnMap([.. Enumerable.Range(0, schema.Count)], schema.Count);
        }

        var unique = CsvHeader.MakeUnique(names, Math.Max(fieldCount, names.Length));
        var fields = schema.Select(column => Find(unique, column.Name)).ToImmutableArray();
        return fields.All(field => field < 0) && schema.Count <= unique.Length
            ? new CsvColumnMap([.. Enumerable.Range(0, schema.Count)], unique.Length)
            : new CsvColumnMap(fields, unique.Length);
    }

    private static int Find(string[] names, string name)
    {
        var exact = Array.IndexOf(names, name);
        return exact >= 0 ? exact : Array.FindIndex(names, other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
    }
}
