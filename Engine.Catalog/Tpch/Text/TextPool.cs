using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Catalog.Tpch.Text;

/// <summary>
/// The text that all comments are cut from: 300 MB, made when the first comment is asked for, once a process. Columns of comments are views of it.
/// </summary>
internal sealed unsafe class TextPool
{
    public const int Size = 300 << 20;

    private static readonly Lazy<TextPool> Lazy = new(() => new TextPool());

    /// <summary>
    /// The text as pieces that threads write side by side: where each starts, and the state of the random numbers there. Both follow from the first state;
    /// they are known here because one sentence has to be written to know where the next one is.
    /// </summary>
    private static readonly (int Start, uint State)[] Pieces =
    [
        (0, 933588178), (19660810, 563391851), (39321619, 374858592), (58982448, 1037153816), (78643223, 123793686), (98304011, 181171974),
        (117964817, 1062410537), (137625648, 652432975), (157286442, 400078567), (176947229, 46453828), (196608019, 1105413057), (216268868, 1956087994),
        (235929648, 1407925218), (255590452, 1660456561), (275251227, 42055684), (294912013, 2013011059),
    ];

    private readonly NativeBuffer _text;

    private TextPool()
    {
        _text = MemoryPool.CreateRoot("the text of TPC-H").Allocate(Size, "text");
        Parallel.For(0, Pieces.Length, WritePiece);
        Heap = new TextHeap(_text);
    }

    public static TextPool Instance => Lazy.Value;

    /// <summary>The text as the only buffer of a heap.</summary>
    public TextHeap Heap { get; }

    public byte* Start => _text.Pointer;

    private void WritePiece(int piece)
    {
        var (start, state) = Pieces[piece];
        var isLast = piece == Pieces.Length - 1;
        var end = _text.Pointer + (isLast ? Size : Pieces[piece + 1].Start);
        var writer = new SentenceWriter(state, _text.Pointer + start);
        while (end - writer.End > SentenceWriter.MaxSentenceBytes)
        {
            writer.WriteSentence();
        }

        // The last sentences are written apart: what is stored behind a word must not meet the next piece.
        var rest = (int)(end - writer.End);
        var buffer = stackalloc byte[2 * SentenceWriter.MaxSentenceBytes];
        var restWriter = new SentenceWriter(writer.State, buffer);
        while (restWriter.End < buffer + rest)
        {
            restWriter.WriteSentence();
        }

        Debug.Assert(isLast || (restWriter.End == buffer + rest && restWriter.State == Pieces[piece + 1].State), "the next piece starts elsewhere");
        Buffer.MemoryCopy(buffer, writer.End, rest, rest);
    }
}
