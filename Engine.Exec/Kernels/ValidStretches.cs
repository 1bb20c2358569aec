using System.Numerics;
using Engine.Core.Columns;

namespace Engine.Exec.Kernels;

/// <summary>The stretches of rows that are not NULL, for a foreach: NULLs are few or come together, so that most rows are dealt with many at a time.</summary>
internal unsafe ref struct ValidStretches(BufferSlice validity, int count)
{
    private readonly ulong* _words = (ulong*)validity.Pointer;
    private int _next;

    public (int Start, int Length) Current { get; private set; }

    public readonly ValidStretches GetEnumerator() => this;

    public bool MoveNext()
    {
        var start = Find(_next, isValid: true);
        if (start >= count)
        {
            return false;
        }

        _next = Find(start, isValid: false);
        Current = (start, _next - start);
        return true;
    }

    /// <summary>The first row from the given one on that is as asked for; the count when there is none.</summary>
    private readonly int Find(int row, bool isValid)
    {
        while (row < count)
        {
            var word = (isValid ? _words[row >> 6] : ~_words[row >> 6]) >> (row & 63);
            if (word != 0)
            {
                return Math.Min(count, row + BitOperations.TrailingZeroCount(word));
            }

            row = (row | 63) + 1;
        }

        return count;
    }
}
