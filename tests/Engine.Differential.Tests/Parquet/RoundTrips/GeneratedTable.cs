using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Parquet.Writing;
using FsCheck;
using FsCheck.Fluent;

namespace Engine.Differential.Tests.Parquet.RoundTrips;

/// <summary>A table of a schema by chance, with the options to write it with; the same number gives the same one.</summary>
internal sealed record GeneratedTable(Schema Schema, object?[][] Columns, ParquetWriteOptions Options, int BatchRows)
{
    private static readonly Gen<GeneratedTable> Any =
        from columnCount in Gen.Choose(1, 5)
        from types in GeneratedTypes.Any.ListOf(columnCount)
        from names in Gen.Shuffle("c", "C2", "two words", "größe", "a.b", "list", "element").Select(names => names[..columnCount])
        from rowCount in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 40)), (5, Gen.Choose(40, 800)), (1, Gen.Choose(2000, 4000)))
        from columns in Gen.CollectToArray(types, type => ValuesOf(type, rowCount))
        from options in OptionsFor(names, rowCount)
        from batchRows in Gen.Elements(1 + (rowCount / 30), 100, 5000)
        select new GeneratedTable(new Schema([.. types.Zip(names, (type, name) => new Field(name, type))]), columns, options, batchRows);

    public int RowCount => Columns[0].Length;

    public static GeneratedTable Of(int number) => Any.Sample(1, new Rnd((ulong)number), 100)[0];

    /// <summary>Every value in its one spelling.</summary>
    public ParquetTable ToTable() =>
        new(Schema, [.. Columns.Select((values, i) => values.Select(value => CanonicalValue.Of(value, Schema[i].Type)).ToList())]);

    /// <summary>Writes the table in batches: flat ones, slices, selections and dictionaries in turn.</summary>
    public void Write(string path)
    {
        using var pool = MemoryPool.CreateRoot("test");
        using var output = File.Create(path);
        using var writer = new ParquetWriter(output, Schema, pool, Options);
        for (var (start, turn) = (0, 0); start < RowCount; start += BatchRows, turn++)
        {
            using var batch = MakeBatch(start, Math.Min(BatchRows, RowCount - start), turn % 4, pool);
            writer.Write(batch);
        }

        writer.Complete();
    }

    private Batch MakeBatch(int start, int count, int form, MemoryPool pool)
    {
        switch (form)
        {
            case 1:
                // Another row before and behind, which a slice leaves out.
                using (var longer = new Batch(FlatColumns([start, .. Enumerable.Range(start, count), start], pool), count + 2))
                {
                    return longer.Slice(1, count, pool);
                }

            case 2:
                return new Batch(FlatColumns([.. Enumerable.Range(0, count * 2).Select(row => start + (row / 2))], pool), count * 2, EverySecond(count, pool));
            case 3:
                var ids = Enumerable.Range(0, count).ToArray();
                return new Batch([.. FlatColumns([.. Enumerable.Range(start, count)], pool).Select(column => (Column)DictionaryColumn.Encode(column, ids, pool))], count);
            default:
                return new Batch(FlatColumns([.. Enumerable.Range(start, count)], pool), count);
        }
    }

    private System.Collections.Immutable.ImmutableArray<Column> FlatColumns(int[] rows, MemoryPool pool) =>
    [
        .. Columns.Select((values, i) =>
        {
            using var builder = ColumnBuilder.Create(Schema[i].Type, pool);
            foreach (var row in rows)
            {
                builder.AppendValue(values[row]);
            }

            return builder.Finish();
        }),
    ];

    private static unsafe Selection EverySecond(int count, MemoryPool pool)
    {
        var words = pool.AllocateCleared(Bitmap.ByteCount(count * 2), "selection");
        for (var i = 0; i < count; i++)
        {
            Bitmap.Set(words.Pointer, i * 2);
        }

        return new Selection(words, count * 2, pool);
    }

    /// <summary>All different, few different, few at first, or runs of the same.</summary>
    private static Gen<object?[]> ValuesOf(DataType type, int rowCount) =>
        from seed in Gen.Choose(0, int.MaxValue)
        from nullPercent in Gen.Elements(0, 2, 20, 95)
        from fewCount in Gen.Choose(1, 20)
        from runLength in Gen.Choose(2, 50)
        from shape in Gen.Choose(0, 3)
        select MakeValues(type, rowCount, new Random(seed), nullPercent, fewCount, shape == 3 ? runLength : 1, shape switch { 1 => rowCount, 2 => rowCount / 2, _ => 0 });

    private static object?[] MakeValues(DataType type, int rowCount, Random random, int nullPercent, int fewCount, int runLength, int fewRows)
    {
        var values = new RandomValues(random, nullPercent);
        var few = Enumerable.Range(0, fewCount).Select(_ => values.Next(type)).ToArray();
        var rows = new object?[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            rows[row] = row < fewRows ? few[random.Next(fewCount)] : row % runLength > 0 ? rows[row - 1] : values.Next(type);
        }

        return rows;
    }

    private static Gen<ParquetWriteOptions> OptionsFor(string[] names, int rowCount) =>
        from compression in Gen.Elements(Enum.GetValues<ParquetCompression>())
        from groupRows in Gen.Elements(1 << 20, 1 + (rowCount / 10), 64 + (rowCount / 4))
        from groupBytes in Gen.Elements(128L << 20, 20_000L)
        from pageRows in Gen.Elements(20_480, 1 + (rowCount / 40), 100)
        from pageBytes in Gen.Elements(1 << 20, 1000, 20_000)
        from dictionaryBytes in Gen.Elements(1 << 20, 0, 100, 3000)
        from flags in Gen.Choose(0, 15)
        from bloomColumns in Gen.SubListOf(names)
        from threads in Gen.Elements(1, 3)
        select new ParquetWriteOptions
        {
            Compression = compression,
            RowGroupRows = groupRows,
            RowGroupBytes = groupBytes,
            PageRows = pageRows,
            PageBytes = pageBytes,
            DictionaryBytes = dictionaryBytes,
            UseDictionary = (flags & 1) == 0 || dictionaryBytes < 1 << 20,
            UseByteStreamSplit = (flags & 2) != 0,
            UsePageVersion2 = (flags & 4) != 0,
            UseDelta = (flags & 8) == 0,
            BloomColumns = [.. bloomColumns],
            Threads = threads,
        };
}
