using System.Buffers.Binary;
using System.Text;

namespace Engine.Server.Tests.PgWire.Fuzz;

/// <summary>What a broken or wicked client sends: a conversation as a client would have it, with changes. It is known by its number alone.</summary>
internal sealed class WireCase
{
    private static readonly string[] Statements =
    [
        "SELECT 1", "SELECT $1::int + $2", "SELECT * FROM generate_series(1, 5000)", "BEGIN", "COMMIT", "SET timezone = 'Europe/Berlin'", "SHOW search_path", "SELECT 1 / 0",
        "SELECT", "DECLARE c CURSOR FOR SELECT 1", "FETCH ALL FROM c", "COPY (SELECT 1, 'x') TO STDOUT (FORMAT binary)", "SELECT ARRAY[1, NULL], ROW(1, 'a'), DATE '2024-02-29'",
        "SELECT oid, typname FROM pg_type LIMIT 5", "DISCARD ALL", "SELECT $1::date, $2::numeric, $3::bytea", "PREPARE p AS SELECT $1::text", "EXECUTE p('x')", "SELECT 1; SELECT 2; SELECT", "/* */",
    ];

    private readonly Random _random;
    private readonly List<byte[]> _messages = [];

    private WireCase(int number) => _random = new Random(number);

    /// <summary>Pieces to be sent one after the other.</summary>
    public static IReadOnlyList<byte[]> Create(int number)
    {
        var made = new WireCase(number);
        made.Open();
        for (var count = made._random.Next(1, 12); count > 0; count--)
        {
            made._messages.Add(made.Message());
        }

        for (var count = made._random.Next(0, 4); count > 0; count--)
        {
            made.Change();
        }

        return made._messages;
    }

    private void Open()
    {
        var user = _random.Next(3) == 0 ? "ann" : "me";
        switch (_random.Next(10))
        {
            case 0:
                _messages.Add(RawClient.Framed(null, RawClient.Int32(80877103)));
                break;
            case 1:
                _messages.Add(RawClient.Framed(null, [.. RawClient.Int32(80877102), .. RawClient.Int32(_random.Next(100)), .. RawClient.Int32(_random.Next())]));
                return;
            case 2:
                _messages.Add(RawClient.Startup(user, "options\0-c search_path=x --a=b\\ c\0_pq_.new\0on\0datestyle\0ISO\0"));
                return;
        }

        _messages.Add(RawClient.Startup(user));
        if (user == "ann")
        {
            var first = Encoding.UTF8.GetBytes("n,,n=,r=abcdefghijkl");
            _messages.Add(RawClient.Framed('p', [.. "SCRAM-SHA-256\0"u8, .. RawClient.Int32(first.Length), .. first]));
            _messages.Add(RawClient.Framed('p', "c=biws,r=abcdefghijkl,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        }
    }

    private byte[] Message()
    {
        var name = _random.Next(3) == 0 ? "s" : string.Empty;
        return _random.Next(14) switch
        {
            0 or 1 or 2 => RawClient.Query(Statement()),
            3 or 4 => RawClient.Framed('P', [.. Text(name), .. Text(Statement()), .. Int16(1), .. RawClient.Int32(_random.Next(2) * 23)]),
            5 or 6 => RawClient.Framed('B', [.. Text(name), .. Text(name), .. Int16(1), .. Int16(_random.Next(2)), .. Int16(2), .. Value(), .. Value(), .. Int16(1), .. Int16(_random.Next(2))]),
            7 => RawClient.Framed('D', [(byte)(_random.Next(2) == 0 ? 'S' : 'P'), .. Text(name)]),
            8 or 9 => RawClient.Framed('E', [.. Text(name), .. RawClient.Int32(_random.Next(3) * 7)]),
            10 => RawClient.Framed('C', [(byte)(_random.Next(2) == 0 ? 'S' : 'P'), .. Text(name)]),
            11 => RawClient.Framed('H', string.Empty),
            12 => RawClient.Framed("FdcfXp"[_random.Next(6)], Noise(_random.Next(40))),
            _ => RawClient.Framed('S', string.Empty),
        };
    }

    private string Statement() => Statements[_random.Next(Statements.Length)];

    private byte[] Value() => _random.Next(4) switch
    {
        0 => RawClient.Int32(-1),
        1 => [.. RawClient.Int32(4), .. RawClient.Int32(_random.Next())],
        2 => [.. RawClient.Int32(2), (byte)'4', (byte)'2'],
        _ => [.. RawClient.Int32(8), .. Noise(8)],
    };

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static byte[] Int16(int value) => [(byte)(value >> 8), (byte)value];

    private void Change()
    {
        var place = _random.Next(_messages.Count);
        var message = _messages[place];
        switch (_random.Next(9))
        {
            case 0 when message.Length > 0:
                message[_random.Next(message.Length)] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when message.Length > 0:
                message[_random.Next(message.Length)] = (byte)_random.Next(256);
                break;
            case 2 when message.Length >= 5:
                // The length that the message says of itself.
                ReadOnlySpan<int> lengths = [0, 1, 3, 4, 5, -1, int.MinValue, int.MaxValue, 64 << 20, (64 << 20) + 1, 10_001, message.Length, message.Length - 2];
                BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(place == 0 ? 0 : 1), lengths[_random.Next(lengths.Length)]);
                break;
            case 3:
                _messages[place] = message[.._random.Next(message.Length + 1)];
                break;
            case 4:
                _messages.Insert(place, [.. message]);
                break;
            case 5:
                var other = _random.Next(_messages.Count);
                (_messages[place], _messages[other]) = (_messages[other], _messages[place]);
                break;
            case 6:
                _messages.RemoveAt(place);
                _messages.Add(Noise(_random.Next(200)));
                break;
            case 7 when message.Length > 0:
                var at = _random.Next(message.Length);
                _messages[place] = [.. message[..at], .. Noise(_random.Next(20)), .. message[at..]];
                break;
            default:
                _messages.Insert(place, Message());
                break;
        }
    }
}
