namespace Engine.Server.PgWire.Protocol;

/// <summary>A message of the client.</summary>
/// <param name="Type">Its letter.</param>
/// <param name="Payload">What follows its length; valid until the next message is read.</param>
internal readonly record struct FrontendMessage(byte Type, ReadOnlyMemory<byte> Payload);

/// <summary>The letters of the client's messages (PostgreSQL manual, "Message Formats").</summary>
internal static class FrontendType
{
    public const byte Bind = (byte)'B';
    public const byte Close = (byte)'C';
    public const byte CopyData = (byte)'d';
    public const byte CopyDone = (byte)'c';
    public const byte CopyFail = (byte)'f';
    public const byte Describe = (byte)'D';
    public const byte Execute = (byte)'E';
    public const byte Flush = (byte)'H';
    public const byte FunctionCall = (byte)'F';
    public const byte Parse = (byte)'P';
    public const byte Password = (byte)'p';
    public const byte Query = (byte)'Q';
    public const byte Sync = (byte)'S';
    public const byte Terminate = (byte)'X';
}
