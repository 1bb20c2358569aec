using Engine.Storage.ObjectStores;

namespace Engine.Storage.Tests.ObjectStores;

public sealed class ByteRangeTests
{
    [Fact]
    public void Nearby_ranges_become_one_and_distant_ones_stay_apart()
    {
        ByteRange[] ranges = [new(500, 100), new(0, 10), new(20, 30), new(605, 5), new(900, 1)];
        Assert.Equal([new(0, 50), new(500, 110), new(900, 1)], ByteRange.Coalesce(ranges, 10));
    }

    [Fact]
    public void Ranges_that_overlap_become_one()
    {
        ByteRange[] ranges = [new(0, 100), new(10, 20), new(90, 50)];
        Assert.Equal([new ByteRange(0, 140)], ByteRange.Coalesce(ranges, 0));
    }

    [Fact]
    public void Random_ranges_keep_every_byte_and_no_gap_wider_than_allowed()
    {
        var random = new Random(3);
        for (var round = 0; round < 1_000; round++)
        {
            var gap = random.Next(20);
            var ranges = Enumerable.Range(0, random.Next(1, 12)).Select(_ => new ByteRange(random.Next(300), random.Next(1, 40))).ToList();
            var joined = ByteRange.Coalesce(ranges, gap);
            Assert.All(ranges, range => Assert.Contains(joined, whole => whole.Start <= range.Start && range.End <= whole.End));
            for (var i = 1; i < joined.Count; i++)
            {
                Assert.True(joined[i].Start - joined[i - 1].End > gap);
            }
        }
    }
}
