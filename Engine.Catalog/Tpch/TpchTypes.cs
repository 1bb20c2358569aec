using Engine.Core.Types;

namespace Engine.Catalog.Tpch;

/// <summary>Types of columns that the specification names.</summary>
internal static class TpchTypes
{
    public static readonly DataType Money = DataType.Decimal(15, 2);
}
