namespace Engine.Core.Memory;

/// <summary>The buffers that are out of a pool, as lists through the buffers themselves; several, so that threads seldom meet.</summary>
internal sealed class LiveBuffers
{
    private const int ListCount = 16;

    private readonly NativeBuffer?[] _heads = new NativeBuffer?[ListCount];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, ListCount).Select(_ => new Lock())];

    public void Add(NativeBuffer buffer)
    {
        var list = Environment.CurrentManagedThreadId % ListCount;
        lock (_locks[list])
        {
            buffer.LiveList = list;
            buffer.NextLive = _heads[list];
            if (buffer.NextLive is not null)
            {
                buffer.NextLive.PreviousLive = buffer;
            }

            _heads[list] = buffer;
        }
    }

    public void Remove(NativeBuffer buffer)
    {
        lock (_locks[buffer.LiveList])
        {
            if (buffer.PreviousLive is not null)
            {
                buffer.PreviousLive.NextLive = buffer.NextLive;
            }
            else if (_heads[buffer.LiveList] == buffer)
            {
                _heads[buffer.LiveList] = buffer.NextLive;
            }

            if (buffer.NextLive is not null)
            {
                buffer.NextLive.PreviousLive = buffer.PreviousLive;
            }

            buffer.PreviousLive = null;
            buffer.NextLive = null;
        }
    }

    /// <summary>One that is out, or null.</summary>
    public NativeBuffer? First() => Array.Find(_heads, head => head is not null);
}
