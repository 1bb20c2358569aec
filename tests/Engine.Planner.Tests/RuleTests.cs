using Engine.Planner.Explain;
using Engine.Planner.Physical;
using Engine.Planner.Rules;

namespace Engine.Planner.Tests;

/// <summary>Each rule fires where it should, leaves what it should, and stays away where it would change the answer.</summary>
public sealed class RuleTests
{
    public static TheoryData<string, string, string> Fires() => new()
    {
        { "fold_constants", "SELECT 1 + 2 AS three FROM region", "three := 3" },
        { "fold_constants", "SELECT * FROM region WHERE r_name = upper('asia')", "r_name = 'ASIA'" },
        { "simplify_conditions", "SELECT * FROM region WHERE r_regionkey > 1 AND true AND r_regionkey > 1", "Filter\nr_regionkey > 1\n" },
        { "simplify_conditions", "SELECT * FROM region WHERE NOT r_regionkey > 1", "r_regionkey <= 1" },
        { "simplify_conditions", "SELECT * FROM region WHERE r_regionkey > 1 AND 1 = 2", "Values" },
        { "factor_conditions", "SELECT * FROM region WHERE (r_regionkey = 1 AND r_name = 'a') OR (r_regionkey = 1 AND r_name = 'b')", "(r_regionkey = 1) AND ((r_name = 'a') OR (r_name = 'b'))" },
        { "factor_conditions", "SELECT * FROM region, nation WHERE (r_regionkey = n_regionkey AND r_name = 'a') OR (r_regionkey = n_regionkey AND n_name = 'b')", "HashJoin Inner" },
        { "merge_projects", "SELECT a + 1 AS b FROM (SELECT r_regionkey AS a FROM region) AS r", "b := r_regionkey + 1" },
        { "push_down_predicates", "SELECT * FROM region JOIN nation ON r_regionkey = n_regionkey WHERE n_name = 'a'", "Filter\nn_name = 'a'\nScan nation" },
        { "push_down_predicates", "SELECT * FROM region LEFT JOIN nation ON r_regionkey = n_regionkey WHERE r_name = 'a'", "r_name = 'a'\nScan region" },
        { "push_down_predicates", "SELECT r_regionkey, count(*) FROM region GROUP BY 1 HAVING r_regionkey > 2", "Filter\nr_regionkey > 2" },
        { "choose_join_sides", "SELECT a.x, b.y FROM (VALUES (1)) AS a(x) JOIN (VALUES (1), (2), (3)) AS b(y) ON a.x = b.y", "x := column1, y := column1\nHashJoin Inner\non y = x\n" },
        { "use_top_n", "SELECT * FROM region ORDER BY r_name LIMIT 3 OFFSET 2", "TopN 3 OFFSET 2" },
        { "merge_limits", "SELECT * FROM (SELECT * FROM region LIMIT 10) AS r LIMIT 3", "Limit 3" },
        { "push_down_limits", "SELECT r_regionkey + 1 AS x FROM region LIMIT 3", "limit: 3" },
        { "prune_columns", "SELECT r_name FROM region WHERE r_regionkey = 1", "columns: r_regionkey, r_name\n" },
        { "push_constraints_into_scans", "SELECT r_name FROM region WHERE r_regionkey = 1", "skips by: r_regionkey = 1" },
    };

    public static TheoryData<string, string, string> Stays() => new()
    {
        { "fold_constants", "SELECT 1 / 0 AS x FROM region", "1 / 0" },
        { "fold_constants", "SELECT random() AS x FROM region", "random()" },
        { "simplify_conditions", "SELECT * FROM region WHERE r_regionkey > 1 OR r_name = 'a'", "(r_regionkey > 1) OR (r_name = 'a')" },
        { "factor_conditions", "SELECT * FROM region WHERE (r_regionkey <> 0 AND 1 / r_regionkey = 1) OR (r_name = 'a' AND 1 / r_regionkey = 1)", ") OR (" },
        { "merge_projects", "SELECT a + a AS b FROM (SELECT random() AS a FROM region) AS r", "a := random()" },
        { "push_down_predicates", "SELECT * FROM region LEFT JOIN nation ON r_regionkey = n_regionkey WHERE n_name = 'a'", "Filter\nn_name = 'a'\nHashJoin Left" },
        { "push_down_predicates", "SELECT r_regionkey, count(*) FROM region GROUP BY 1 HAVING count(*) > 2", "Filter\ncount > 2\nAggregate" },
        { "push_down_predicates", "SELECT * FROM (SELECT * FROM region LIMIT 3) AS r WHERE r_name = 'a'", "Filter\nr_name = 'a'\nLimit 3" },
        { "push_down_limits", "SELECT * FROM region WHERE r_name = 'a' LIMIT 3", "Scan region" },
        { "use_top_n", "SELECT * FROM region ORDER BY r_name", "Sort" },
        { "prune_columns", "SELECT DISTINCT * FROM region", "r_regionkey, r_name, r_comment" },
    };

