namespace Engine.Storage.Compression;

/// <summary>Decompresses one deflate stream (RFC 1951).</summary>
internal sealed class Inflater(DeflateInput input)
{
    private const int HistoryLength = 32 << 10;
    private const int ChunkLength = 256 << 10;
    private const int MaxMatch = 258;
    private const int EndOfBlock = 256;

    private static readonly byte[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly HuffmanTable _literals = new(10);
    private readonly HuffmanTable _distances = new(8);
    private readonly byte[] _window = new byte[HistoryLength + ChunkLength + MaxMatch];
    private State _state;
    private bool _isLastBlock;
    private int _storedLeft;
    private int _served;
    private int _end;

    private enum State
    {
        BlockHeader,
        Stored,
        Compressed,
        Done,
    }

    private static ReadOnlySpan<ushort> LengthBases =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthExtras => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBases =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ];

    private static ReadOnlySpan<byte> DistanceExtras =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>Starts a new stream at the input's place.</summary>
    public void Restart()
    {
        _state = State.BlockHeader;
        _served = _end = 0;
    }

    /// <summary>The next bytes, valid until the next call; empty at the stream's end.</summary>
    public ReadOnlySpan<byte> Read(int maxLength)
    {
        if (_served == _end)
        {
            Decode();
        }

        var part = _window.AsSpan(_served, Math.Min(maxLength, _end - _served));
        _served += part.Length;
        return part;
    }

    private void Decode()
    {
        var history = Math.Min(_end, HistoryLength);
        _window.AsSpan(_end - history, history).CopyTo(_window);
        _served = _end = history;
        while (_end == history && _state != State.Done)
        {
            switch (_state)
            {
                case State.BlockHeader:
                    ReadBlockHeader();
                    break;
                case State.Stored:
                    CopyStored();
                    break;
                default:
                    DecodeSymbols();
                    break;
            }
        }
    }

    private void ReadBlockHeader()
    {
        input.Refill();
        _isLastBlock = input.Take(1) == 1;
        switch (input.Take(2))
        {
            case 0:
                input.AlignToByte();
                _storedLeft = input.TakeByte() | (input.TakeByte() << 8);
                if ((input.TakeByte() | (input.TakeByte() << 8)) != (~_storedLeft & 0xFFFF))
                {
                    throw Bad();
                }

                _state = State.Stored;
                break;
            case 1:
                BuildFixedTables();
                _state = State.Compressed;
                break;
            case 2:
                ReadTables();
                _state = State.Compressed;
                break;
            default:
                throw Bad();
        }

        input.CheckEnd();
    }

    private void CopyStored()
    {
        while (_storedLeft > 0 && _end < HistoryLength + ChunkLength)
        {
            var count = input.CopyTo(_window.AsSpan(_end, Math.Min(_storedLeft, HistoryLength + ChunkLength - _end)));
            _storedLeft -= count;
            _end += count;
        }

        if (_storedLeft == 0)
        {
            EndBlock();
        }
    }

    private void EndBlock() => _state = _isLastBlock ? State.Done : State.BlockHeader;

    private void BuildFixedTables()
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        _literals.TryBuild(lengths);
        lengths[..32].Fill(5);
        _distances.TryBuild(lengths[..32]);
    }

    private void ReadTables()
    {
        input.Refill();
        var literalCount = input.Take(5) + 257;
        var distanceCount = input.Take(5) + 1;
        var orderCount = input.Take(4) + 4;
        Span<byte> lengths = stackalloc byte[320];
        lengths.Clear();
        for (var i = 0; i < orderCount; i++)
        {
            lengths[LengthOrder[i]] = (byte)input.Take(3);
        }

        // The distance table is built last; until then it decodes the code lengths.
        if (literalCount > 286 || distanceCount > 30 || !_distances.TryBuild(lengths[..19]))
        {
            throw Bad();
        }

        lengths.Clear();
        for (var i = 0; i < literalCount + distanceCount;)
        {
            input.Refill();
            var symbol = _distances.Decode(input.Bits, out var codeLength);
            input.Skip(codeLength);
            var (repeat, value) = codeLength == 0 ? throw Bad() : symbol switch
            {
                < 16 => (1, (byte)symbol),
                16 when i > 0 => (3 + input.Take(2), lengths[i - 1]),
                17 => (3 + input.Take(3), (byte)0),
                18 => (11 + input.Take(7), (byte)0),
                _ => throw Bad(),
            };
            if (i + repeat > literalCount + distanceCount)
            {
                throw Bad();
            }

            lengths.Slice(i, repeat).Fill(value);
            i += repeat;
        }

        if (lengths[EndOfBlock] == 0
            || !_literals.TryBuild(lengths[..literalCount])
            || !_distances.TryBuild(lengths.Slice(literalCount, distanceCount)))
        {
            throw Bad();
        }
    }

    private void DecodeSymbols()
    {
        var end = _end;
        var window = _window;
        while (end < HistoryLength + ChunkLength)
        {
            // 48 bits are enough for a length (15 + 5) and a distance (15 + 13).
            input.Refill();
            var symbol = _literals.Decode(input.Bits, out var length);
            if (length == 0)
            {
                throw Bad();
            }

            input.Skip(length);
            if (symbol < EndOfBlock)
            {
                window[end++] = (byte)symbol;
                continue;
            }

            if (symbol == EndOfBlock)
            {
                input.CheckEnd();
                EndBlock();
                break;
            }

            end += CopyMatch(symbol - EndOfBlock - 1, end);
        }

        input.CheckEnd();
        _end = end;
    }

    private int CopyMatch(int lengthCode, int end)
    {
        if (lengthCode >= LengthBases.Length)
        {
            throw Bad();
        }

        var length = LengthBases[lengthCode] + input.Take(LengthExtras[lengthCode]);
        var code = _distances.Decode(input.Bits, out var codeLength);
        if (codeLength == 0 || code >= DistanceBases.Length)
        {
            throw Bad();
        }

        input.Skip(codeLength);
        var distance = DistanceBases[code] + input.Take(DistanceExtras[code]);
        if (distance > end)
        {
            throw Bad();
        }

        if (distance >= length)
        {
            _window.AsSpan(end - distance, length).CopyTo(_window.AsSpan(end));
        }
        else if (distance == 1)
        {
            _window.AsSpan(end, length).Fill(_window[end - 1]);
        }
        else
        {
            for (var i = end; i < end + length; i++)
            {
                _window[i] = _window[i - distance];
            }
        }

        return length;
    }

    private static InvalidDataException Bad() => new("bad deflate data");
}
