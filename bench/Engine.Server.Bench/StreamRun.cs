using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Engine.Server.Bench;

/// <summary>A client that reads a large result slowly: first not at all, then so many megabytes a second. The server's memory is to stay what it is.</summary>
internal static class StreamRun
{
    /// <summary>What the server may have more than before the query: its queue of batches, the buffers of the connection, and what the query itself holds.</summary>
    private const long MaxGrowthBytes = 128L << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string program, long rows, int megabytesPerSecond)
    {
        using var server = ServerProcess.Start(program);
        using var client = new TcpClient("127.0.0.1", server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Startup());
        await ReadAnswerAsync(stream, megabytesPerSecond: null);
        await stream.WriteAsync(Query("SELECT i, 'row ' || i FROM generate_series(1, 1000) AS g(i)"));
        await ReadAnswerAsync(stream, megabytesPerSecond: null);

        var before = server.Memory.Now;
        await stream.WriteAsync(Query($"SELECT i, 'row ' || i FROM generate_series(1, {rows}) AS g(i)"));
        await Task.Delay(Pause);
        var paused = server.Memory.Now;
        var clock = Stopwatch.StartNew();
        var (count, bytes) = await ReadAnswerAsync(stream, megabytesPerSecond);
        var (_, peak) = server.Memory;
        var isBounded = peak - before <= MaxGrowthBytes && count == rows;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} rows, {bytes >> 20} MB in {clock.Elapsed.TotalSeconds:0} s at {megabytesPerSecond} MB/s: server {before >> 20} MB before, {paused >> 20} MB after {Pause.TotalSeconds:0} s without a reader, {peak >> 20} MB at most; {(isBounded ? "within" : "NOT within")} the bound of {MaxGrowthBytes >> 20} MB more"));
        return isBounded ? 0 : 1;
    }

    /// <summary>Reads up to ReadyForQuery; counts rows and bytes.</summary>
    private static async Task<(long Rows, long Bytes)> ReadAnswerAsync(NetworkStream stream, int? megabytesPerSecond)
    {
        var buffer = new byte[1 << 20];
        var (start, end) = (0, 0);
        var (rows, bytes) = (0L, 0L);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            while (end - start >= 5 && BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start + 1)) is var length && end - start > length)
            {
                switch ((char)buffer[start])
                {
                    case 'D':
                        rows++;
                        break;
                    case 'E':
                        throw new InvalidOperationException(Encoding.UTF8.GetString(buffer.AsSpan(start, length)));
                    case 'Z':
                        return (rows, bytes);
                }

                start += 1 + length;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            var count = await stream.ReadAsync(buffer.AsMemory(end));
            (end, bytes) = (end + count, bytes + count);
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            if (megabytesPerSecond is { } rate && TimeSpan.FromSeconds((double)bytes / (rate << 20)) - clock.Elapsed is { TotalMilliseconds: > 1 } early)
            {
                await Task.Delay(early);
            }
        }
    }

    private static byte[] Startup() => [.. Int32(8 + 12), .. Int32(196608), .. "user\0bench\0\0"u8];

    private static byte[] Query(string sql) => [(byte)'Q', .. Int32(Encoding.UTF8.GetByteCount(sql) + 5), .. Encoding.UTF8.GetBytes(sql), 0];

    private static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
