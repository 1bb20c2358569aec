namespace Engine.Parser.Tokens;

/// <summary>
/// Token types by spelling, without regard to the case of ASCII letters. A hash table of its own, because the first statement of a process pays
/// for the general ones: looked up by span they are compiled anew, which takes longer than parsing.
/// </summary>
internal sealed class WordTable
{
    private readonly (string Word, int Type)[] _slots;
    private readonly int _mask;

    public WordTable(IReadOnlyCollection<(string Word, int Type)> words)
    {
        var capacity = 16;
        while (capacity < words.Count * 3)
        {
            capacity *= 2;
        }

        _mask = capacity - 1;
        _slots = new (string, int)[capacity];
        foreach (var (word, type) in words)
        {
            var slot = Hash(word) & _mask;
            while (_slots[slot].Word is not null)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = (word, type);
        }
    }

    public bool TryGetType(ReadOnlySpan<char> word, out int type)
    {
        for (var slot = Hash(word) & _mask; _slots[slot].Word is { } candidate; slot = (slot + 1) & _mask)
        {
            if (EqualsIgnoringCase(word, candidate))
            {
                type = _slots[slot].Type;
                return true;
            }
        }

        type = 0;
        return false;
    }

    private static int Hash(ReadOnlySpan<char> word)
    {
        var hash = 17u;
        foreach (var character in word)
        {
            hash = (hash * 31) + Folded(character);
        }

        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }

    private static bool EqualsIgnoringCase(ReadOnlySpan<char> word, string candidate)
    {
        if (word.Length != candidate.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (Folded(word[i]) != Folded(candidate[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static char Folded(char character) => char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
}