    public static TheoryData<string, string, string> FiresOverScansThatApplyConditions() => new()
    {
        { "push_conditions_into_scans", "SELECT r_name FROM region WHERE r_regionkey = 1", "filter: r_regionkey = 1\n" },
        { "push_conditions_into_scans", "SELECT r_name FROM region WHERE length(r_name) > 3 AND r_comment LIKE '%a%' AND 10 / r_regionkey > 1", "Filter\n(10 / r_regionkey) > 1\nScan region" },
        { "push_conditions_into_scans", "SELECT n_name FROM region JOIN nation ON r_regionkey = n_regionkey WHERE r_name = 'ASIA'", "filter: r_name = 'ASIA'\n" },
    };

    public static TheoryData<string, string> StaysOverScansThatApplyConditions() => new()
    {
        { "SELECT * FROM region WHERE 10 / r_regionkey > 1", "Filter\n(10 / r_regionkey) > 1\n" },
        { "SELECT * FROM region WHERE random() < 0.5", "Filter\nrandom() < " },
        { "SELECT * FROM (SELECT * FROM region LIMIT 3) AS r WHERE r_name = 'a'", "Filter\nr_name = 'a'\nLimit 3" },
        { "SELECT * FROM region LEFT JOIN nation ON r_regionkey = n_regionkey WHERE n_name IS NULL", "Filter\nn_name IS NULL\nHashJoin Left" },
    };

    [Theory]
    [MemberData(nameof(FiresOverScansThatApplyConditions))]
    public void Rule_fires_over_scans_that_apply_conditions(string rule, string sql, string expected)
    {
        var tables = new TpchTables(appliesConditions: true);
        var (fired, plan) = Plan(sql, [], tables);
        fired.ShouldContain(rule);
        plan.ShouldContain(expected);
        Plan(sql, [rule], tables).Text.ShouldNotContain(expected);
    }

    [Theory]
    [MemberData(nameof(StaysOverScansThatApplyConditions))]
    public void Conditions_stay_above_scans(string sql, string expected) =>
        Plan(sql, [], new TpchTables(appliesConditions: true)).Text.ShouldContain(expected);

    [Theory]
    [MemberData(nameof(Fires))]
    public void Rule_fires(string rule, string sql, string expected)
    {
        var (fired, plan) = Plan(sql, []);
        fired.ShouldContain(rule);
        plan.ShouldContain(expected);

        // Without the rule the plan is another one: the text above is its doing.
        Plan(sql, [rule]).Fired.ShouldNotContain(rule);
    }

    [Theory]
    [MemberData(nameof(Stays))]
    public void Rule_stays_away(string rule, string sql, string expected)
    {
        var (_, plan) = Plan(sql, []);
        plan.ShouldContain(expected);
        Plan(sql, [rule]).Text.ShouldContain(expected);
    }

    private static (IReadOnlyList<string> Fired, string Text) Plan(string sql, HashSet<string> disabledRules, TpchTables? tables = null)
    {
        var trace = new List<RuleTrace>();
        var plan = TpchPlans.Plan(sql, disabledRules, trace, tables);
        return ([.. trace.Where(step => step.Changed is not null).Select(step => step.Rule)], Unestimated(PlanText.Of(plan)));
    }

    /// <summary>Without indentation, and without the estimates, which are another matter.</summary>
    private static string Unestimated(IReadOnlyList<string> lines) =>
        string.Concat(lines.Select(line => (line.IndexOf("  (rows ~", StringComparison.Ordinal) is var end and >= 0 ? line[..end] : line).Trim() + "\n"));
}
