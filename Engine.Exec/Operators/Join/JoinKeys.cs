using Engine.Core.Columns;

namespace Engine.Exec.Operators.Join;

/// <summary>What NULL means for join keys.</summary>
internal static class JoinKeys
{
    /// <summary>Whether some row has a NULL among its keys.</summary>
    public static bool HasNull(Batch keys) => keys.Columns.Any(column => column.MayHaveNulls) && RowsWithoutNull(keys).Length < keys.RowCount;

    /// <summary>The rows whose keys all have values.</summary>
    public static int[] RowsWithoutNull(Batch keys)
    {
        var rows = new List<int>(keys.RowCount);
        var nullable = keys.Columns.Where(column => column.MayHaveNulls).ToArray();
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
}
