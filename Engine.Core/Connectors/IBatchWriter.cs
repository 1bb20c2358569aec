using Engine.Core.Columns;

namespace Engine.Core.Connectors;

/// <summary>Writes the rows of one result in some form: a data format, or a table for people.</summary>
public interface IBatchWriter : IDisposable
{
    /// <summary>Appends the selected rows; the batch stays the caller's.</summary>
    /// <exception cref="Errors.QueryException">For a value that the form cannot hold.</exception>
    void Write(Batch batch);

    /// <summary>All batches were written: what stands behind the last row.</summary>
    void Complete();
}
