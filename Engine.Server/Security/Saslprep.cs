using System.Globalization;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Server.Security;

/// <summary>
/// SASLprep (RFC 4013), the form in which both sides hash a password. The runtime has no Unicode normalisation of its own (invariant globalization), and
/// clients differ in how much of the preparing they do, so that a password is taken only where preparing changes nothing: it is the same for all of them.
/// </summary>
internal static class Saslprep
{
    private const int MaxLength = 1024;

    /// <summary>The password as it is hashed.</summary>
    /// <exception cref="QueryException">22023: it is empty or too long, or has a character that clients prepare differently. The password is not in the message.</exception>
    public static string Prepare(string password)
    {
        if (password.Length is 0 or > MaxLength)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"a password has 1 to {MaxLength} characters");
        }

        var place = 1;
        foreach (var rune in password.EnumerateRunes())
        {
            // Broken surrogates come as the replacement character, which is prohibited.
            if (!SaslprepTables.IsStable(rune.Value))
            {
                throw new QueryException(
                    ErrorCodes.InvalidParameterValue,
                    string.Create(CultureInfo.InvariantCulture, $"the password's character {place} is one that clients may send in another form"),
                    hint: "Use letters, digits, punctuation and plain spaces; accented letters as one character.");
            }

            place++;
        }

        return password;
    }
}
