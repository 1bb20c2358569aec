using Engine.Core.Errors;
using Engine.Planner.Explain;
using Engine.Planner.Physical;

namespace Engine.Planner.Tests;

/// <summary>All 22 queries bind and plan, or stop at a correlated subquery with a clear word and a place; plans survive serialisation.</summary>
public sealed class TpchTests
{
    public static TheoryData<string> Queries() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "tpch"), "*.sql").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_plans_or_names_what_is_missing(string query)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "tpch", query + ".sql"));
        try
        {
            var plan = TpchPlans.Plan(text, new HashSet<string>());
            var json = PlanSerializer.Serialize(plan);
            var back = PlanSerializer.Deserialize(json);
            PlanSerializer.Serialize(back).ShouldBe(json);
            PlanText.Of(back).ShouldBe(PlanText.Of(plan));
        }
        catch (QueryException error)
        {
            error.Code.ShouldBe(ErrorCodes.FeatureNotSupported, error.Message);
            error.Message.ShouldStartWith("not supported yet: ");
            error.Span.ShouldNotBeNull();
        }
    }
}
