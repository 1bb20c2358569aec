using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Exec.Keys;
using Engine.Exec.Spill;

namespace Engine.Exec.Operators.Join;

/// <summary>
/// Both sides of a join on disk, in partitions by the hashes of their keys: rows that can match lie in partitions of the same number. The keys stand
/// behind the columns. (Grace hash join: Kitsuregawa, Tanaka, Moto-oka, 1983.)
/// </summary>
internal sealed class SpilledJoin(SpillArea area) : IDisposable
{
    private readonly SpillPartitions _build = new(area);
    private readonly SpillPartitions _probe = new(area);

    /// <summary>Moves the rows of a part to disk. Called by many threads, each with an encoder of its own.</summary>
    public void WriteBuild(BuildPart part, KeyEncoder encoder)
    {
        if (part.Rows.Count > 0)
        {
            var columnCount = part.Rows.ColumnCount;
            using var rows = part.Take();
            Write(_build, rows, columnCount, encoder);
        }
    }

    /// <summary>Puts rows that are to be matched on disk; they stay the caller's.</summary>
    public void WriteProbe(Batch batch, Batch keys, KeyEncoder encoder)
    {
        using var rows = new Batch([.. batch.Columns.Concat(keys.Columns).Select(column => column.Retain())], batch.RowCount);
        Write(_probe, rows, batch.Columns.Length, encoder);
    }

    public IBatchSource OpenBuild(int partition) => _build.Open(partition);

    public IBatchSource OpenProbe(int partition) => _probe.Open(partition);

    public void Dispose()
    {
        _build.Dispose();
        _probe.Dispose();
    }

    private unsafe void Write(SpillPartitions target, Batch rows, int columnCount, KeyEncoder encoder)
    {
        for (var start = 0; start < rows.RowCount; start += Batch.DefaultRowCount)
        {
            using var part = rows.Slice(start, Math.Min(Batch.DefaultRowCount, rows.RowCount - start), area.Pool);
            var keys = encoder.Encode(part.Columns.AsSpan()[columnCount..], part.RowCount);
            var hashes = area.Pool.Allocate((long)part.RowCount * sizeof(ulong), "hashes");
            using var lease = new BufferSlice(hashes).AsDisposable();
            var values = new Span<ulong>(hashes.Pointer, part.RowCount);
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = KeyHash.Of(keys.Pointer(row), keys.Length(row));
            }

            target.Write(part.Columns, values);
        }
    }
}
