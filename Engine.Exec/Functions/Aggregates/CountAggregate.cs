using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>One state value a group, in native memory.</summary>
internal sealed unsafe class GroupStates<T>(MemoryPool pool) : IDisposable
    where T : unmanaged
{
    private readonly GrowingBuffer _values = new(pool, "aggregate states");

    public int Count { get; private set; }

    public T* Pointer => (T*)_values.Pointer;

    public void Resize(int count, T initial)
    {
        _values.Ensure((long)count * sizeof(T), (long)Count * sizeof(T));
        new Span<T>(_values.Pointer + ((long)Count * sizeof(T)), count - Count).Fill(initial);
        Count = count;
    }

    /// <summary>A copy of a range as a column's values.</summary>
    public BufferSlice Copy(int first, int count)
    {
        var copy = pool.Allocate((long)count * sizeof(T), "aggregate results");
        new Span<T>(Pointer + first, count).CopyTo(new Span<T>(copy.Pointer, count));
        return new BufferSlice(copy);
    }

    public void Dispose() => _values.Dispose();
}

/// <summary>count(*) and count(x).</summary>
internal sealed unsafe class CountAccumulator(MemoryPool pool) : GroupedAccumulator
{
    private readonly GroupStates<long> _counts = new(pool);

    public override void Resize(int groupCount) => _counts.Resize(groupCount, 0);

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var counts = _counts.Pointer;
        if (arguments.IsEmpty || !arguments[0].MayHaveNulls)
        {
            foreach (var group in groups)
            {
                counts[group]++;
            }

            return;
        }

        for (var row = 0; row < groups.Length; row++)
        {
            counts[groups[row]] += arguments[0].IsNull(row) ? 0 : 1;
        }
    }

    public override void UpdateFirst(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        if (arguments is [FlatColumn values])
        {
            _counts.Pointer[0] += values.Length - values.CountNulls();
            return;
        }

        _counts.Pointer[0] += groups.Length;
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)states[0]).Values<long>();
        for (var row = 0; row < groups.Length; row++)
        {
            _counts.Pointer[groups[row]] += values[row];
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) => [GetResult(firstGroup, groupCount)];

    public override Column GetResult(int firstGroup, int groupCount) =>
        new FixedColumn(DataType.BigInt, groupCount, _counts.Copy(firstGroup, groupCount), default);

    public override void Dispose() => _counts.Dispose();
}
