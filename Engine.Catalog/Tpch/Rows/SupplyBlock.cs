namespace Engine.Catalog.Tpch.Rows;

/// <summary>The suppliers of parts: four each.</summary>
internal sealed class SupplyBlock : ItemBlock
{
    public const int SuppliersPerPart = 4;

    public SupplyBlock(BlockPlace place)
        : base(place, SuppliersPerPart)
    {
        Count = (int)Math.Min(place.MaxCount, Math.Max(1, place.MaxRows / SuppliersPerPart));
        Starts = new Numbers(Count + 1, Pool);
        for (var part = 0; part <= Count; part++)
        {
            Starts[part] = part * SuppliersPerPart;
        }
    }

    public override int Count { get; }

    public override Numbers Starts { get; }

    /// <summary>The key of one of the suppliers of a part.</summary>
    public static long SupplierOf(long part, long number, long supplierCount) =>
        ((part + (number * ((supplierCount / SuppliersPerPart) + ((part - 1) / supplierCount)))) % supplierCount) + 1;
}
