using System.Collections.Immutable;
using Engine.Core.Columns;

namespace Engine.Exec.Operators.Join;

/// <summary>What NULL means for join keys: a row with one matches nothing, unless the key is one that takes NULL for a value.</summary>
/// <param name="matchesNull">For each key whether NULL equals NULL; none when it never does.</param>
internal sealed class JoinKeys(ImmutableArray<bool> matchesNull)
{
    /// <summary>Whether all rows can match.</summary>
    public bool AllCanMatch(Batch keys) => !Nullable(keys).Any();

    /// <summary>Whether some row has a NULL among its keys, so that it matches nothing.</summary>
    public bool HasNull(Batch keys) => !AllCanMatch(keys) && RowsWithoutNull(keys).Length < keys.RowCount;

    /// <summary>The rows whose keys can match.</summary>
    public int[] RowsWithoutNull(Batch keys)
    {
        var rows = new List<int>(keys.RowCount);
        var nullable = Nullable(keys).ToArray();
        for (var row = 0; row < keys.RowCount; row++)
        {
            var hasNull = false;
            foreach (var column in nullable)
            {
                hasNull |= column.IsNull(row);
            }

            if (!hasNull)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    private IEnumerable<Column> Nullable(Batch keys) => keys.Columns.Where((column, i) => column.MayHaveNulls && (matchesNull.IsEmpty || !matchesNull[i]));
}
