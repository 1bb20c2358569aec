namespace Engine.Exec.Functions.Text;

/// <summary>Base32 of RFC 4648, section 6.</summary>
internal static class Base32
{
    private static ReadOnlySpan<byte> Letters => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"u8;

    public static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new byte[(bytes.Length + 4) / 5 * 8];
        text.AsSpan().Fill((byte)'=');
        var (bits, count, length) = (0, 0, 0);
        foreach (var item in bytes)
        {
            (bits, count) = ((bits << 8) | item, count + 8);
            for (; count >= 5; count -= 5)
            {
                text[length++] = Letters[(bits >> (count - 5)) & 31];
            }

            bits &= (1 << count) - 1;
        }

        if (count > 0)
        {
            text[length] = Letters[(bits << (5 - count)) & 31];
        }

        return text;
    }

    /// <summary>Null when the text is no base32.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)'=');
        var bytes = new byte[text.Length * 5L / 8];
        var (bits, count, length) = (0, 0, 0);
        foreach (var letter in text)
        {
            var value = Letters.IndexOf((byte)(letter is >= (byte)'a' and <= (byte)'z' ? letter - 32 : letter));
            if (value < 0)
            {
                return null;
            }

            (bits, count) = ((bits << 5) | value, count + 5);
            if (count >= 8)
            {
                count -= 8;
                bytes[length++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }

        return bits == 0 && length == bytes.Length ? bytes : null;
    }
}
