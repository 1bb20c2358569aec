using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Storage.ArrowIpc;
using Engine.Storage.Tests.ObjectStores;
using Engine.TestKit;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>Bytes that are damaged, by chance or on purpose: each file is an error or a table, in bounded memory, and nothing is left over.</summary>
public sealed class ArrowDamageTests
{
    private const int Rounds = 6000;
    private const long MemoryLimit = 64 << 20;

    /// <summary>A handful of rows can claim to be billions, of nothing: they are not all looked at.</summary>
    private const int MaxRowsShown = 2000;

    [SharedDataFact]
    public void Golden_files_changed_at_random_give_an_error_or_a_table()
    {
        var files = Directory.EnumerateFiles(SharedData.PathOf("arrow"), "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var random = new Random(20);
        var (tables, errors) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = (byte[])files[round % files.Count].Clone();
            Change(bytes, random);
            _ = IsTable(random.Next(20) == 0 ? bytes[..random.Next(bytes.Length)] : bytes) ? tables++ : errors++;
        }

        // Both happen often, or the changes test nothing.
        tables.ShouldBeGreaterThan(Rounds / 20);
        errors.ShouldBeGreaterThan(Rounds / 20);
    }

    [SharedDataTheory]
    [InlineData("fuzz/arrow-ipc-file")]
    [InlineData("fuzz/arrow-ipc-stream")]
    public void Files_found_by_fuzzing_other_readers_do_no_harm(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.PathOf(folder)))
        {
            _ = IsTable(File.ReadAllBytes(path));
        }
    }

    [SharedDataFact]
    public void File_cut_off_anywhere_is_an_error_that_names_it()
    {
        using var fixture = new ScanFixture();
        var whole = File.ReadAllBytes(SharedData.PathOf("arrow/cpp-21.0.0/generated_primitive.arrow_file"));
        foreach (var length in new[] { 0, 5, 8, 100, whole.Length / 2, whole.Length - 1 })
        {
            var file = fixture.Folder.Write($"cut{length}.arrow", whole[..length]);
            var problem = Should.Throw<QueryException>(() => fixture.Read(new ArrowFormat(fixture.Store), file));
            (problem.Code, problem.Message.Contains($"cut{length}.arrow", StringComparison.Ordinal)).ShouldBe((ErrorCodes.DataCorrupted, true), problem.Message);
        }
    }

    private static void Change(byte[] bytes, Random random)
    {
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.AsSpan(at, Math.Min(bytes.Length - at, 1 << random.Next(4))).Fill((byte)(random.Next(2) * 255));
                    break;
                default:
                    bytes.AsSpan(random.Next(bytes.Length / 2), bytes.Length / 4).CopyTo(bytes.AsSpan(at / 2));
                    break;
            }
        }
    }

    /// <summary>Reads through the file format, as queries do.</summary>
    private static bool IsTable(byte[] bytes)
    {
        // Closing the pool fails when anything is still out.
        using var pool = MemoryPool.CreateRoot("damaged", MemoryLimit);
        var format = new ArrowFormat(new MemoryStore(bytes));
        var file = new DataFile("damaged.arrow", bytes.Length, DateTime.UnixEpoch);
        try
        {
            var schema = format.Infer([file], FormatOptions.None, null, CancellationToken.None).Schema;
            var scan = new FileScan(FormatOptions.None, schema, [.. Enumerable.Range(0, schema.Count)], [], OnError.Fail);
            foreach (var split in format.Split(file, scan, CancellationToken.None))
            {
                using var source = format.Open(split, scan, new ScanContext(pool, new ScanMetrics(), new RowErrorLog(), 1000));
                Show(source);
            }

            return true;
        }
        catch (QueryException)
        {
            return false;
        }
    }

    private static void Show(IBatchSource source)
    {
        var left = MaxRowsShown;
        var text = new ByteWriter();
        while (left > 0 && source.Next(CancellationToken.None) is { } batch)
        {
            using (batch)
            {
                foreach (var column in batch.Columns)
                {
                    for (var row = 0; row < Math.Min(left, batch.RowCount); row++)
                    {
                        text.Clear();
                        ColumnJson.Write(column, row, text);
                    }
                }

                left -= batch.RowCount;
            }
        }
    }
}
