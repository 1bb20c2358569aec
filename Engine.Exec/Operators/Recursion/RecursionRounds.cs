using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Shared;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Recursion;

/// <summary>
/// The rows of a recursion, round by round: each round's are given to who asked, then are the input of the next. (Semi-naive evaluation: Bancilhon, "Naive Evaluation of Recursively
/// Defined Relations", 1986.)
/// </summary>
internal sealed class RecursionRounds : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RecursionNode _node;
    private readonly QueryContext _execution;
    private readonly SpillArea _spill;
    private SharedRows? _input;
    private SharedRows? _output;
    private readonly KeyEncoder _encoder;
    private readonly KeyTable _known;

    public RecursionRounds(RecursionNode node, SpillArea spill, QueryContext execution)
    {
        _node = node;
        _execution = execution;
        _spill = spill;
        _encoder = new KeyEncoder([.. node.Output.Select(field => new KeyColumn(field.Type))], execution.Pool);
        _known = new KeyTable(_encoder.FixedWidth, execution.Pool);
    }

    /// <summary>Makes the rows of the last round the input of the next one, which begins now; null when there are none.</summary>
    public SharedRows? Begin()
    {
        _input?.Dispose();
        (_input, _output) = (_output, null);
        if (_input is { RowCount: 0 })
        {
            return null;
        }

        _output = NewRows();
        return _input;
    }

    /// <summary>Takes in the rows of the round that has begun.</summary>
    public IBatchSink CreateSink() => _node.IsAll ? _output!.CreateSink() : new NewRowsOperator(this, _output!.CreateSink());

    /// <summary>The rows that the last round made.</summary>
    public IMorselSource OpenInput() => _input!.Open([.. Enumerable.Range(0, _node.Output.Count)]);

    public void Dispose()
    {
        _input?.Dispose();
        _output?.Dispose();
        _encoder.Dispose();
        _known.Dispose();
    }

    private SharedRows NewRows() => new([.. _node.Output.Select(field => field.Type)], _spill, _execution);

    /// <summary>The rows that did not come before, in this round or another.</summary>
    private int[] Choose(Batch rows)
    {
        lock (_lock)
        {
            var newRows = new List<int>();
            var groups = new int[rows.RowCount];
            _known.FindOrAdd(_encoder.Encode(rows.Columns.AsSpan(), rows.RowCount), groups, newRows);
            return [.. newRows];
        }
    }

    /// <summary>Lets through what is new.</summary>
    private sealed class NewRowsOperator(RecursionRounds rounds, IBatchSink next) : Operator(next)
    {
        public override bool Push(Batch batch)
        {
            using var rows = batch.Compact(rounds._execution.Pool);
            var chosen = rounds.Choose(rows);
            return chosen.Length == 0 || Next.Push(new Batch(rows.TakeColumns(chosen, rounds._execution.Pool), chosen.Length));
        }
    }
}
