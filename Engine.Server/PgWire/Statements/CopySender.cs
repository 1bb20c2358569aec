using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire.Statements;

/// <summary>COPY ... TO STDOUT: the bytes of the format as they come.</summary>
internal sealed class CopySender(ResultRows rows, BackendWriter writer)
{
    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        var result = rows.Result;
        var schema = result.Schema!;
        var isBinary = result.Format!.IsBinary;
        writer.Begin('H').Byte(isBinary ? (byte)1 : (byte)0).Int16(schema.Count);
        foreach (var _ in schema)
        {
            writer.Int16(isBinary ? 1 : 0);
        }

        writer.End();
        using var data = new CopyDataStream(writer);
        var format = result.Format.Open(schema, data, result.Context!.Pool);
        try
        {
            while (await result.NextAsync().ConfigureAwait(false) is { } batch)
            {
                using (batch)
                {
                    format.Write(batch);
                }

                if (writer.IsFull)
                {
                    await writer.FlushAsync(GiveUp, result.CancellationToken, cancellationToken).ConfigureAwait(false);
                }
            }

            format.Complete();
        }
        finally
        {
            format?.Dispose();
        }

        writer.Message('c');

        // What waits in the format is the query's memory.
        void GiveUp()
        {
            format.Dispose();
            format = null;
            rows.GiveUp();
        }
    }

    /// <summary>Makes CopyData messages of what is written.</summary>
    private sealed class CopyDataStream(BackendWriter writer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw WriteOnly();

        public override long Position
        {
            get => throw WriteOnly();
            set => throw WriteOnly();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!buffer.IsEmpty)
            {
                writer.Begin('d').Raw(buffer).End();
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw WriteOnly();

        public override long Seek(long offset, SeekOrigin origin) => throw WriteOnly();

        public override void SetLength(long value) => throw WriteOnly();

        private static UnreachableException WriteOnly() => new("rows are only written");
    }
}
