using System.Runtime.Intrinsics;
using Engine.Catalog.Tpch.Random;

namespace Engine.Catalog.Tests.Tpch;

/// <summary>Random numbers that are made out of order are those that are made in order.</summary>
public sealed class RandomTests
{
    private static readonly RandomStream Stream = new(1066728069, DrawsPerRow: 7);

    [Fact]
    public void State_before_a_row_is_that_after_all_draws_of_the_rows_before()
    {
        ulong state = Stream.Seed;
        for (var row = 0; row < 100; row++)
        {
            Stream.StateBefore(row).ShouldBe(state);
            for (var draw = 0; draw < Stream.DrawsPerRow; draw++)
            {
                state = RandomStream.Next(state);
            }
        }
    }

    [Fact]
    public void State_10_000_draws_after_1_is_the_one_that_Park_and_Miller_publish() => new RandomStream(1).StateBefore(10_000).ShouldBe(1043618065UL);

    [Theory]
    [InlineData(1, 7, 1, 7)]
    [InlineData(0, 314_572_684, 2, 7)]
    [InlineData(-99999, 999_999, 0, 56)]
    public void Lanes_are_the_draws_that_they_say(long low, long high, int draw, int stepDraws)
    {
        var lanes = new RandomLanes(Stream, row: 5, draw, laneDraws: 2, stepDraws);
        for (var step = 0; step < 50; step++)
        {
            var numbers = lanes.Next(low, high - low + 1);
            for (var lane = 0; lane < RandomLanes.Count; lane++)
            {
                var single = new RandomStream(Stream.Seed).StateBefore((5 * Stream.DrawsPerRow) + (step * stepDraws) + (lane * 2) + draw + 1);
                numbers.GetElement(lane).ShouldBe(RandomStream.Uniform(single, low, high));
            }
        }
    }

    [Fact]
    public void Choice_in_integers_is_the_one_in_floating_point()
    {
        ulong[] states = [1, 2, RandomStream.Modulus - 1, RandomStream.Modulus - 2, .. Enumerable.Range(0, 1000).Select(row => Stream.StateBefore(row))];
        foreach (var state in states)
        {
            foreach (var count in (int[])[1, 2, 92, 456, (1 << 21) - 1])
            {
                RandomStream.Choose(state, count).ShouldBe((int)RandomStream.Uniform(state, 0, count - 1));
            }
        }
    }

    [Fact]
    public void Wide_numbers_are_skipped_to()
    {
        ulong state = 851767375;
        for (var draws = 0; draws < 1000; draws++)
        {
            WideRandom.Skip(851767375, draws).ShouldBe(state);
            state = WideRandom.Next(state);
        }
    }
}
