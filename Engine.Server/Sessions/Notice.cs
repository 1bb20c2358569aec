namespace Engine.Server.Sessions;

/// <summary>What a statement says beside its result: that there was nothing to do.</summary>
/// <param name="SqlState">Of what would have been the error; 00000 for none.</param>
/// <param name="Message">In PostgreSQL's words.</param>
public sealed record Notice(string SqlState, string Message);
