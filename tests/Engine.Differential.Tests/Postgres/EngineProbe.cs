using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Server.Sessions;

namespace Engine.Differential.Tests.Postgres;

/// <summary>The engine, asked one expression at a time.</summary>
public sealed class EngineProbe : IDisposable
{
    private readonly EmbeddedEngine _engine = new(new EngineOptions { CatalogFolder = "no-catalog", Threads = 1 });
    private readonly Session _session;
    private readonly TimeZoneInfo _zone;

    public EngineProbe(string zone)
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        _session = _engine.OpenSession();
        _session.Execute(Session.Parse($"SET timezone = '{zone}'")[0], CancellationToken.None).Dispose();
    }

    public Outcome Ask(string expression)
    {
        try
        {
            using var result = _session.Execute(Session.Parse($"SELECT {expression}")[0], CancellationToken.None);
            using var batch = result.Next()!;
            return Outcome.Of(ColumnText.ToString(batch.Columns[0], 0, new TextContext(_zone, result.Objects)), new PostgresType(result.Schema![0].Type, null).FormattedName);
        }
        catch (QueryException error)
        {
            return Outcome.Error(error.Code.SqlState, error.Message);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return Outcome.Error(ErrorCodes.InternalError.SqlState, $"{error.GetType().Name}: {error.Message}");
        }
    }

    public void Dispose() => _engine.Dispose();
}
