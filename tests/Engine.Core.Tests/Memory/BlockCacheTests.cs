using Engine.Core.Memory;

namespace Engine.Core.Tests.Memory;

public sealed unsafe class BlockCacheTests
{
    /// <summary>64 and 100 MB have the same highest bit, by which size classes go.</summary>
    [Fact]
    public void Block_that_came_back_is_not_given_for_a_larger_one()
    {
        const long capacity = 1L << 26;
        var largerCapacity = BlockCache.CapacityFor(100L << 20);
        var block = BlockCache.Rent(capacity);
        BlockCache.Return(block, capacity);
        var larger = BlockCache.Rent(largerCapacity);
        BlockCache.Return(larger, largerCapacity);
        ((nint)larger).ShouldNotBe((nint)block);
    }
}
