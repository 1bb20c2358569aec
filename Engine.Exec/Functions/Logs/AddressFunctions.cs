using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Text;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Logs;

/// <summary>Addresses of IPv4 and IPv6, and networks such as 10.0.0.0/8, as texts.</summary>
internal static class AddressFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("ip_prefix(address, bits)", "The network of an address, as its first address and the number of bits.", "ip_prefix('192.168.255.255', 9) = '192.128.0.0/9'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.WithNumber, DataType.Varchar, (a, row, result) =>
            {
                var address = Parse(a.String(0, row));
                var bits = CheckBits(a.Long(1, row), address);
                result.Append($"{Mask(address, bits, isUpper: false)}/{bits}");
            }, canFail: true)]),
        new(
            Info("is_subnet_of(network, address)", "Whether an address or network lies inside a network.", "is_subnet_of('192.168.3.128/26', '192.168.3.144') = true"),
            [RowKernel.Overload<BooleanBuilder>(TextInfo.Two, DataType.Boolean, (a, row, result) =>
            {
                var (network, bits) = ParseNetwork(a.String(0, row));
                var (inner, innerBits) = ParseNetwork(a.String(1, row));
                result.Append(network.AddressFamily == inner.AddressFamily && innerBits >= bits && Mask(inner, bits, isUpper: false).Equals(Mask(network, bits, isUpper: false)));
            }, canFail: true)]),
        Limit("ip_subnet_min", "The first address of a network.", "ip_subnet_min('192.64.1.1/9') = '192.0.0.0'", isUpper: false),
        Limit("ip_subnet_max", "The last address of a network.", "ip_subnet_max('192.64.0.0/9') = '192.127.255.255'", isUpper: true),
        new(
            Info("is_ip(text)", "Whether the text is an address.", "is_ip('::1') = true"),
            [RowKernel.Overload<BooleanBuilder>(TextInfo.One, DataType.Boolean, (a, row, result) => result.Append(TryParse(a.String(0, row), out _)))]),
        new(
            Info("ip_version(address)", "4 or 6.", "ip_version('::1') = 6"),
            [RowKernel.Overload<FixedBuilder<int>>(TextInfo.One, DataType.Integer, (a, row, result) => result.Append(Parse(a.String(0, row)).AddressFamily == AddressFamily.InterNetwork ? 4 : 6), canFail: true)]),
    ];

    private static FunctionInfo Info(string signature, string description, string example) => new(signature, "log", description, example);

    private static ScalarFunction Limit(string name, string description, string example, bool isUpper) => new(
        Info($"{name}(network)", description, example),
        [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) =>
        {
            var (network, bits) = ParseNetwork(a.String(0, row));
            result.Append(Mask(network, bits, isUpper).ToString());
        }, canFail: true)]);

    private static IPAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new QueryException(ErrorCodes.InvalidTextRepresentation, $"invalid IP address: \"{text}\"");

    /// <summary>Four numbers or the form of IPv6; the short forms that C takes, such as 10.1, are none.</summary>
    private static bool TryParse(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.Contains('%', StringComparison.Ordinal) && text[0] != '[' : text.Count(c => c == '.') == 3);

    /// <summary>An address alone is a network of one.</summary>
    private static (IPAddress Address, int Bits) ParseNetwork(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = Parse(slash < 0 ? text : text[..slash]);
        if (slash < 0)
        {
            return (address, address.GetAddressBytes().Length * 8);
        }

        return long.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var bits)
            ? (address, CheckBits(bits, address))
            : throw new QueryException(ErrorCodes.InvalidTextRepresentation, $"invalid network: \"{text}\"", hint: "A network is written 10.0.0.0/8.");
    }

    private static int CheckBits(long bits, IPAddress address)
    {
        var width = address.GetAddressBytes().Length * 8;
        return bits >= 0 && bits <= width ? (int)bits : throw new QueryException(ErrorCodes.InvalidParameterValue, $"bits of a network must be from 0 to {width}: {bits}");
    }

    /// <summary>The address with the bits behind a number of them cleared, or set.</summary>
    private static IPAddress Mask(IPAddress address, int bits, bool isUpper)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(bits - (i * 8), 0, 8);
            var mask = (byte)(0xFF << (8 - kept));
            bytes[i] = (byte)((bytes[i] & mask) | (isUpper ? ~mask : 0));
        }

        return new IPAddress(bytes);
    }
}
