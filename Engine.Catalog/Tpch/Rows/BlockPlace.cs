using Engine.Core.Memory;

namespace Engine.Catalog.Tpch.Rows;

/// <summary>Where in a table a block of rows is to be made.</summary>
/// <param name="Scale">The table's scale.</param>
/// <param name="First">The first row, from 0; of rows that hang on others, as items on orders, the first of those others.</param>
/// <param name="MaxCount">How many of them at most.</param>
/// <param name="MaxRows">The rows that the block should have at most; what hangs on one stays together all the same.</param>
/// <param name="Pool">Where columns are allocated.</param>
internal readonly record struct BlockPlace(TpchScale Scale, long First, long MaxCount, int MaxRows, MemoryPool Pool);
