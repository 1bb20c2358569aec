using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Storage.Parquet;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>A file of four kilobytes that stands for more than two gigabytes: run when asked for (QE_DIFFERENTIAL=full), as it takes the memory.</summary>
public sealed class LargeStringTests
{
    [SharedDataFact]
    public void Strings_of_a_gigabyte_each_are_read_from_few_bytes()
    {
        if (Environment.GetEnvironmentVariable("QE_DIFFERENTIAL") != "full")
        {
            return;
        }

        using var fixture = new ScanFixture();
        var format = new ParquetFormat(fixture.Store);
        var file = fixture.Store.List(SharedData.PathOf("parquet/apache/large_string_map.brotli.parquet"), CancellationToken.None).Single();
        var schema = format.Infer([file], FormatOptions.None, null, CancellationToken.None).Schema;
        var scan = new FileScan(FormatOptions.None, schema, [0], [], OnError.Fail);
        var lengths = new List<int>();
        foreach (var split in format.Split(file, scan, CancellationToken.None))
        {
            using var source = format.Open(split, scan, new ScanContext(fixture.Pool, fixture.Metrics, fixture.Errors, 1));
            while (source.Next(CancellationToken.None) is { } batch)
            {
                using (batch)
                {
                    var entries = (StructColumn)((ListColumn)batch[0]).Child;
                    lengths.Add(((TextColumn)entries.Children[0]).Bytes(0).Length);
                }
            }
        }

        lengths.ShouldBe([1 << 30, 1 << 30]);
    }
}
