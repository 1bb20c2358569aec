using Engine.Catalog.Paths;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Catalog.Tests;

public sealed class PathTemplateTests
{
    [Fact]
    public void Columns_become_stars_of_the_glob_and_values_of_the_path()
    {
        var template = PathTemplate.Parse("dumps/{region}/orders-{day:date}.csv");
        template.Glob.ShouldBe("dumps/*/orders-*.csv");
        template.Columns.Select(column => column.Field).ShouldBe([new Field("region", DataType.Varchar), new Field("day", DataType.Date)]);
        template.Match("dumps/eu/orders-2025-07-30.csv").ShouldBe(["eu", "2025-07-30"]);
    }

    [Fact]
    public void Path_may_spell_times_in_its_own_way()
    {
        var template = PathTemplate.Parse("logs/{ts:timestamp:yyyyMMdd-HH}.log");
        template.Match("logs/20250730-07.log").ShouldBe(["2025-07-30 07:00:00"]);
        template.Match("logs/readme.log").ShouldBe([null]);
    }

    [Fact]
    public void Braces_with_commas_belong_to_the_glob() => PathTemplate.Parse("d/{a,b}/*.csv").Columns.ShouldBeEmpty();

    [Fact]
    public void Type_that_does_not_exist_is_refused() =>
        Should.Throw<QueryException>(() => PathTemplate.Parse("d/{x:strng}.csv")).Message.ShouldContain("strng");

    [Fact]
    public void Hive_folders_get_the_narrowest_type_of_all_their_values()
    {
        var (fields, values) = HivePartitions.Read(["t/y=2024/d=2024-01-31/k=a/f.csv", "t/y=2025/d=2025-02-01/k=__HIVE_DEFAULT_PARTITION__/f.csv"]);
        fields.ShouldBe([new Field("y", DataType.BigInt), new Field("d", DataType.Date), new Field("k", DataType.Varchar)]);
        values[0].ShouldBe(["2024", "2024-01-31", "a"]);
        values[1].ShouldBe(["2025", "2025-02-01", null]);
    }

    [Fact]
    public void Folders_that_differ_between_files_are_no_partitions() =>
        HivePartitions.Read(["t/y=2024/f.csv", "t/z=2025/f.csv"]).Fields.ShouldBeEmpty();
}
