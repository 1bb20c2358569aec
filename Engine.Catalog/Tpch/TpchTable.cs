using System.Collections.Immutable;
using Engine.Catalog.Tpch.Rows;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch;

/// <summary>A table of the benchmark at any scale: its columns, and how rows anywhere in it are made.</summary>
/// <param name="name">Its name.</param>
/// <param name="ownerCount">Its rows, or, where rows hang on others, these others.</param>
/// <param name="rowsPerOwner">How many rows there are for each of them; for items of orders on average.</param>
/// <param name="keyOf">The value that the first column has in the rows of an owner, from 0: larger from owner to owner.</param>
internal abstract class TpchTable(string name, Func<TpchScale, long> ownerCount, int rowsPerOwner, Func<long, long> keyOf)
{
    public string Name => name;

    public abstract Schema Schema { get; }

    /// <summary>What splits are cut in.</summary>
    public long OwnerCount(TpchScale scale) => ownerCount(scale);

    /// <summary>Exact, but for lineitem: there it is off by about one in the square root of its rows.</summary>
    public long RowCount(TpchScale scale) => ownerCount(scale) * rowsPerOwner;

    /// <summary>The first owner, from 0, with a key that is not less, or the number of owners.</summary>
    public long FirstFrom(long key, TpchScale scale)
    {
        var (first, end) = (0L, OwnerCount(scale));
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = keyOf(middle) < key ? (middle + 1, end) : (first, middle);
        }

        return first;
    }

    /// <summary>The columns asked for of the rows at a place, and how many owners they are of.</summary>
    public abstract (Batch Rows, int Count) Make(BlockPlace place, ImmutableArray<int> projection);
}

/// <summary>A table whose rows are made from blocks of a kind.</summary>
internal sealed class TpchTable<TBlock>(
    string name,
    Func<TpchScale, long> ownerCount,
    int rowsPerOwner,
    Func<long, long> keyOf,
    Func<BlockPlace, TBlock> open,
    params ImmutableArray<TpchColumn<TBlock>> columns)
    : TpchTable(name, ownerCount, rowsPerOwner, keyOf)
    where TBlock : Block
{
    public override Schema Schema { get; } = new([.. columns.Select(column => new Field(column.Name, column.Type))]);

    public override (Batch Rows, int Count) Make(BlockPlace place, ImmutableArray<int> projection)
    {
        using var block = open(place);
        return (new Batch([.. projection.Select(column => columns[column].Make(block))], block.RowCount), block.Count);
    }
}

/// <summary>A column and how it is made for the rows of a block.</summary>
internal sealed record TpchColumn<TBlock>(string Name, DataType Type, Func<TBlock, Column> Make);
