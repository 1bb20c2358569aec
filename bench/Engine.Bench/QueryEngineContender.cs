using Engine.Core.Text;
using Engine.Server.Sessions;

namespace Engine.Bench;

/// <summary>Our engine, embedded in this process as it is in <c>qe</c>.</summary>
internal sealed class QueryEngineContender : IContender
{
    private readonly EmbeddedEngine _engine;
    private readonly Session _session;

    public QueryEngineContender(int threads)
    {
        _engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = "no-catalog", Threads = threads });
        _session = _engine.OpenSession();
    }

    public string Name => "QueryEngine";

    public long Run(string sql)
    {
        using var result = Execute(sql);
        var rows = 0L;
        while (result.Next() is { } batch)
        {
            using (batch)
            {
                rows += batch.SelectedCount;
            }
        }

        return rows;
    }

    public ResultText Read(string sql)
    {
        using var result = Execute(sql);
        var rows = new List<string?[]>();
        while (result.Next() is { } batch)
        {
            using (batch)
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    rows.Add([.. batch.Columns.Select(column => ColumnText.ToString(column, row))]);
                }
            }
        }

        return new ResultText([.. result.Schema!.Select(field => field.Name)], [.. result.Schema!.Select(field => field.Type)], rows);
    }

    public void Dispose() => _engine.Dispose();

    private StatementResult Execute(string sql) => _session.Execute(Session.Parse(sql)[0], CancellationToken.None);
}
