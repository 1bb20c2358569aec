using System.Runtime.Intrinsics;
using Engine.Catalog.Tpch.Random;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Rows;

/// <summary>Rows that stand for themselves.</summary>
internal unsafe class RowBlock(BlockPlace place) : Block(place)
{
    public override int Count => RowCount;

    public override int RowCount { get; } = (int)Math.Min(place.MaxCount, place.MaxRows);

    /// <summary>The rows' numbers from 1.</summary>
    public Column Keys() => Computed(DataType.BigInt, row => First + row + 1);

    /// <summary>A name with the row's key.</summary>
    public Column Names(ReadOnlySpan<byte> name)
    {
        using var keys = Compute(row => First + row + 1);
        return Numbered(name, keys);
    }

    public override Numbers Draw(RandomStream stream, long low, long high, int draw = 0)
    {
        var numbers = new Numbers(RowCount, Pool);
        var lanes = new RandomLanes(stream, First, draw, laneDraws: stream.DrawsPerRow, stepDraws: RandomLanes.Count * stream.DrawsPerRow);
        for (var row = 0; row < RowCount; row += RandomLanes.Count)
        {
            lanes.Next(low, high - low + 1).Store(numbers.Pointer + row);
        }

        return numbers;
    }
}
