using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Exec.Functions;
using Engine.Server.Sessions;

namespace Engine.Exec.Tests.Functions;

/// <summary>The examples of the documentation say what the engine does.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void Every_example_holds()
    {
        var folder = Directory.CreateTempSubdirectory("examples");
        var wrong = new List<string>();

        // Disposing the engine fails when native memory is still out.
        using (var engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = folder.FullName, Threads = 1 }))
        {
            // What the examples about sequences speak of.
            engine.OpenSession().Execute(Session.Parse("CREATE SEQUENCE ids").Single(), CancellationToken.None).Dispose();
            wrong.AddRange(FunctionRegistry.Default.All.Select(info => (info, Answer: Evaluate(engine, info))).Where(pair => pair.Answer != "true").Select(pair => $"{pair.info.Example}: {pair.Answer}"));
        }

        folder.Delete(recursive: true);
        wrong.ShouldBeEmpty();
    }

    private static string? Evaluate(EmbeddedEngine engine, FunctionInfo info)
    {
        var place = info.Example.LastIndexOf(" = ", StringComparison.Ordinal);
        if (place < 0)
        {
            return "no \" = \" in the example";
        }

        try
        {
            // An example of an aggregate or a window function says over which rows: call FROM rows = value.
            var (call, value) = (info.Example[..place], info.Example[(place + 3)..]);
            var rows = info.Category is "aggregate" or "window" ? call.IndexOf(" FROM ", StringComparison.Ordinal) : call.Length;
            if (rows < 0)
            {
                return "no \" FROM \" in the example";
            }

            var statement = Session.Parse($"SELECT (({call[..rows]}) IS NOT DISTINCT FROM ({value}))::varchar{call[rows..]}").Single();
            using var result = engine.OpenSession().Execute(statement, CancellationToken.None);
            using var batch = result.Next();
            return batch is null ? "no row" : ColumnText.ToString(batch[0], 0);
        }
        catch (QueryException error)
        {
            return error.Message;
        }
    }
}
