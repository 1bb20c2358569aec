using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Cli.Output;

/// <summary>Arrow IPC: a stream into a pipe, a random access file into a file.</summary>
internal sealed class ArrowWriter : IResultWriter
{
    private readonly MemoryPool _pool = MemoryPool.CreateRoot("the result's output");
    private readonly ArrowIpcWriter _writer;

    public ArrowWriter(Schema schema, Stream output, bool isFile)
    {
        _writer = new ArrowIpcWriter(output, schema, _pool, new ArrowWriteOptions(isFile));
    }

    /// <summary>Whether a file of this name wants the random access format; two suffixes stand for streams.</summary>
    public static bool IsFileName(string path) =>
        !path.EndsWith(".arrows", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".arrow_stream", StringComparison.OrdinalIgnoreCase);

    public void Write(Batch batch) => _writer.Write(batch);

    public void Complete() => _writer.Complete();

    public void Dispose() => _pool.Dispose();
}
