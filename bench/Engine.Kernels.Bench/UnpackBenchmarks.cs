using BenchmarkDotNet.Attributes;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Encodings;

namespace Engine.Kernels.Bench;

/// <summary>Bit-packed ids and levels, to the narrowest integers that hold them.</summary>
public unsafe class UnpackBenchmarks
{
    private const int Count = 8192;

    private MemoryPool _pool = null!;
    private NativeBuffer _packed = null!;
    private NativeBuffer _values = null!;

    [Params(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _pool = MemoryPool.CreateRoot("benchmarks");
        _packed = _pool.Allocate(Count * sizeof(uint), "packed");
        _values = _pool.Allocate(Count * sizeof(uint), "values");
        new Random(1).NextBytes(_packed.Span);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _packed.Release();
        _values.Release();
        _pool.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    [Gate("bit-unpack, widths 1 to 20", 6, GateUnit.BillionsPerSecond)]
    public void Unpack()
    {
        switch (Width)
        {
            case <= 8:
                BitUnpacker.Unpack(_packed.Pointer, 0, Width, _values.Pointer, Count);
                break;
            case <= 16:
                BitUnpacker.Unpack(_packed.Pointer, 0, Width, (ushort*)_values.Pointer, Count);
                break;
            default:
                BitUnpacker.Unpack(_packed.Pointer, 0, Width, (uint*)_values.Pointer, Count);
                break;
        }
    }
}
