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
    public void Every_example_of_a_scalar_function_holds()
    {
        var folder = Directory.CreateTempSubdirectory("examples");
        var wrong = new List<string>();

        // Disposing the engine fails when native memory is still out.
        using (var engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = folder.FullName, Threads = 1 }))
        {
            var scalars = FunctionRegistry.Default.All.Where(info => FunctionRegistry.Default.FindScalar(info.Name) is not null);
            wrong.AddRange(scalars.Select(info => (info, Answer: Evaluate(engine, info))).Where(pair => pair.Answer != "true").Select(pair => $"{pair.info.Example}: {pair.Answer}"));
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
            var statement = Session.Parse($"SELECT (({info.Example[..place]}) IS NOT DISTINCT FROM ({info.Example[(place + 3)..]}))::varchar").Single();
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
