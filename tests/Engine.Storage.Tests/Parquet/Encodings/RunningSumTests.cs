using Engine.Storage.Parquet.Encodings;

namespace Engine.Storage.Tests.Parquet.Encodings;

public sealed unsafe class RunningSumTests
{
    [Fact]
    public void Registers_give_what_numbers_one_by_one_do()
    {
        var random = new Random(11);
        for (var count = 0; count < 300; count++)
        {
            var differences = Enumerable.Range(0, count).Select(_ => count % 3 == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(1000)).ToArray();
            var (last, step) = (random.NextInt64(long.MinValue, long.MaxValue), random.NextInt64(-5, 5));
            var (fast, slow) = (differences.ToArray(), differences.ToArray());
            fixed (long* fastPlace = fast)
            fixed (long* slowPlace = slow)
            {
                RunningSum.Add(fastPlace, count, last, step).ShouldBe(RunningSum.AddSingly(slowPlace, count, last, step));
            }

            fast.ShouldBe(slow);
        }
    }
}
