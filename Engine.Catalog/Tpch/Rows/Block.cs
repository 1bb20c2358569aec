using System.Globalization;
using System.Runtime.Intrinsics.X86;
using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Rows;

/// <summary>Rows that are made together, a column at a time: each column is a function of the block's place and its own random streams.</summary>
internal abstract unsafe class Block(BlockPlace place) : IDisposable
{
    private const double ShortestText = 0.4;
    private const double LongestText = 1.6;
    private const int MaxDigits = 19;
    private const int PrefetchDistance = 16;

    public TpchScale Scale => place.Scale;

    public long First => place.First;

    /// <summary>How far the next block is from this one, as <see cref="BlockPlace.First"/> counts.</summary>
    public abstract int Count { get; }

    public abstract int RowCount { get; }

    public MemoryPool Pool => place.Pool;

    protected BlockPlace Place => place;

    /// <summary>A random number for every row.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">The largest.</param>
    /// <param name="draw">Which of the draws of its row, from 0.</param>
    public abstract Numbers Draw(RandomStream stream, long low, long high, int draw = 0);

    /// <summary>A number for every row that is computed from its place in the block.</summary>
    public Numbers Compute(Func<int, long> number)
    {
        var numbers = new Numbers(RowCount, Pool);
        for (var row = 0; row < numbers.Count; row++)
        {
            numbers[row] = number(row);
        }

        return numbers;
    }

    /// <summary>As <see cref="Compute"/>: integers, decimals without their point, or days.</summary>
    public Column Computed(DataType type, Func<int, long> number)
    {
        using var numbers = Compute(number);
        return numbers.ToColumn(type);
    }

    public Column Integers(RandomStream stream, int low, int high)
    {
        using var numbers = Draw(stream, low, high);
        return numbers.ToColumn(DataType.Integer);
    }

    /// <summary>Amounts between two numbers of cents.</summary>
    public Column Money(RandomStream stream, int low, int high)
    {
        using var cents = Draw(stream, low, high);
        return cents.ToColumn(TpchTypes.Money);
    }

    public Column Words(WordList words, RandomStream stream)
    {
        using var places = Draw(stream, 0, words.Words.Length - 1);
        return places.ToColumn(words.Dictionary);
    }

    public Column Words(WordList words, Func<int, long> placeOf)
    {
        using var places = Compute(placeOf);
        return places.ToColumn(words.Dictionary);
    }

    /// <summary>Pieces of the text pool.</summary>
    public Column Comments(RandomStream stream, int averageLength)
    {
        var (shortest, longest) = ((int)(averageLength * ShortestText), (int)(averageLength * LongestText));
        using var offsets = Draw(stream, 0, TextPool.Size - longest, draw: 0);
        using var lengths = Draw(stream, shortest, longest, draw: 1);
        var text = TextPool.Instance;
        var last = RowCount - 1;
        var views = Pool.Allocate(RowCount * (long)sizeof(StringView), "views");
        for (var row = 0; row < lengths.Count; row++)
        {
            if (Sse.IsSupported)
            {
                // The text is far larger than any cache: each look at it would wait.
                Sse.Prefetch0(text.Start + offsets[Math.Min(row + PrefetchDistance, last)]);
            }

            var offset = (int)offsets[row];
            ((StringView*)views.Pointer)[row] = StringView.OverReadable(text.Start + offset, (int)lengths[row], bufferIndex: 0, offset);
        }

        return new TextColumn(DataType.Varchar, RowCount, new BufferSlice(views), text.Heap.Retain(), default);
    }

    /// <summary>A name with a number of nine digits, or more where it has more.</summary>
    public Column Numbered(ReadOnlySpan<byte> name, Numbers numbers)
    {
        Span<byte> text = stackalloc byte[name.Length + MaxDigits];
        name.CopyTo(text);
        using var builder = new TextBuilder(DataType.Varchar, Pool);
        for (var row = 0; row < numbers.Count; row++)
        {
            numbers[row].TryFormat(text[name.Length..], out var digits, "D9", CultureInfo.InvariantCulture);
            builder.Append(text[..(name.Length + digits)]);
        }

        return builder.Finish();
    }

    public virtual void Dispose()
    {
    }
}
