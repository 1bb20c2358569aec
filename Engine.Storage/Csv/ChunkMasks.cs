using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Storage.Csv;

/// <summary>The vector registers to use: the widest that the machine has, or a narrower way so that tests reach each.</summary>
internal enum VectorWidth
{
    Widest,
    Bits512,
    Bits256,
    Scalar,
}

/// <summary>Compares 64 bytes with the structural bytes of a dialect: a bit for each byte.</summary>
internal sealed unsafe class ChunkMasks
{
    private readonly byte _delimiter;
    private readonly byte _quote;
    private readonly byte _escape;
    private readonly byte _return;
    private readonly VectorWidth _width;

    public ChunkMasks(CsvDialect dialect, VectorWidth width)
    {
        _delimiter = dialect.FirstDelimiter;

        // A byte that means nothing is compared with the line feed, which is masked out again.
        _quote = dialect.Quote == 0 ? (byte)'\n' : dialect.Quote;
        _escape = dialect.HasEscapeByte ? dialect.Escape : _quote;
        _return = dialect.EndsAtReturn ? (byte)'\r' : (byte)'\n';
        _width = width switch
        {
            VectorWidth.Scalar => width,
            VectorWidth.Bits256 when Vector256.IsHardwareAccelerated => width,
            VectorWidth.Bits512 or VectorWidth.Widest when Vector512.IsHardwareAccelerated => VectorWidth.Bits512,
            VectorWidth.Widest when Vector256.IsHardwareAccelerated => VectorWidth.Bits256,
            _ => VectorWidth.Scalar,
        };
    }

    /// <summary>Line ends are line feeds, and carriage returns where those end records; specials are quotes and escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(byte* chunk, out ulong delimiters, out ulong lineEnds, out ulong specials)
    {
        if (_width == VectorWidth.Bits512)
        {
            var bytes = Vector512.Load(chunk);
            delimiters = Vector512.Equals(bytes, Vector512.Create(_delimiter)).ExtractMostSignificantBits();
            lineEnds = (Vector512.Equals(bytes, Vector512.Create((byte)'\n')) | Vector512.Equals(bytes, Vector512.Create(_return))).ExtractMostSignificantBits();
            specials = (Vector512.Equals(bytes, Vector512.Create(_quote)) | Vector512.Equals(bytes, Vector512.Create(_escape))).ExtractMostSignificantBits();
        }
        else if (_width == VectorWidth.Bits256)
        {
            ReadHalf(Vector256.Load(chunk), out var lowDelimiters, out var lowLineEnds, out var lowSpecials);
            ReadHalf(Vector256.Load(chunk + 32), out var highDelimiters, out var highLineEnds, out var highSpecials);
            delimiters = lowDelimiters | ((ulong)highDelimiters << 32);
            lineEnds = lowLineEnds | ((ulong)highLineEnds << 32);
            specials = lowSpecials | ((ulong)highSpecials << 32);
        }
        else
        {
            ReadScalar(chunk, out delimiters, out lineEnds, out specials);
        }

        specials &= ~lineEnds;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadHalf(Vector256<byte> bytes, out uint delimiters, out uint lineEnds, out uint specials)
    {
        delimiters = Vector256.Equals(bytes, Vector256.Create(_delimiter)).ExtractMostSignificantBits();
        lineEnds = (Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create(_return))).ExtractMostSignificantBits();
        specials = (Vector256.Equals(bytes, Vector256.Create(_quote)) | Vector256.Equals(bytes, Vector256.Create(_escape))).ExtractMostSignificantBits();
    }

    private void ReadScalar(byte* chunk, out ulong delimiters, out ulong lineEnds, out ulong specials)
    {
        delimiters = lineEnds = specials = 0;
        for (var i = 0; i < 64; i++)
        {
            var bit = 1UL << i;
            delimiters |= chunk[i] == _delimiter ? bit : 0;
            lineEnds |= chunk[i] == '\n' || chunk[i] == _return ? bit : 0;
            specials |= chunk[i] == _quote || chunk[i] == _escape ? bit : 0;
        }
    }
}
