using Engine.Core.Memory;

namespace Engine.TestKit;

/// <summary>A root memory pool for one test; disposing it fails the test when memory is still out.</summary>
public static class TestPool
{
    public static MemoryPool Create(long limitBytes = MemoryPool.Unlimited) => MemoryPool.CreateRoot("test", limitBytes);
}
