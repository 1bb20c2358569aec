using System.Text;
using Engine.Catalog.Tpch.Random;
using Engine.Core.Memory;

namespace Engine.Catalog.Tpch.Text;

/// <summary>The words of a list made ready to be copied into running text: each in a slot of its own, a space behind it, the length in the last byte.</summary>
internal sealed unsafe class WordSlots
{
    /// <summary>Bytes of a slot: one register's load and store.</summary>
    public const int Width = 32;

    private readonly byte[] _choices;
    private readonly byte* _slots;

    public WordSlots(WordList words, MemoryPool pool)
    {
        _choices = words.Choices;
        _slots = pool.AllocateCleared(words.Words.Length * (long)Width, "word slots").Pointer;
        for (var i = 0; i < words.Words.Length; i++)
        {
            var slot = new Span<byte>(_slots + (i * Width), Width);
            slot[^1] = (byte)Encoding.ASCII.GetBytes(words.Words[i] + " ", slot[..^1]);
        }
    }

    /// <summary>The slot of the word that a state of the stream chooses.</summary>
    public byte* Choose(ulong state) => _slots + (_choices[RandomStream.Choose(state, _choices.Length)] * Width);
}
