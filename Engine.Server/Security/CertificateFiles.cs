using Engine.Core.Errors;
using Microsoft.Extensions.Logging;

namespace Engine.Server.Security;

/// <summary>A certificate and its key in PEM files. They are read again when they have changed: one that is renewed every few weeks needs no restart.</summary>
public sealed class CertificateFiles : IDisposable
{
    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private (DateTime Certificate, DateTime Key) _modifiedAt;
    private ServerCertificate _current;

    /// <param name="certificatePath">The certificate, with those that vouch for it behind it.</param>
    /// <param name="keyPath">Its key.</param>
    /// <param name="logger">Is told of files that have become useless; the certificate stays what it was.</param>
    /// <exception cref="QueryException">F0000 or 58030: the files are not there, or do not belong together.</exception>
    public CertificateFiles(string certificatePath, string keyPath, ILogger logger)
    {
        (_certificatePath, _keyPath, _logger) = (certificatePath, keyPath, logger);
        _modifiedAt = ModifiedAt();
        _current = ServerCertificate.Load(certificatePath, keyPath);
    }

    /// <summary>The one to show to the next client. Connections keep the one that they began with.</summary>
    internal ServerCertificate Current
    {
        get
        {
            lock (_lock)
            {
                if (ModifiedAt() is var modifiedAt && modifiedAt != _modifiedAt)
                {
                    // Files that are half renewed change once more.
                    _modifiedAt = modifiedAt;
                    Reload();
                }

                return _current;
            }
        }
    }

    public void Dispose() => _current.Dispose();

    private void Reload()
    {
        try
        {
            _current = ServerCertificate.Load(_certificatePath, _keyPath);
            Log.CertificateRead(_logger, _certificatePath);
        }
        catch (QueryException error)
        {
            Log.CertificateUseless(_logger, error.Message);
        }
    }

    private (DateTime Certificate, DateTime Key) ModifiedAt() => (File.GetLastWriteTimeUtc(_certificatePath), File.GetLastWriteTimeUtc(_keyPath));
}
