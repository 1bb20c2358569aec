using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Catalog.Tpch.Random;
using Engine.Core.Memory;

namespace Engine.Catalog.Tpch.Text;

/// <summary>Writes sentences of the specification's grammar (4.2.2.14) one behind the other.</summary>
internal unsafe struct SentenceWriter(ulong state, byte* start)
{
    /// <summary>No sentence takes more, with what is stored behind its last word.</summary>
    public const int MaxSentenceBytes = 256;

    // The slots live as long as the process, as the text does.
    private static readonly MemoryPool Pool = MemoryPool.CreateRoot("the words of TPC-H's text");

    private static readonly WordSlots Nouns = new(Vocabulary.Nouns, Pool);
    private static readonly WordSlots Verbs = new(Vocabulary.Verbs, Pool);
    private static readonly WordSlots Adjectives = new(Vocabulary.Adjectives, Pool);
    private static readonly WordSlots ListedAdjectives = new(Vocabulary.Adjectives.With(word => word + ","), Pool);
    private static readonly WordSlots Adverbs = new(Vocabulary.Adverbs, Pool);
    private static readonly WordSlots Auxiliaries = new(Vocabulary.Auxiliaries, Pool);
    private static readonly WordSlots Prepositions = new(Vocabulary.Prepositions.With(word => word + " the"), Pool);
    private static readonly WordSlots Terminators = new(Vocabulary.Terminators, Pool);

    private static readonly string[] Sentences = PerChoice(Vocabulary.Sentences, form => form.Replace(" ", string.Empty, StringComparison.Ordinal));
    private static readonly ImmutableArray<WordSlots>[] NounPhrases = PerChoice(Vocabulary.NounPhrases, Slots);
    private static readonly ImmutableArray<WordSlots>[] VerbPhrases = PerChoice(Vocabulary.VerbPhrases, Slots);

    /// <summary>The state after the last draw.</summary>
    public ulong State { get; private set; } = state;

    /// <summary>Where the next sentence goes.</summary>
    public byte* End { get; private set; } = start;

    // Half a second of this is waited for: it has to be fast from its first call on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteSentence()
    {
        foreach (var part in Choose(Sentences))
        {
            switch (part)
            {
                case 'N':
                    WritePhrase(NounPhrases);
                    break;
                case 'V':
                    WritePhrase(VerbPhrases);
                    break;
                case 'P':
                    Write(Prepositions);
                    WritePhrase(NounPhrases);
                    break;
                default:
                    // It stands right behind the word, where the space is.
                    End--;
                    Write(Terminators);
                    break;
            }
        }
    }

    private static T[] PerChoice<T>(WordList forms, Func<string, T> read) => [.. forms.Choices.Select(form => read(forms.Words[form]))];

    private static ImmutableArray<WordSlots> Slots(string phrase) =>
    [
        .. phrase.Split(' ').Select(part => part switch
        {
            "N" => Nouns,
            "V" => Verbs,
            "J" => Adjectives,
            "J," => ListedAdjectives,
            "D" => Adverbs,
            _ => Auxiliaries,
        }),
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WritePhrase(ImmutableArray<WordSlots>[] forms)
    {
        foreach (var words in Choose(forms))
        {
            Write(words);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(WordSlots words)
    {
        State = RandomStream.Next(State);
        var slot = words.Choose(State);
        Vector256.Load(slot).Store(End);
        End += slot[WordSlots.Width - 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Choose<T>(T[] forms)
    {
        State = RandomStream.Next(State);
        return forms[RandomStream.Choose(State, forms.Length)];
    }
}
