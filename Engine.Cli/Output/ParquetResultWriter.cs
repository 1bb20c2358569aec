using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Parquet.Writing;

namespace Engine.Cli.Output;

/// <summary>One Parquet file.</summary>
internal sealed class ParquetResultWriter : IResultWriter
{
    private readonly MemoryPool _pool = MemoryPool.CreateRoot("the result's output");
    private readonly ParquetWriter _writer;

    public ParquetResultWriter(Schema schema, Stream output)
    {
        _writer = new ParquetWriter(output, schema, _pool);
    }

    public void Write(Batch batch) => _writer.Write(batch);

    public void Complete() => _writer.Complete();

    public void Dispose()
    {
        _writer.Dispose();
        _pool.Dispose();
    }
}
