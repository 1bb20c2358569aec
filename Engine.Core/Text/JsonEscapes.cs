using System.Buffers;

namespace Engine.Core.Text;

/// <summary>Characters that a JSON string shows by a backslash.</summary>
internal static class JsonEscapes
{
    /// <summary>The quote, the backslash and the control characters.</summary>
    public static readonly SearchValues<byte> MustEscape = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public static void Write(byte symbol, ByteWriter writer)
    {
        writer.Add((byte)'\\');
        switch (symbol)
        {
            case (byte)'\n': writer.Add((byte)'n'); break;
            case (byte)'\r': writer.Add((byte)'r'); break;
            case (byte)'\t': writer.Add((byte)'t'); break;
            case 8: writer.Add((byte)'b'); break;
            case 12: writer.Add((byte)'f'); break;
            case (byte)'"' or (byte)'\\': writer.Add(symbol); break;
            default:
                writer.Add("u00"u8);
                writer.Add("0123456789abcdef"u8[symbol >> 4]);
                writer.Add("0123456789abcdef"u8[symbol & 15]);
                break;
        }
    }
}
