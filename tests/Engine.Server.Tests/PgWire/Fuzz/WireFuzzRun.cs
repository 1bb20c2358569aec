using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Engine.Server.Tests.PgWire.Fuzz;

/// <summary>Sends cases to servers and looks at how each ends: the connection is to be closed, soon, and no answer is to be an internal error.</summary>
internal sealed class WireFuzzRun(IReadOnlyList<int> ports)
{
    /// <summary>A case that has not ended by then hangs; statements have a far shorter time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, int> _ends = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Failures { get; } = [];

    public int Count(string end) => _ends.GetValueOrDefault(end);

    public string Report() => string.Join(", ", _ends.OrderByDescending(end => end.Value).Select(end => $"{end.Key} {end.Value}"));

    public Task RunAsync(int first, int count) => Parallel.ForEachAsync(
        Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) => await RunAsync(number));

    private async Task RunAsync(int number)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, ports[number % ports.Count]), patience.Token);
            var answers = ReadAsync(socket, patience.Token);
            foreach (var piece in WireCase.Create(number))
            {
                if (piece.Length > 0)
                {
                    await socket.SendAsync(piece, patience.Token);
                }
            }

            socket.Shutdown(SocketShutdown.Send);
            Judge(number, await answers);
        }
        catch (SocketException)
        {
            // The server has closed the connection before it had all.
            _ends.AddOrUpdate("reset", 1, (_, known) => known + 1);
        }
        catch (OperationCanceledException)
        {
            Failures.Enqueue(string.Create(CultureInfo.InvariantCulture, $"case {number} hangs"));
        }
    }

    private static async Task<byte[]> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellationToken) is var count and > 0)
            {
                all.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // What came before counts.
        }

        return all.ToArray();
    }

    private void Judge(int number, ReadOnlySpan<byte> answers)
    {
        // The answer to a request for TLS has no length.
        answers = answers.TrimStart("NS"u8.Contains(answers.IsEmpty ? (byte)0 : answers[0]) && answers.Length > 1 && answers[1] != 0 ? answers[..1] : []);
        var end = "nothing";
        while (answers.Length >= 5 && BinaryPrimitives.ReadInt32BigEndian(answers[1..]) is var length and >= 4 && answers.Length > length)
        {
            end = (char)answers[0] switch
            {
                'E' => CodeOf(answers[5..(1 + length)]),
                'Z' when end == "nothing" => "ready",
                _ => end,
            };
            answers = answers[(1 + length)..];
        }

        _ends.AddOrUpdate(end, 1, (_, known) => known + 1);
        if (end == "XX000")
        {
            Failures.Enqueue(string.Create(CultureInfo.InvariantCulture, $"case {number} is an internal error"));
        }
    }

    private static string CodeOf(ReadOnlySpan<byte> fields) => Encoding.UTF8.GetString(fields).Split('\0').FirstOrDefault(field => field.StartsWith('C'))?[1..] ?? "no code";
}
