using System.CommandLine;
using Engine.Kernels.Bench;

var filter = new Option<string?>("--filter") { Description = "only gates whose name contains this" };
var large = new Option<bool>("--large") { Description = "those too that take gigabytes and minutes" };
var root = new RootCommand("Measures the kernels of QueryEngine against their gates, on one core. Prints Markdown.") { filter, large };
root.SetAction(parsed =>
{
    Console.WriteLine("| gate | target | measured | met | |\n|---|--:|--:|---|---|");
    GateRun.Run(
        parsed.GetValue(filter),
        parsed.GetValue(large),
        line => Console.WriteLine($"| {line.Name} | {line.TargetText} | {line.MeasuredText} | {line.Verdict} | {line.Remark} |"));
});
return root.Parse(args).Invoke();
