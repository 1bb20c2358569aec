using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;

namespace Engine.Storage.Connectors;

/// <summary>Adds partition and hidden columns, which are the same for all rows of a file, to what a format reads.</summary>
internal sealed class FileTableBatchSource(IBatchSource inner, FileTableLayout layout, PartitionedFile file, ScanContext context) : IBatchSource
{
    public Batch? Next(CancellationToken cancellationToken)
    {
        using var batch = inner.Next(cancellationToken);
        if (batch is null)
        {
            return null;
        }

        var columns = ImmutableArray.CreateBuilder<Column>(layout.Origins.Length);
        foreach (var (origin, index) in layout.Origins)
        {
            columns.Add(origin switch
            {
                ColumnOrigin.File => batch[index].Retain(),
                ColumnOrigin.Partition => Constant(
                    layout.Table.PartitionSchema[index].Type,
                    PartitionValue.Parse(file.PartitionValues[index], layout.Table.PartitionSchema[index], file.File.Path),
                    batch.RowCount),
                _ => Constant(HiddenColumns.All[index].Type, HiddenValue(index), batch.RowCount),
            });
        }

        return new Batch(columns.MoveToImmutable(), batch.RowCount);
    }

    public void Dispose() => inner.Dispose();

    private Column Constant(Engine.Core.Types.DataType type, object? value, int rowCount) => ColumnValue.ToConstant(type, value, rowCount, context.Pool);

    private object HiddenValue(int index) => HiddenColumns.All[index] == HiddenColumns.Path
        ? file.File.Path
        : (file.File.ModifiedAt - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
