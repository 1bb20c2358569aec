using Engine.Core.Errors;
using Engine.Server.Security;

namespace Engine.Server.Tests.Security;

public sealed class ScramTests
{
    /// <summary>The exchange of RFC 7677, section 3.</summary>
    private const string Salt = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private const string ClientFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private const string FinalWithoutProof = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private const string Proof = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private static readonly ScramVerifier Pencil = ScramVerifier.Create("pencil", Convert.FromBase64String(Salt), 4096);

    [Fact]
    public void Goes_as_in_RFC_7677()
    {
        var exchange = Exchange(Pencil);
        exchange.Challenge("SCRAM-SHA-256", ClientFirst).ShouldBe($"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s={Salt},i=4096");
        exchange.Finish($"{FinalWithoutProof},p={Proof}").ShouldBe("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    [Fact]
    public void Another_password_is_refused()
    {
        var exchange = Exchange(ScramVerifier.Create("pen", Convert.FromBase64String(Salt), 4096));
        exchange.Challenge("SCRAM-SHA-256", ClientFirst);
        exchange.Finish($"{FinalWithoutProof},p={Proof}").ShouldBeNull();
    }

    [Fact]
    public void The_right_proof_is_refused_where_there_is_no_such_user()
    {
        var exchange = new ScramExchange(Pencil, isKnown: false, channelBinding: null) { ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0" };
        exchange.Challenge("SCRAM-SHA-256", ClientFirst);
        exchange.Finish($"{FinalWithoutProof},p={Proof}").ShouldBeNull();
    }

    [Theory]
    [InlineData("SCRAM-SHA-1", ClientFirst, "08P01")]
    [InlineData("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=abc", "08P01")]
    [InlineData("SCRAM-SHA-256", "p=tls-server-end-point,,n=,r=abc", "08P01")]
    [InlineData("SCRAM-SHA-256", "n,a=other,n=,r=abc", "0A000")]
    [InlineData("SCRAM-SHA-256", "n,,m=ext,n=,r=abc", "0A000")]
    [InlineData("SCRAM-SHA-256", "n,,n=,r=", "08P01")]
    [InlineData("SCRAM-SHA-256", "n,,n=,r=a\tc", "08P01")]
    [InlineData("SCRAM-SHA-256", "n,,r=abc,n=", "08P01")]
    [InlineData("SCRAM-SHA-256", "x,,n=,r=abc", "08P01")]
    [InlineData("SCRAM-SHA-256", "", "08P01")]
    public void What_is_not_to_be_in_client_first(string mechanism, string clientFirst, string sqlState) =>
        Should.Throw<QueryException>(() => Exchange(Pencil).Challenge(mechanism, clientFirst)).Code.SqlState.ShouldBe(sqlState);

    [Theory]
    [InlineData($"c=biws,r=rOprNGfwEbeRWgbNEkqO,p={Proof}")]
    [InlineData(FinalWithoutProof)]
    [InlineData($"{FinalWithoutProof},p=dHz=")]
    [InlineData($"{FinalWithoutProof},p=***")]
    [InlineData($"c=,{FinalWithoutProof},p={Proof}")]
    [InlineData("")]
    public void What_is_not_to_be_in_client_final(string clientFinal)
    {
        var exchange = Exchange(Pencil);
        exchange.Challenge("SCRAM-SHA-256", ClientFirst);
        Should.Throw<QueryException>(() => exchange.Finish(clientFinal)).Code.SqlState.ShouldBeOneOf("08P01", "28000");
    }

    [Fact]
    public void A_downgrade_is_noticed()
    {
        // The client can bind to the channel and thinks that the server cannot, which has offered it.
        var exchange = new ScramExchange(Pencil, isKnown: true, channelBinding: [1, 2, 3]);
        Should.Throw<QueryException>(() => exchange.Challenge("SCRAM-SHA-256", "y,,n=,r=abc")).Message.ShouldBe("SCRAM channel binding negotiation error");
    }

    [Fact]
    public void A_login_that_is_bound_to_another_channel_is_refused()
    {
        var exchange = new ScramExchange(Pencil, isKnown: true, channelBinding: [1, 2, 3]) { ServerNonce = "s" };
        exchange.Challenge("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=c");
        var binding = Convert.ToBase64String([.. "p=tls-server-end-point,,"u8, 1, 2, 4]);
        Should.Throw<QueryException>(() => exchange.Finish($"c={binding},r=cs,p={Proof}")).Message.ShouldBe("SCRAM channel binding check failed");
    }

    [Fact]
    public void The_text_of_a_verifier_is_PostgreSQLs()
    {
        // ALTER ROLE ... PASSWORD 'pencil' of PostgreSQL 15 gives this with that salt.
        var text = Pencil.ToText();
        text.ShouldStartWith($"SCRAM-SHA-256$4096:{Salt}$");
        ScramVerifier.TryParse(text)!.ToText().ShouldBe(text);
        Pencil.ToString().ShouldNotContain(Salt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("md5aabbccddeeff00112233445566778899")]
    [InlineData("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==")]
    [InlineData("SCRAM-SHA-256$x:W22ZaJ0SNY7soEsUEjb6gQ==$aaaa:bbbb")]
    [InlineData("SCRAM-SHA-256$4096:$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    public void What_is_no_verifier(string text) => ScramVerifier.TryParse(text).ShouldBeNull();

    [Theory]
    [InlineData("pässwörd")]
    [InlineData("with a blank")]
    [InlineData("密码")]
    public void Passwords_that_all_clients_prepare_alike(string password) => Saslprep.Prepare(password).ShouldBe(password);

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData("a\u00A0b")]
    [InlineData("\uFB01")]
    [InlineData("a\u0308")]
    [InlineData("I\u00ADX")]
    public void Passwords_that_clients_prepare_in_several_ways(string password)
    {
        var error = Should.Throw<QueryException>(() => Saslprep.Prepare(password));
        error.Code.SqlState.ShouldBe("22023");
        (password.Length > 1 && error.Message.Contains(password, StringComparison.Ordinal)).ShouldBeFalse();
    }

    private static ScramExchange Exchange(ScramVerifier verifier) => new(verifier, isKnown: true, channelBinding: null) { ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0" };
}
