using Engine.Core.Columns;

namespace Engine.Exec.Pipelines;

/// <summary>
/// Where batches go. An instance belongs to one driver; what drivers share stands behind it. Calls come as
/// (<see cref="BeginMorsel"/> <see cref="Push"/>* <see cref="EndMorsel"/>)* <see cref="Complete"/>.
/// </summary>
public interface IBatchSink : IDisposable
{
    /// <summary>What is pushed from now on comes from this piece of the pipeline's input; pieces are numbered in the input's order.</summary>
    void BeginMorsel(int morsel);

    /// <summary>Takes a batch over. False: no more rows are wanted, from anyone.</summary>
    bool Push(Batch batch);

    /// <summary>The piece has no more rows.</summary>
    void EndMorsel();

    /// <summary>The driver has no more input.</summary>
    void Complete();
}
