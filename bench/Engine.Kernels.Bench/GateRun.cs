using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Engine.Kernels.Bench;

/// <summary>Runs the benchmarks of gates in this process, and makes lines of the gate table of what they took.</summary>
internal static class GateRun
{
    /// <summary>Gates whose kernel the engine does not have.</summary>
    private static readonly (string Name, double Target, GateUnit Unit)[] NotBuilt = [("array join probe", 200, GateUnit.MillionsPerSecond)];

    /// <summary>In the order in which the table shows them: first the machine.</summary>
    private static readonly Type[] Classes =
        [typeof(MachineBenchmarks), typeof(UnpackBenchmarks), typeof(DecodeBenchmarks), typeof(FilterBenchmarks), typeof(TopBenchmarks), typeof(HashBenchmarks), typeof(PlanBenchmarks)];

    /// <param name="filter">Only gates whose name contains this; null for all.</param>
    /// <param name="isLarge">Whether those run too that take gigabytes.</param>
    /// <param name="report">Gets each line as soon as it is known.</param>
    public static void Run(string? filter, bool isLarge, Action<GateLine> report)
    {
        foreach (var type in Classes)
        {
            foreach (var (method, gate) in GatesOf(type).Where(pair => IsWanted(pair.Gate.Name, filter)))
            {
                report(gate.IsLarge && !isLarge
                    ? new GateLine(gate.Name, gate.Target, gate.Unit, null, "not run, needs --large")
                    : Measure(type, method, gate));
            }
        }

        foreach (var (name, target, unit) in NotBuilt.Where(gate => IsWanted(gate.Name, filter)))
        {
            report(new GateLine(name, target, unit, null, "not built yet"));
        }
    }

    private static IEnumerable<(MethodInfo Method, GateAttribute Gate)> GatesOf(Type type) =>
        type.GetMethods().Select(method => (method, method.GetCustomAttribute<GateAttribute>()!)).Where(pair => pair.Item2 is not null);

    private static bool IsWanted(string name, string? filter) => filter is null || name.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private static GateLine Measure(Type type, MethodInfo method, GateAttribute gate)
    {
        var summary = BenchmarkRunner.Run(type, [method], Configuration(isOnce: type == typeof(HashBenchmarks)));
        var times = summary.Reports.Where(report => report.ResultStatistics is not null)
            .Select(report => (report.ResultStatistics!.Median, Parameters: report.BenchmarkCase.Parameters.DisplayInfo)).ToList();
        if (times.Count < summary.Reports.Length || times.Count == 0)
        {
            return new GateLine(gate.Name, gate.Target, gate.Unit, null, "failed");
        }

        var (nanoseconds, parameters) = times.MaxBy(time => time.Median);
        return new GateLine(gate.Name, gate.Target, gate.Unit, gate.Unit.Measure(nanoseconds), times.Count > 1 ? $"slowest of {times.Count}: {parameters.Trim('[', ']')}" : "");
    }

    /// <summary>In this process: no project is generated and built for each benchmark, and the settings are those of <c>qe</c>.</summary>
    /// <param name="isOnce">Whether an invocation is long, and each one is prepared anew.</param>
    private static ManualConfig Configuration(bool isOnce)
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
        job = isOnce
            ? job.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(2).WithIterationCount(5)
            : job.WithWarmupCount(4).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(100));
        return ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).WithOption(ConfigOptions.DisableLogFile, true);
    }
}

/// <summary>A line of the gate table.</summary>
/// <param name="Name">Of the gate.</param>
/// <param name="Target">0 where there is none.</param>
/// <param name="Unit">Of target and measured.</param>
/// <param name="Measured">Null where nothing was, and the remark says why.</param>
/// <param name="Remark">Or empty.</param>
internal sealed record GateLine(string Name, double Target, GateUnit Unit, double? Measured, string Remark)
{
    public string TargetText => Target == 0 ? "" : (Unit.IsRate() ? ">= " : "<= ") + Unit.Format(Target);

    public string MeasuredText => Measured is { } value ? Unit.Format(value) : "";

    public string Verdict => Measured is not { } value || Target == 0 ? "" : (Unit.IsRate() ? value >= Target : value <= Target) ? "met" : "no";
}
