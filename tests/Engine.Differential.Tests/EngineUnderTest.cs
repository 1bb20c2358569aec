using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Server.Sessions;

namespace Engine.Differential.Tests;

/// <summary>The engine's answer in the same form as the oracle's.</summary>
public sealed class EngineUnderTest : IDisposable
{
    private readonly EmbeddedEngine _engine;
    private readonly Session _session;

    public EngineUnderTest(EngineOptions? options = null)
    {
        _engine = new EmbeddedEngine(options ?? new EngineOptions { CatalogFolder = "no-catalog", Threads = 2 });
        _session = _engine.OpenSession();
    }

    public Answer Ask(string sql)
    {
        try
        {
            using var result = _session.Execute(Session.Parse(sql)[0], CancellationToken.None);
            var rows = new List<string?[]>();
            while (result.Next() is { } batch)
            {
                using (batch)
                {
                    for (var row = 0; row < batch.RowCount; row++)
                    {
                        var place = row;
                        rows.Add([.. batch.Columns.Select(column => ColumnText.ToString(column, place))]);
                    }
                }
            }

            // A command has no columns.
            return new Answer([.. result.Schema?.Select(field => field.Name) ?? []], [.. result.Schema?.Select(field => field.Type.ToString()) ?? []], rows, null);
        }
        catch (QueryException error)
        {
            return new Answer([], [], [], error.Message);
        }
    }

    public void Dispose() => _engine.Dispose();
}
