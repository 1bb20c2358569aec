namespace Engine.Core.Text;

/// <summary>English names of months and weekdays, in full or by their first three letters.</summary>
internal static class TimeNames
{
    private static readonly byte[][] Months = Encode("january february march april may june july august september october november december");
    private static readonly byte[][] Weekdays = Encode("monday tuesday wednesday thursday friday saturday sunday");

    public static bool TryReadMonth(ReadOnlySpan<byte> text, ref int position, out int month)
    {
        month = Find(Months, text, ref position) + 1;
        return month > 0;
    }

    public static bool TryReadWeekday(ReadOnlySpan<byte> text, ref int position) => Find(Weekdays, text, ref position) >= 0;

    private static int Find(byte[][] names, ReadOnlySpan<byte> text, ref int position)
    {
        var end = position;
        while (end < text.Length && AsciiText.IsLetter(text[end]))
        {
            end++;
        }

        var word = text[position..end];
        for (var i = 0; i < names.Length; i++)
        {
            if (AsciiText.EqualsIgnoreCase(word, names[i]) || (word.Length == 3 && AsciiText.EqualsIgnoreCase(word, names[i].AsSpan(0, 3))))
            {
                position = end;
                return i;
            }
        }

        return -1;
    }

    private static byte[][] Encode(string names) => [.. names.Split(' ').Select(System.Text.Encoding.ASCII.GetBytes)];
}
