namespace Engine.Server.Security;

/// <summary>What is kept of a password: who knows the password can be told by it.</summary>
public abstract record PasswordVerifier
{
    /// <summary>Whether it is the password's.</summary>
    internal abstract bool Matches(string password);

    /// <summary>The text that is kept in a users file.</summary>
    public abstract string ToText();
}
