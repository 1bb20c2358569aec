using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Storage.Csv;
using Engine.TestKit;

namespace Engine.Storage.Tests.Csv;

public sealed class CsvForeignFileTests : IDisposable
{
    private readonly ScanFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [SharedDataFact]
    public void Every_foreign_csv_file_gives_rows_or_an_error()
    {
        var format = new CsvFormat(_fixture.Store, _fixture.Pool);
        var read = 0;
        foreach (var path in Directory.GetFiles(SharedData.PathOf("csv"), "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(SharedData.PathOf("fuzz/csv"))).Concat(Directory.GetFiles(SharedData.PathOf("fuzz/duckdb-csv"))))
        {
            try
            {
                _fixture.Read(format, _fixture.Store.List(path, CancellationToken.None)[0], onError: OnError.Null).Rows.ShouldNotBeNull();
                read++;
            }
            catch (QueryException e)
            {
                e.Message.ShouldNotBeNullOrEmpty();
            }
        }

        read.ShouldBeGreaterThan(500);
    }
}
