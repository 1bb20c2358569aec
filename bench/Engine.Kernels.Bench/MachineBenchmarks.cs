using BenchmarkDotNet.Attributes;
using Engine.Core.Memory;

namespace Engine.Kernels.Bench;

/// <summary>What the machine gives at best and at worst: without it no other figure says anything.</summary>
public unsafe class MachineBenchmarks
{
    private const int CopyBytes = 256 << 20;
    private const int ChaseSteps = 1 << 20;
    private const int ChaseEntries = 64 << 20;

    private MemoryPool _pool = null!;
    private NativeBuffer _from = null!;
    private NativeBuffer _to = null!;
    private int _place;

    [GlobalSetup]
    public void Setup()
    {
        _pool = MemoryPool.CreateRoot("benchmarks");
        _from = _pool.AllocateCleared(CopyBytes, "copy");
        _to = _pool.AllocateCleared(CopyBytes, "copy");

        // One cycle through all entries (Sattolo): each load waits for the one before it.
        var next = (int*)_from.Pointer;
        for (var i = 0; i < ChaseEntries; i++)
        {
            next[i] = i;
        }

        var random = new Random(1);
        for (var i = ChaseEntries - 1; i > 0; i--)
        {
            var other = random.Next(i);
            (next[i], next[other]) = (next[other], next[i]);
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _from.Release();
        _to.Release();
        _pool.Dispose();
    }

    /// <summary>Bytes read and bytes written are counted, as STREAM (McCalpin) does.</summary>
    [Benchmark(OperationsPerInvoke = 2 * CopyBytes)]
    [Gate("the machine: copy in memory", 0, GateUnit.GigabytesPerSecond)]
    public void Copy() => Buffer.MemoryCopy(_from.Pointer, _to.Pointer, CopyBytes, CopyBytes);

    [Benchmark(OperationsPerInvoke = ChaseSteps)]
    [Gate("the machine: dependent load out of 256 MB", 0, GateUnit.Nanoseconds)]
    public int Chase()
    {
        var next = (int*)_from.Pointer;
        var place = _place;
        for (var i = 0; i < ChaseSteps; i++)
        {
            place = next[place];
        }

        return _place = place;
    }
}
