using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>What evaluation may use.</summary>
public sealed record EvaluationContext(MemoryPool Pool, SessionContext Session);

/// <summary>
/// A bound expression made ready to run. Evaluators are per thread. They compute every row of a batch and ignore its selection, so a batch whose
/// unselected rows could raise errors is compacted first.
/// </summary>
public abstract class Evaluator(DataType type) : IDisposable
{
    public DataType Type { get; } = type;

    /// <summary>A column of the batch's length, of any encoding, which the caller disposes.</summary>
    public abstract Column Evaluate(EvaluationContext context, Batch batch);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
