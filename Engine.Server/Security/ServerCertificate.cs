using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Engine.Core.Errors;

namespace Engine.Server.Security;

/// <summary>What the server shows for itself in TLS, and the key to it.</summary>
public sealed class ServerCertificate : IDisposable
{
    private static readonly TimeSpan SelfSignedLife = TimeSpan.FromDays(365);

    private readonly X509Certificate2 _certificate;

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        _certificate = certificate;
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        EndPointBinding = BindingOf(certificate);
    }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>The bytes of <c>tls-server-end-point</c>; null where RFC 5929 defines none.</summary>
    internal byte[]? EndPointBinding { get; }

    /// <summary>Reads PEM files: the certificate, with those that vouch for it behind it, and its key.</summary>
    /// <exception cref="QueryException">F0000 or 58030: the files are not there, or do not belong together.</exception>
    public static ServerCertificate Load(string certificatePath, string keyPath)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificatePath);
            return new ServerCertificate(X509Certificate2.CreateFromPemFile(certificatePath, keyPath), chain);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new QueryException(ErrorCodes.ConfigFileError, $"{certificatePath} and {keyPath} are no certificate and its key: {error.Message}", cause: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QueryException(ErrorCodes.IoError, $"cannot read the certificate: {error.Message}", cause: error);
        }
    }

    /// <summary>Makes a certificate for development, which vouches for itself, for this machine's names, and writes it and its key as PEM files.</summary>
    /// <exception cref="QueryException">58030: the files cannot be written.</exception>
    public static void CreateSelfSigned(string certificatePath, string keyPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=QueryEngine development", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (!Dns.GetHostName().Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            names.AddDnsName(Dns.GetHostName());
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.Add(SelfSignedLife));
        try
        {
            PrivateFile.Write(keyPath, key.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QueryException(ErrorCodes.IoError, $"cannot write the certificate: {error.Message}", cause: error);
        }
    }

    public void Dispose() => _certificate.Dispose();

    /// <summary>The certificate hashed by the function of its signature, SHA-256 in place of MD5 and SHA-1 (RFC 5929, section 4.1).</summary>
    private static byte[]? BindingOf(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        // RSA with MD5, SHA-1, SHA-256; ECDSA with SHA-1, SHA-256.
        "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.113549.1.1.11" or "1.2.840.10045.4.1" or "1.2.840.10045.4.3.2" => SHA256.HashData(certificate.RawDataMemory.Span),
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => SHA384.HashData(certificate.RawDataMemory.Span),
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => SHA512.HashData(certificate.RawDataMemory.Span),
        _ => null,
    };
}
