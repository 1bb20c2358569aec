using Engine.Catalog.Tpch.Random;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Catalog.Tpch.Text;

/// <summary>
/// The text that all comments are pieces of: 300 MB, made when the first comment is asked for, once a process. Columns of comments are views of it.
/// </summary>
internal sealed unsafe class TextPool
{
    public const int Size = 300 << 20;

    private const uint Seed = 933588178;

    private static readonly Lazy<TextPool> Lazy = new(() => new TextPool());

    private readonly NativeBuffer _text;

    private TextPool()
    {
        _text = MemoryPool.CreateRoot("the text of TPC-H").Allocate(Size + SentenceWriter.MaxSentenceBytes, "text");
        var writer = new SentenceWriter(Seed, _text.Pointer);
        while (writer.End < _text.Pointer + Size)
        {
            writer.WriteSentence();
        }

        Heap = new TextHeap(_text);
    }

    public static TextPool Instance => Lazy.Value;

    /// <summary>The text as the only buffer of a heap.</summary>
    public TextHeap Heap { get; }

    public byte* Start => _text.Pointer;
}
