using System.Runtime.Intrinsics;
using Engine.Catalog.Tpch.Random;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Rows;

/// <summary>Rows that hang on others, as items on orders: the draws of the items of one owner are next to each other in a stream.</summary>
/// <param name="place">Where, in owners.</param>
/// <param name="maxItems">The most items that an owner can have: so many draws, or twice, are an owner's in each stream.</param>
internal abstract unsafe class ItemBlock(BlockPlace place, int maxItems) : Block(place)
{
    public override int RowCount => (int)Starts[Count];

    /// <summary>The row of each owner's first item, and behind them the number of rows.</summary>
    public abstract Numbers Starts { get; }

    public override Numbers Draw(RandomStream stream, long low, long high, int draw = 0)
    {
        var numbers = new Numbers(RowCount, Pool);
        var lanes = new RandomLanes(stream, First, draw, laneDraws: stream.DrawsPerRow / maxItems, stepDraws: stream.DrawsPerRow);
        for (var owner = 0; owner < Count; owner++)
        {
            // All lanes are stored; the next owner's items cover what is too much.
            lanes.Next(low, high - low + 1).Store(numbers.Pointer + Starts[owner]);
        }

        return numbers;
    }

    /// <summary>Numbers for each item from its owner and its place there, both from 0.</summary>
    public Numbers ComputeItems(Func<int, int, long> number)
    {
        var numbers = new Numbers(RowCount, Pool);
        for (var owner = 0; owner < Count; owner++)
        {
            var (first, end) = ((int)Starts[owner], (int)Starts[owner + 1]);
            for (var row = first; row < end; row++)
            {
                numbers[row] = number(owner, row - first);
            }
        }

        return numbers;
    }

    /// <summary>As <see cref="ComputeItems"/>.</summary>
    public Column ComputedItems(DataType type, Func<int, int, long> number)
    {
        using var numbers = ComputeItems(number);
        return numbers.ToColumn(type);
    }

    public override void Dispose() => Starts.Dispose();
}
