using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.TestKit;
using static Engine.Core.Tests.Arrow.HandMadeStream;

namespace Engine.Core.Tests.Arrow;

/// <summary>Layouts that no golden file has.</summary>
public sealed class ArrowTypeTests : IDisposable
{
    private static readonly byte[] None = [];

    private readonly MemoryPool _pool = TestPool.Create();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Views_are_read_with_their_heaps_and_null_views_may_lead_nowhere()
    {
        var text = "a text longer than twelve bytes"u8.ToArray();
        byte[] views =
        [
            .. Bytes(3), .. "abc"u8, 0, 0, 0, 0, 0, 0, 0, 0, 99,
            .. Bytes(text.Length), .. text[..4], .. Bytes(1, 2),
            .. Bytes(500, 0, 77, -1),
        ];
        var heap = (byte[])[1, 2, .. text];
        var read = new HandMadeStream([Field("v", ArrowTypeId.Utf8View)]).Batch(3, [(3, 1)], [[0b011], views, [7], heap], [2]).Read(_pool);
        read.Values.ShouldBe(["abc", "a text longer than twelve bytes", null]);
    }

    [Theory]
    [InlineData(20, 1, 0)]
    [InlineData(20, 0, 12)]
    [InlineData(-1, 0, 0)]
    public void View_that_leads_outside_is_corrupt(int length, int buffer, int offset)
    {
        var stream = new HandMadeStream([Field("v", ArrowTypeId.BinaryView)]).Batch(1, [(1, 0)], [None, Bytes(length, 0, buffer, offset), new byte[24]], [1]);
        Should.Throw<InvalidDataException>(() => stream.Read(_pool)).Message.ShouldContain("column \"v\"");
    }

