using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Catalog.Memory;

/// <summary>A sequence: numbers that are given once each.</summary>
/// <param name="Name">As created.</param>
/// <param name="Range">Which numbers.</param>
/// <param name="Numbers">Where it stands, the same for all sessions.</param>
public sealed record MemorySequence(string Name, SequenceRange Range, SequenceNumbers Numbers) : MemoryObject(Name);

/// <summary>The numbers that a sequence gives.</summary>
/// <param name="Type">What they fit into.</param>
/// <param name="Start">The first.</param>
/// <param name="Increment">From one to the next; not 0.</param>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest.</param>
/// <param name="Cycles">Whether it starts again behind the last instead of failing.</param>
public sealed record SequenceRange(DataType Type, long Start, long Increment, long Minimum, long Maximum, bool Cycles);

/// <summary>Gives the numbers of a sequence. A number that was given is never taken back, by ROLLBACK neither. Safe for concurrent use.</summary>
public sealed class SequenceNumbers(string name, SequenceRange range)
{
    private readonly Lock _lock = new();
    private long _last = range.Start;
    private bool _isLastGiven;

    /// <summary>The last number, and whether it was given.</summary>
    public (long Last, bool IsGiven) State
    {
        get
        {
            lock (_lock)
            {
                return (_last, _isLastGiven);
            }
        }
    }

    /// <exception cref="QueryException">2200H behind the last one.</exception>
    public long Next()
    {
        lock (_lock)
        {
            if (_isLastGiven)
            {
                var next = (Int128)_last + range.Increment;
                _last = next >= range.Minimum && next <= range.Maximum ? (long)next
                    : range.Cycles ? range.Increment > 0 ? range.Minimum : range.Maximum
                    : throw Exhausted();
            }

            _isLastGiven = true;
            return _last;
        }
    }

    /// <summary>Goes on behind a number, or with it.</summary>
    /// <exception cref="QueryException">22003 when it is none of the sequence's.</exception>
    public void Set(long number, bool isGiven)
    {
        if (number < range.Minimum || number > range.Maximum)
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"setval: value {number} is out of bounds for sequence \"{name}\" ({range.Minimum}..{range.Maximum})");
        }

        lock (_lock)
        {
            (_last, _isLastGiven) = (number, isGiven);
        }
    }

    private QueryException Exhausted() => new(
        ErrorCodes.SequenceLimitExceeded,
        range.Increment > 0
            ? $"nextval: reached maximum value of sequence \"{name}\" ({range.Maximum})"
            : $"nextval: reached minimum value of sequence \"{name}\" ({range.Minimum})");
}
