using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Takes a column apart into its leaves with their levels ("Nested Encoding" in README.md of the format).</summary>
internal sealed class ColumnShredder(ColumnChunkWriter[] chunks, MemoryPool pool)
{
    /// <summary>Appends rows of a top-level column to the chunks of its leaves.</summary>
    public void Append(FlatColumn column, StoredNode node, int first, int count)
    {
        using var frame = LevelFrame.OfRows(first, count, pool);
        Append(column, node, frame, count);
    }

    private void Append(FlatColumn column, StoredNode node, LevelFrame frame, int rowCount)
    {
        if (node.IsOptional)
        {
            frame.PassNulls(column);
        }
        else if (column.MayHaveNulls)
        {
            RefuseNulls(column, node, frame);
        }

        switch (column)
        {
            case ListColumn lists:
                using (var items = frame.Items(lists, node.MaxRepetition, pool))
                {
                    Append((FlatColumn)lists.Child, node.Children[0], items, rowCount);
                }

                break;
            case StructColumn row:
                for (var i = 0; i < row.Children.Length; i++)
                {
                    using var fields = frame.Copy(pool);
                    Append((FlatColumn)row.Children[i], node.Children[i], fields, rowCount);
                }

                break;
            default:
                chunks[node.Leaf!.Index].Append(column, frame, rowCount);
                break;
        }
    }

    private static unsafe void RefuseNulls(FlatColumn column, StoredNode node, LevelFrame frame)
    {
        for (var i = 0; i < frame.Count; i++)
        {
            if (frame.Rows[i] >= 0 && column.IsNull(frame.Rows[i]))
            {
                throw new QueryException(ErrorCodes.FeatureNotSupported, $"a map has a NULL key at {string.Join('.', node.Path)}, which Parquet cannot hold");
            }
        }
    }
}
