using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Engine.Server.Bench;

/// <summary>Many clients at once, each with many small queries, one after the other on one connection. No answer may be wrong or missing.</summary>
internal static class LoadRun
{
    /// <summary>As a page of a BI tool asks: a parameter, a table, an aggregate.</summary>
    private const string Query = "SELECT r_name, count(*) FROM tpch.tiny.nation JOIN tpch.tiny.region ON n_regionkey = r_regionkey WHERE n_nationkey >= $1 GROUP BY 1 ORDER BY 1";

    public static async Task<int> RunAsync(string program, int clients, int queries)
    {
        using var server = ServerProcess.Start(program);
        var source = $"Host=127.0.0.1;Port={server.Port};Username=bench;Database=x;Server Compatibility Mode=NoTypeLoading;Pooling=false;Timeout=60;Command Timeout=120";
        await OneAsync(source, 20);
        var times = new double[clients][];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client => times[client] = await OneAsync(source, queries)));
        var elapsed = clock.Elapsed;
        var sorted = times.SelectMany(each => each).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clients} clients x {queries} queries: {sorted.Length} answers in {elapsed.TotalSeconds:0.0} s, {sorted.Length / elapsed.TotalSeconds:0} a second; p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, max {sorted[^1]:0.0} ms; server {server.Memory.Peak >> 20} MB at most"));
        return 0;

        double At(double part) => sorted[(int)(part * (sorted.Length - 1))];
    }

    private static async Task<double[]> OneAsync(string source, int queries)
    {
        await using var connection = new NpgsqlConnection(source);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Query, connection) { Parameters = { new() { Value = 0 } } };
        var times = new double[queries];
        for (var i = 0; i < queries; i++)
        {
            command.Parameters[0].Value = i % 20;
            var start = Stopwatch.GetTimestamp();
            await using var reader = await command.ExecuteReaderAsync();
            var nations = 0L;
            while (await reader.ReadAsync())
            {
                nations += reader.GetInt64(1);
            }

            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (nations != 25 - (i % 20))
            {
                throw new InvalidOperationException($"the answer has {nations} nations");
            }
        }

        return times;
    }
}
