using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>What tests over Parquet files need; the memory that they take must be back at the end of each.</summary>
public abstract class ParquetTest : IDisposable
{
    private protected ScanFixture Fixture { get; } = new();

    private protected ParquetFormat Format => new(Fixture.Store);

    public void Dispose()
    {
        Fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected DataFile Open(string path) => Fixture.Store.List(path, CancellationToken.None).Single();

    private protected DataFile Shared(string path) => Open(SharedData.PathOf(path));

    private protected Schema SchemaOf(DataFile file) => Format.Infer([file], FormatOptions.None, null, CancellationToken.None).Schema;
}
