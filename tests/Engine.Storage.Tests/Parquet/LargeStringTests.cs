using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>A file of four kilobytes that stands for more than two gigabytes: run when asked for (QE_DIFFERENTIAL=full), as it takes the memory.</summary>
public sealed class LargeStringTests : ParquetTest
{
    [FullRunFact]
    public void Strings_of_a_gigabyte_each_are_read_from_few_bytes()
    {
        var file = Shared("parquet/apache/large_string_map.brotli.parquet");
        var scan = new FileScan(FormatOptions.None, SchemaOf(file), [0], [], OnError.Fail);
        var lengths = new List<int>();
        foreach (var split in Format.Split(file, scan, CancellationToken.None))
        {
            using var source = Format.Open(split, scan, new ScanContext(Fixture.Pool, Fixture.Metrics, Fixture.Errors, 1));
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

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FullRunFactAttribute : FactAttribute
    {
        public FullRunFactAttribute() =>
            Skip = SharedData.Folder is null ? "needs the foreign test files in ../shared/data"
                : Environment.GetEnvironmentVariable("QE_DIFFERENTIAL") != "full" ? "takes three gigabytes: for full runs (QE_DIFFERENTIAL=full)" : null;
    }
}
