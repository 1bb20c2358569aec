using Engine.Catalog.Tpch.Random;

namespace Engine.Catalog.Tpch.Rows;

/// <summary>The items of orders. Numbers that several columns need are made once.</summary>
internal sealed class LineBlock : ItemBlock
{
    public const int MaxLines = 7;

    /// <summary>Items that an order has on average.</summary>
    public const int MeanLines = 4;

    private const int MaxQuantity = 50;
    private const int MaxDiscount = 10;
    private const int MaxTax = 8;
    private const int MaxShipDays = 121;
    private const int MaxReceiptDays = 30;

    private static readonly RandomStream Counts = new(1434868289);
    private static readonly RandomStream QuantityStream = new(209208115, MaxLines);
    private static readonly RandomStream DiscountStream = new(554590007, MaxLines);
    private static readonly RandomStream TaxStream = new(721958466, MaxLines);
    private static readonly RandomStream PartStream = new(1808217256, MaxLines);
    private static readonly RandomStream ShipStream = new(1769349045, MaxLines);
    private static readonly RandomStream ReceiptStream = new(373135028, MaxLines);

    private readonly Dictionary<RandomStream, Numbers> _shared = [];

    private LineBlock(BlockPlace place, int maxCount, int maxRows)
        : base(place, MaxLines)
    {
        using var orders = new RowBlock(place with { MaxCount = maxCount, MaxRows = maxCount });
        using var counts = orders.Draw(Counts, 1, MaxLines);
        Starts = new Numbers(maxCount + 1, Pool);
        Starts[0] = 0;
        while (Count < maxCount && (Count == 0 || Starts[Count] + counts[Count] <= maxRows))
        {
            Starts[Count + 1] = Starts[Count] + counts[Count];
            Count++;
        }
    }

    public override int Count { get; }

    public override Numbers Starts { get; }

    public Numbers Quantities => Shared(QuantityStream, stream => Draw(stream, 1, MaxQuantity));

    /// <summary>In per cent.</summary>
    public Numbers Discounts => Shared(DiscountStream, stream => Draw(stream, 0, MaxDiscount));

    /// <summary>In per cent.</summary>
    public Numbers Taxes => Shared(TaxStream, stream => Draw(stream, 0, MaxTax));

    public Numbers Parts => Shared(PartStream, stream => Scale.HasWideKeys ? DrawWide(stream, Scale.Parts) : Draw(stream, 1, Scale.Parts));

    public Numbers ShipDates => Shared(ShipStream, stream => Later(OrderDates, stream, 1, MaxShipDays));

    public Numbers ReceiptDates => Shared(ReceiptStream, stream => Later(ShipDates, stream, 1, MaxReceiptDays));

    /// <summary>The date of each item's order.</summary>
    public Numbers OrderDates => Shared(OrderBlock.Days, _ =>
    {
        using var orders = new RowBlock(Place with { MaxCount = Count, MaxRows = Count });
        using var dates = OrderBlock.DatesOf(orders);
        return ComputeItems((order, _) => dates[order]);
    });

    /// <summary>As many orders as fit.</summary>
    public static LineBlock Fitting(BlockPlace place) => new(place, (int)Math.Min(place.MaxCount, Math.Max(1, place.MaxRows / MeanLines)), place.MaxRows);

    /// <summary>All orders.</summary>
    public static LineBlock Of(BlockPlace place) => new(place, (int)place.MaxCount, int.MaxValue);

    /// <summary>Days a random number later than others.</summary>
    public Numbers Later(Numbers days, RandomStream stream, int low, int high)
    {
        var later = Draw(stream, low, high);
        for (var row = 0; row < later.Count; row++)
        {
            later[row] += days[row];
        }

        return later;
    }

    public override void Dispose()
    {
        foreach (var numbers in _shared.Values)
        {
            numbers.Dispose();
        }

        base.Dispose();
    }

    private Numbers DrawWide(RandomStream stream, long high) => ComputeItems((order, line) =>
        WideRandom.Uniform(WideRandom.Skip(stream.Seed, ((First + order) * MaxLines) + line + 1), high));

    private Numbers Shared(RandomStream stream, Func<RandomStream, Numbers> make)
    {
        if (!_shared.TryGetValue(stream, out var numbers))
        {
            numbers = make(stream);
            _shared.Add(stream, numbers);
        }

        return numbers;
    }
}
