using System.Globalization;
using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Tests.ArrowIpc;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>Tables of any type, nested three deep with NULLs and empty lists, that parquet-wasm writes in pages of 200 bytes: rows go on over pages.</summary>
public sealed class ForeignWriterTests : ParquetTest
{
    private const int Seeds = 60;

    private static readonly NpmFolder Writer = new(Path.Combine("Parquet", "peer"), "parquet-wasm");

    [ForeignWriterFact]
    public void Tables_come_back()
    {
        var expected = new List<(Schema Schema, List<string?>[] Columns)>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            expected.Add(Write(seed));
        }

        Writer.Run("write.mjs", Fixture.Folder.Path);
        var (read, refused) = (0, new List<string>());
        for (var seed = 0; seed < Seeds; seed++)
        {
            var path = PathOf(seed, "parquet");
            if (!File.Exists(path))
            {
                refused.Add(File.ReadAllText(PathOf(seed, "error")));
                continue;
            }

            var (_, rows) = Fixture.Read(Format, Open(path));
            for (var i = 0; i < expected[seed].Columns.Length; i++)
            {
                rows.Select(row => row[i]).ShouldBe(expected[seed].Columns[i], $"seed {seed}: {expected[seed].Schema[i]}");
            }

            read++;
        }

        read.ShouldBe(Seeds, string.Join('\n', refused.Distinct()));
    }

    /// <summary>Writes a table as Arrow. The peer has neither intervals nor, in Arrow, uuids.</summary>
    private (Schema Schema, List<string?>[] Columns) Write(int seed)
    {
        var random = new RandomColumns(seed, Fixture.Pool);
        var types = Enumerable.Range(0, 200).Select(_ => random.Type()).Where(IsWritable).OrderByDescending(type => type.ToString().Length).Take(4).ToList();
        var schema = new Schema([.. types.Select((type, i) => new Field($"c{i}", type))]);
        var columns = types.ConvertAll(_ => new List<string?>()).ToArray();
        using var output = File.Create(PathOf(seed, "arrows"));
        var writer = new ArrowIpcWriter(output, schema, Fixture.Pool);
        for (var batchCount = random.Next(3); batchCount >= 0; batchCount--)
        {
            var rowCount = 1 + random.Next(200);
            using var batch = new Batch([.. types.Select(type => Flat(random, type, rowCount))], rowCount);
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i].AddRange(Enumerable.Range(0, rowCount).Select(row => ColumnText.ToString(batch[i], row)));
            }

            writer.Write(batch);
        }

        writer.Complete();
        return (schema, columns);
    }

    private Column Flat(RandomColumns random, DataType type, int rowCount)
    {
        using var column = random.Column(type, rowCount);
        return column.Flatten(Fixture.Pool);
    }

    private static bool IsWritable(DataType type) => type switch
    {
        ArrayType array => IsWritable(array.Element),
        MapType map => IsWritable(map.Value),
        RowType row => row.Fields.All(field => IsWritable(field.Type)),
        _ => type.Kind is not (TypeKind.Interval or TypeKind.Uuid),
    };

    private string PathOf(int seed, string suffix) => Path.Combine(Fixture.Folder.Path, $"{seed.ToString(CultureInfo.InvariantCulture)}.{suffix}");

    /// <summary>A test with parquet-wasm as the writer; skipped, with the reason, where it cannot be had.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ForeignWriterFactAttribute : FactAttribute
    {
        public ForeignWriterFactAttribute() => Skip = Writer.Missing;
    }
}
