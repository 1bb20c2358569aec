using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Encodings;
using Engine.Storage.Parquet.Nested;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet.Encodings;

/// <summary>What this machine does in words and vectors gives the same as one value after the other.</summary>
public sealed unsafe class VectorPathTests
{
    private const int Count = 300;

    [Fact]
    public void Numbers_of_every_width_unpack()
    {
        using var pool = TestPool.Create();
        var source = Random(pool, Count * 8);
        for (var width = 0; width <= 64; width++)
        {
            for (var firstBit = 0; firstBit < 8; firstBit++)
            {
                if (width <= 8)
                {
                    Compare<byte>(source, firstBit, width);
                }

                if (width <= 16)
                {
                    Compare<ushort>(source, firstBit, width);
                }

                if (width <= 32)
                {
                    Compare<uint>(source, firstBit, width);
                }

                Compare<ulong>(source, firstBit, width);
            }
        }

        source.Release();
    }

    [Fact]
    public void Levels_compare()
    {
        using var pool = TestPool.Create();
        var levels = Random(pool, 4096);
        for (var i = 0; i < 4000; i++)
        {
            LevelMask.AtLeast(levels.Pointer + i, (byte)i).ShouldBe(LevelMask.AtLeastSingly(levels.Pointer + i, (byte)i));
        }

        levels.Pointer[70] = 9;
        new Span<byte>(levels.Pointer, 70).Clear();
        LevelMask.AnyAtLeast(levels.Pointer, 70, 1).ShouldBeFalse();
        LevelMask.AnyAtLeast(levels.Pointer, 71, 9).ShouldBeTrue();
        levels.Release();
    }

    [Fact]
    public void Bits_are_moved_together()
    {
        LevelShape.CompressSingly(0b1011_0010, 0b1010_0110).ShouldBe(0b1101UL);
        var random = new Random(3);
        for (var i = 0; Bmi2.X64.IsSupported && i < 1000; i++)
        {
            var (bits, mask) = ((ulong)random.NextInt64(), (ulong)random.NextInt64());
            LevelShape.CompressSingly(bits, mask).ShouldBe(Bmi2.X64.ParallelBitExtract(bits, mask));
        }
    }

    [Fact]
    public void The_highest_id_is_found_wherever_it_is()
    {
        for (var place = 0; place < 200; place++)
        {
            var ids = new ushort[200];
            ids[place] = 40_000;
            IdCheck.Max<ushort>(ids).ShouldBe(40_000UL);
        }

        IdCheck.Max<uint>([]).ShouldBe(0UL);
        IdCheck.Max<uint>([uint.MaxValue]).ShouldBe(uint.MaxValue);
    }

    private static void Compare<T>(NativeBuffer source, int firstBit, int width)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (fast, slow) = (new T[Count], new T[Count]);
        fixed (T* left = fast)
        fixed (T* right = slow)
        {
            BitUnpacker.Unpack(source.Pointer, firstBit, width, left, Count - 1);
            BitUnpacker.UnpackSingly(source.Pointer, firstBit, width, right, Count - 1);
        }

        fast.ShouldBe(slow, $"{typeof(T).Name} of {width} bits from bit {firstBit}");
    }

    private static NativeBuffer Random(MemoryPool pool, int length)
    {
        var buffer = pool.Allocate(length, "test");
        new Random(length).NextBytes(buffer.Span);
        return buffer;
    }
}
