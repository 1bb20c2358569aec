using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.ObjectStores.Local;

namespace Engine.Storage.Parquet.Writing;

/// <summary>A local Parquet file that is whole or not there: see <see cref="PendingFile"/>.</summary>
public sealed class ParquetFileWriter : IDisposable
{
    private readonly PendingFile _file;
    private readonly ParquetWriter _writer;

    /// <exception cref="Core.Errors.QueryException">As <see cref="ParquetWriter"/>, and where the file cannot be made.</exception>
    public ParquetFileWriter(string path, Schema schema, MemoryPool pool, ParquetWriteOptions? options = null)
    {
        _file = new PendingFile(path);
        try
        {
            _writer = new ParquetWriter(_file.Stream, schema, pool, options);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Appends the selected rows; the batch stays the caller's.</summary>
    public void Write(Batch batch) => _writer.Write(batch);

    /// <summary>Ends the file and gives it its name.</summary>
    public void Complete()
    {
        _writer.Complete();
        _file.Commit();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }
}
