using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Text;

namespace Engine.Storage.Tests.Parquet.Damage;

/// <summary>Looks at every value of a batch, as a query would: whatever in it points outside shows then.</summary>
internal static class Rows
{
    /// <summary>A row of a damaged file can have millions of items.</summary>
    private const int MaxTextLength = 1 << 20;

    public static void Touch(Batch batch, MemoryPool pool)
    {
        var text = new ByteWriter();
        foreach (var column in batch.Columns)
        {
            using var flat = column.Flatten(pool);
            for (var row = 0; row < batch.RowCount && text.Length < MaxTextLength; row++)
            {
                ColumnText.TryWrite(flat, row, text);
            }

            text.Clear();
        }
    }
}
