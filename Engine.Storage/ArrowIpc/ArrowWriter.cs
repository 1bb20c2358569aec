using Engine.Core.Arrow;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.ArrowIpc;

/// <summary>Arrow IPC: a stream into a pipe, a random access file into a file.</summary>
public sealed class ArrowWriter(Schema schema, Stream output, MemoryPool pool, bool isFile, ArrowCompression compression = ArrowCompression.None) : IBatchWriter
{
    private readonly ArrowIpcWriter _writer = new(output, schema, pool, new ArrowWriteOptions(isFile, compression, ArrowCodec.Instance));

    /// <summary>Whether a file of this name wants the random access format; two suffixes stand for streams.</summary>
    public static bool IsFileName(string path) =>
        !path.EndsWith(".arrows", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".arrow_stream", StringComparison.OrdinalIgnoreCase);

    public void Write(Batch batch) => _writer.Write(batch);

    public void Complete() => _writer.Complete();

    public void Dispose()
    {
    }
}
