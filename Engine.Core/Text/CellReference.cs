using Engine.Core.Columns;

namespace Engine.Core.Text;

/// <summary>Where a cell's value really lies: a flat column and a row of it.</summary>
public static class CellReference
{
    /// <summary>Follows constant, dictionary and run-end encodings down to the flat column; false when the cell is NULL.</summary>
    public static bool TryResolve(ref Column column, ref int row)
    {
        while (true)
        {
            if (column.IsNull(row))
            {
                return false;
            }

            switch (column)
            {
                case ConstantColumn constant:
                    (column, row) = (constant.Value, 0);
                    break;
                case DictionaryColumn dictionary:
                    (column, row) = (dictionary.Dictionary, dictionary.Id(row));
                    break;
                case RunEndColumn runs:
                    (column, row) = (runs.Values, runs.RunOf(row));
                    break;
                default:
                    return true;
            }
        }
    }
}
