using System.Security.Cryptography;
using Iop.Kernel;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Notifications.Calendar;

/// <summary>A person's calendar of one organisation's deadlines (kalenderprenumeration).</summary>
internal sealed class CalendarFeed
{
    private const int SecretBytes = 32;

    public required Guid PersonId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>None when the address has been taken back.</summary>
    public byte[]? AddressHash { get; private set; }

    public DateTimeOffset RenewedAt { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>A new secret for the address; an older address leads nowhere from now on.</summary>
    public string Renew(DateTimeOffset now)
    {
        var secret = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(SecretBytes));
        (AddressHash, RenewedAt, ReadAt) = (HashOf(secret), now, null);
        Version++;
        return secret;
    }

    public Refusal? TakeBack()
    {
        if (AddressHash is null) return new Refusal("calendar.no-address");
        (AddressHash, ReadAt) = (null, null);
        Version++;
        return null;
    }

    public static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
