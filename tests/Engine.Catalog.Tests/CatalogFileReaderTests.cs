using Engine.Catalog.Definitions;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Catalog.Tests;

public sealed class CatalogFileReaderTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("catalog").FullName, "sales.yaml");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Table_and_view_are_read_as_declared()
    {
        var schema = Read("tables:\n  t:\n    location: [a.csv, b.csv]\n    format: csv\n    columns: { id: bigint, v: 'decimal(12,2)' }\n    options: { delimiter: ';' }\n    on_error: null\nviews:\n  w: SELECT 1\n");
        schema.Name.ShouldBe("sales");
        var table = schema.Tables.ShouldHaveSingleItem();
        table.Locations.ShouldBe(["a.csv", "b.csv"]);
        table.Columns!.ShouldBe([new Field("id", DataType.BigInt), new Field("v", new DecimalType(12, 2))]);
        table.Options["delimiter"].ShouldBe(";");
        table.OnError.ShouldBe(OnError.Null);
        schema.Views.ShouldHaveSingleItem().ShouldBe(new ViewDefinition("w", "SELECT 1"));
    }

    [Theory]
    [InlineData("tables:\n  t: [\n", "invalid YAML")]
    [InlineData("tables:\n  t:\n    format: csv\n", "2:3: table t has no location")]
    [InlineData("tables:\n  t:\n    locaton: x\n", "3:5: unknown key \"locaton\"")]
    [InlineData("tables:\n  t:\n    location: x\n    columns: { a: strng }\n", "strng")]
    [InlineData("tables:\n  t:\n    location: x\n    on_error: maybe\n", "4:15: on_error is fail, null or skip")]
    public void Mistake_is_named_with_its_place(string yaml, string message)
    {
        var error = Should.Throw<QueryException>(() => Read(yaml));
        error.Code.ShouldBe(ErrorCodes.ConfigFileError);
        error.Message.ShouldStartWith(_path);
        error.Message.ShouldContain(message);
    }

    private SchemaDefinition Read(string yaml)
    {
        File.WriteAllText(_path, yaml);
        return CatalogFileReader.Read(_path);
    }
}
