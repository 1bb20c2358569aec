using Engine.Catalog.Tpch.Random;

namespace Engine.Catalog.Tpch.Rows;

/// <summary>Orders, and their items where a column of the orders sums these up.</summary>
internal sealed class OrderBlock(BlockPlace place) : RowBlock(place)
{
    /// <summary>Where the days come from on which orders are placed.</summary>
    public static readonly RandomStream Days = new(1066728069);

    /// <summary>1992-01-01, as days since 1970.</summary>
    private const int FirstDay = 8035;

    private const int LastDay = FirstDay + 2405;

    private const int SparseKeyBits = 3;
    private const int SparseKeySpread = 2;

    private LineBlock? _lines;

    /// <summary>The items of these orders.</summary>
    public LineBlock Lines => _lines ??= LineBlock.Of(Place with { MaxCount = RowCount });

    /// <summary>The days on which orders were placed.</summary>
    public static Numbers DatesOf(RowBlock orders) => orders.Draw(Days, FirstDay, LastDay);

    /// <summary>The key of the n-th order, from 0: of every 32 keys the first eight are there.</summary>
    public static long KeyOf(long order)
    {
        var number = order + 1;
        var low = number & ((1 << SparseKeyBits) - 1);
        return (number >> SparseKeyBits << (SparseKeyBits + SparseKeySpread)) | low;
    }

    public override void Dispose() => _lines?.Dispose();
}
