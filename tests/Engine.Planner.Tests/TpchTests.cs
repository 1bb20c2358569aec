using Engine.Planner.Explain;
using Engine.Planner.Physical;

namespace Engine.Planner.Tests;

/// <summary>All 22 queries bind and plan, and their plans survive serialisation.</summary>
public sealed class TpchTests
{
    public static TheoryData<string> Queries() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "tpch"), "*.sql").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_plans(string query)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "tpch", query + ".sql"));
        var plan = TpchPlans.Plan(text, new HashSet<string>());
        var json = PlanSerializer.Serialize(plan);
        var back = PlanSerializer.Deserialize(json);
        PlanSerializer.Serialize(back).ShouldBe(json);
        PlanText.Of(back).ShouldBe(PlanText.Of(plan));
    }
}
