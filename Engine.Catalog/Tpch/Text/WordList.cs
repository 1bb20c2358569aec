using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Text;

/// <summary>Words that random numbers choose from, some of them more often than others.</summary>
internal sealed class WordList
{
    // Word lists live as long as the process, as code does, and count to nobody's memory.
    private static readonly MemoryPool Pool = MemoryPool.CreateRoot("the words of TPC-H");

    private readonly Lazy<Column> _dictionary;

    private WordList(string[] words, byte[] choices)
    {
        Words = words;
        Choices = choices;
        _dictionary = new Lazy<Column>(BuildDictionary);
    }

    public string[] Words { get; }

    /// <summary>The word that each random number from 0 on chooses: as many numbers for a word as it has weight.</summary>
    public byte[] Choices { get; }

    /// <summary>The words as a column, shared by all columns of their ids.</summary>
    public Column Dictionary => _dictionary.Value;

    /// <summary>Words of the same weight.</summary>
    public static WordList Of(params IEnumerable<string> words) => new([.. words], [.. Enumerable.Range(0, words.Count()).Select(word => (byte)word)]);

    /// <summary>Words separated by bars, each with its weight behind it where that is not 1.</summary>
    public static WordList Weighted(string text)
    {
        var words = new List<string>();
        var choices = new List<byte>();
        foreach (var entry in text.Split('|'))
        {
            var space = entry.LastIndexOf(' ');
            var (word, weight) = space > 0 && int.TryParse(entry.AsSpan(space + 1), out var number) ? (entry[..space], number) : (entry, 1);
            choices.AddRange(Enumerable.Repeat((byte)words.Count, weight));
            words.Add(word);
        }

        return new WordList([.. words], [.. choices]);
    }

    /// <summary>The same choices with something before or behind each word.</summary>
    public WordList With(Func<string, string> change) => new([.. Words.Select(change)], Choices);

    private Column BuildDictionary()
    {
        using var builder = new TextBuilder(DataType.Varchar, Pool);
        foreach (var word in Words)
        {
            builder.Append(Encoding.ASCII.GetBytes(word));
        }

        return builder.Finish();
    }
}
