using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Engine.Server.Tests.PgWire;

/// <summary>A client that sends whatever it is told, and knows of the protocol only how messages are framed.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly Socket _socket;

    private RawClient(Socket socket, Stream stream) => (_socket, Stream) = (socket, stream);

    public Stream Stream { get; set; }

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return new RawClient(socket, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>A client that is let in and ready.</summary>
    public static async Task<RawClient> StartAsync(int port, string user = "me")
    {
        var client = await ConnectAsync(port);
        await client.SendAsync(Startup(user));
        await client.ReadUntilAsync('Z');
        return client;
    }

    public static byte[] Startup(string user, string more = "") => Framed(null, [.. Int32(196608), .. Encoding.UTF8.GetBytes($"user\0{user}\0{more}\0")]);

    /// <summary>A message with its length; the first ones have no letter.</summary>
    public static byte[] Framed(char? type, ReadOnlySpan<byte> payload)
    {
        byte[] message = [.. Int32(payload.Length + 4), .. payload];
        return type is { } letter ? [(byte)letter, .. message] : message;
    }

    public static byte[] Framed(char type, string payload) => Framed(type, Encoding.UTF8.GetBytes(payload));

    public static byte[] Query(string sql) => Framed('Q', sql + '\0');

    public static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public Task SendAsync(byte[] bytes) => Stream.WriteAsync(bytes).AsTask();

    /// <summary>The next message; null when the server has closed the connection.</summary>
    public async Task<(char Type, byte[] Payload)?> ReadAsync()
    {
        var head = new byte[5];
        if (await Stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            return null;
        }

        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
        await Stream.ReadExactlyAsync(payload);
        return ((char)head[0], payload);
    }

    /// <summary>The messages up to one of that type; fewer when the connection ends before.</summary>
    public async Task<List<(char Type, byte[] Payload)>> ReadUntilAsync(char type)
    {
        var messages = new List<(char Type, byte[] Payload)>();
        while (await ReadAsync() is { } message)
        {
            messages.Add(message);
            if (message.Type == type)
            {
                break;
            }
        }

        return messages;
    }

    /// <summary>The error that the server says goodbye with: severity, SQLSTATE and message.</summary>
    public async Task<(string Severity, string SqlState, string Message)> ReadErrorAsync()
    {
        var fields = Encoding.UTF8.GetString((await ReadUntilAsync('E'))[^1].Payload).Split('\0');
        return (Field('S'), Field('C'), Field('M'));

        string Field(char kind) => fields.First(field => field.StartsWith(kind))[1..];
    }

    /// <summary>Goes without a word, as a program does that is killed.</summary>
    public void Kill()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
