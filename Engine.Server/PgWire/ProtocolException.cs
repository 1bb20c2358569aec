namespace Engine.Server.PgWire;

/// <summary>The client does not keep to the protocol: nothing that follows can be understood.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
