using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Engine.Server.Tests;

/// <summary>A test that comes to the server from another address than loopback; skipped where the machine has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RemoteFactAttribute : FactAttribute
{
    public RemoteFactAttribute() => Skip = Address is null ? "this machine has no IPv4 address but loopback" : null;

    /// <summary>An address of this machine that is not loopback; null when it has none.</summary>
    public static IPAddress? Address { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address))
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
}