    [Fact]
    public void Text_that_is_not_utf8_is_corrupt_unless_its_row_is_null()
    {
        var bad = (byte[])[(byte)'a', 0xFF, (byte)'b'];
        var offsets = Bytes(0, 1, 2, 3);
        new HandMadeStream([Field("t", ArrowTypeId.Utf8)]).Batch(3, [(3, 1)], [[0b101], offsets, bad]).Read(_pool).Values.ShouldBe(["a", null, "b"]);
        var stream = new HandMadeStream([Field("t", ArrowTypeId.Utf8)]).Batch(3, [(3, 0)], [None, offsets, bad]);
        Should.Throw<InvalidDataException>(() => stream.Read(_pool)).Message.ShouldContain("not UTF-8");
        var split = new HandMadeStream([Field("t", ArrowTypeId.Utf8)]).Batch(2, [(2, 0)], [None, Bytes(0, 1, 2), "ä"u8.ToArray()]);
        Should.Throw<InvalidDataException>(() => split.Read(_pool)).Message.ShouldContain("not UTF-8");
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void Runs_stay_runs(int width)
    {
        var ends = width switch { 16 => Bytes<short>(2, 3, 9), 32 => Bytes(2, 3, 9), _ => Bytes(2L, 3, 9) };
        var field = Field("r", ArrowTypeId.RunEndEncoded, null, null, EndsOf(width), Field("values", ArrowTypeId.Int, Int(32)));
        var read = new HandMadeStream([field]).Batch(5, [(5, 0), (3, 0), (3, 1)], [None, ends, [0b101], Bytes(7, 8, 9)]).Read(_pool);
        read.ShouldSatisfyAllConditions(
            () => read.Values.ShouldBe([7, 7, null, 9, 9]),
            () => read.Encoding.ShouldBe(ColumnEncoding.RunEnd));
        var short1 = new HandMadeStream([field]).Batch(20, [(20, 0), (3, 0), (3, 0)], [None, ends, None, Bytes(7, 8, 9)]);
        Should.Throw<InvalidDataException>(() => short1.Read(_pool)).Message.ShouldContain("runs do not ascend");
    }

    [Fact]
    public void Dictionaries_grow_and_are_replaced_between_batches()
    {
        var read = new HandMadeStream([Field("d", ArrowTypeId.Utf8, null, 4)])
            .Dictionary(4, isDelta: false, [(2, 0)], [None, Bytes(0, 1, 2), "ab"u8.ToArray()])
            .Batch(2, [(2, 0)], [None, Bytes(1, 0)])
            .Dictionary(4, isDelta: true, [(1, 0)], [None, Bytes(0, 1), "c"u8.ToArray()])
            .Batch(2, [(2, 0)], [None, Bytes(2, 0)])
            .Dictionary(4, isDelta: false, [(1, 0)], [None, Bytes(0, 1), "z"u8.ToArray()])
            .Batch(2, [(2, 1)], [[0b01], Bytes(0, 999)])
            .Read(_pool);
        read.Values.ShouldBe(["b", "a", "c", "a", "z", null]);
        read.Encoding.ShouldBe(ColumnEncoding.Dictionary);
    }

    [Fact]
    public void Dictionaries_inside_of_dictionaries_are_resolved()
    {
        var list = Field("d", ArrowTypeId.List, null, 1, Field("item", ArrowTypeId.Utf8, null, 2));
        var read = new HandMadeStream([list])
            .Dictionary(2, isDelta: false, [(2, 0)], [None, Bytes(0, 1, 2), "ab"u8.ToArray()])
            .Dictionary(1, isDelta: false, [(2, 0), (3, 0)], [None, Bytes(0, 1, 3), None, Bytes(1, 0, 1)])
            .Batch(3, [(3, 0)], [None, Bytes(1, 0, 1)])
            .Read(_pool);
        read.Values.Select(value => string.Concat((ImmutableArray<object?>)value!)).ShouldBe(["ab", "b", "ab"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Id_outside_of_its_dictionary_is_corrupt(int id)
    {
        var stream = new HandMadeStream([Field("d", ArrowTypeId.Utf8, null, 4)])
            .Dictionary(4, isDelta: false, [(2, 0)], [None, Bytes(0, 1, 2), "ab"u8.ToArray()])
            .Batch(1, [(1, 0)], [None, Bytes(id)]);
        Should.Throw<InvalidDataException>(() => stream.Read(_pool)).Message.ShouldContain($"an id of {id}");
    }

    [Fact]
    public void Decimals_of_every_width_are_read_where_they_fit()
    {
        Decimal(32, 9, Bytes(-5)).ShouldBe([(Int128)(-5)]);
        Decimal(64, 18, Bytes(-5L)).ShouldBe([(Int128)(-5)]);
        Decimal(64, 19, Bytes(-5L)).ShouldBe([(Int128)(-5)]);
        Decimal(256, 9, Bytes(-5L, -1, -1, -1)).ShouldBe([(Int128)(-5)]);
        Decimal(256, 76, Bytes(5L, 1, 0, 0)).ShouldBe([((Int128)1 << 64) + 5]);
        Should.Throw<OverflowException>(() => Decimal(256, 76, Bytes(0L, 0, 1, 0))).Message.ShouldContain("more than the 38 digits");
        Should.Throw<QueryException>(() => Decimal(128, 9, Bytes(1L, 0), scale: -2)).Message.ShouldContain("scale -2, such as in column \"n\"");
    }

    [Fact]
    public void Halves_and_intervals_of_all_three_kinds_are_converted()
    {
        Values(ArrowTypeId.FloatingPoint, builder => builder.Add(0, (short)0), Bytes((Half)1.5)).ShouldBe([1.5f]);
        Values(ArrowTypeId.Interval, builder => builder.Add(0, (short)0), Bytes(14)).ShouldBe([new Interval(14, 0, 0)]);
        Values(ArrowTypeId.Interval, builder => builder.Add(0, (short)1), Bytes(3, -4)).ShouldBe([new Interval(0, 3, -4000)]);
        Values(ArrowTypeId.Interval, builder => builder.Add(0, (short)2), [.. Bytes(1, 2), .. Bytes(-1500L)]).ShouldBe([new Interval(1, 2, -2)]);
        Values(ArrowTypeId.Duration, builder => builder.Add(0, (short)3), Bytes(1999L)).ShouldBe([new Interval(0, 0, 1)]);
    }

    [Theory]
    [InlineData(0, 3, 2, 4)]
    [InlineData(-1, 1, 2, 4)]
    [InlineData(0, 1, 2, 5)]
    public void List_offsets_that_do_not_ascend_within_the_items_are_corrupt(int a, int b, int c, int d)
    {
        var stream = new HandMadeStream([Field("l", ArrowTypeId.List, null, null, Field("item", ArrowTypeId.Int, Int(32)))])
            .Batch(3, [(3, 0), (4, 0)], [None, Bytes(a, b, c, d), None, Bytes(1, 2, 3, 4)]);
        Should.Throw<InvalidDataException>(() => stream.Read(_pool)).Message.ShouldContain("offsets do not ascend");
    }

    [Fact]
    public void Big_endian_data_and_old_versions_are_refused()
    {
        Should.Throw<QueryException>(() => new HandMadeStream([], endianness: 1).Read(_pool)).Message.ShouldContain("big-endian");
        Should.Throw<QueryException>(() => new HandMadeStream([], version: 2).Read(_pool)).Message.ShouldContain("metadata version 3");
    }

    [Fact]
    public void Fields_nested_without_end_are_corrupt()
    {
        var field = Field("x", ArrowTypeId.Int, Int(8));
        for (var i = 0; i < 70; i++)
        {
            field = Field("x", ArrowTypeId.List, null, null, field);
        }

        Should.Throw<InvalidDataException>(() => new HandMadeStream([field]).Read(_pool)).Message.ShouldContain("nested too deeply");
    }

    [Fact]
    public void Views_runs_and_dictionaries_changed_at_random_give_an_error_or_values()
    {
        var text = "a text longer than twelve bytes"u8.ToArray();
        byte[][] streams =
        [
            new HandMadeStream([Field("v", ArrowTypeId.Utf8View)])
                .Batch(2, [(2, 1)], [[0b11], [.. Bytes(text.Length), .. text[..4], .. Bytes(0, 0), .. Bytes(2, 0x6161, 0, 0)], text], [1]).ToArray(),
            new HandMadeStream([Field("r", ArrowTypeId.RunEndEncoded, null, null, EndsOf(32), Field("values", ArrowTypeId.Int, Int(32)))])
                .Batch(5, [(5, 0), (3, 0), (3, 1)], [None, Bytes(2, 3, 9), [0b101], Bytes(7, 8, 9)]).ToArray(),
            new HandMadeStream([Field("d", ArrowTypeId.ListView, null, 1, Field("item", ArrowTypeId.Utf8, null, 2))])
                .Dictionary(2, isDelta: false, [(2, 0)], [None, Bytes(0, 1, 2), "ab"u8.ToArray()])
                .Dictionary(1, isDelta: false, [(2, 0), (3, 0)], [None, Bytes(0, 1), Bytes(1, 2), None, Bytes(1, 0, 1)])
                .Batch(3, [(3, 0)], [None, Bytes(1, 0, 1)]).ToArray(),
        ];
        using var pool = TestPool.Create(16 << 20);
        var random = new Random(3);
        var good = 0;
        for (var round = 0; round < 6000; round++)
        {
            var bytes = (byte[])streams[round % streams.Length].Clone();
            for (var i = random.Next(1, 3); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(4));
            }

            try
            {
                _ = HandMadeStream.Read(bytes, pool);
                good++;
            }
            catch (Exception problem) when (problem is InvalidDataException or OverflowException or QueryException)
            {
                // A clean error is as good as values.
            }
        }

        good.ShouldBeInRange(600, 5400);
    }

    private static Action<FlatBuilder> Int(int width) => builder =>
    {
        builder.Add(0, width);
        builder.Add(1, value: true);
    };

    private static Func<FlatBuilder, int> EndsOf(int width) => Field("run_ends", ArrowTypeId.Int, Int(width));

    private List<object?> Decimal(int width, int precision, byte[] bytes, int scale = 2) => Values(
        ArrowTypeId.Decimal,
        builder =>
        {
            builder.Add(0, precision);
            builder.Add(1, scale);
            builder.Add(2, width);
        },
        bytes);

    private List<object?> Values(ArrowTypeId id, Action<FlatBuilder> type, byte[] bytes) =>
        new HandMadeStream([Field("n", id, type)]).Batch(1, [(1, 0)], [None, bytes]).Read(_pool).Values;
}
