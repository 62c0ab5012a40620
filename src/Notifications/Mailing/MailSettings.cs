namespace Iop.Notifications.Mailing;

/// <summary>The mail server, from the settings <c>Mail:*</c>. Without a host nothing is mailed; everything is in the
/// inbox.</summary>
internal sealed class MailSettings
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 25;

    /// <summary>Encrypted by STARTTLS before anything is said; a server that cannot is not used.</summary>
    public bool StartTls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string From { get; init; } = "";

    public bool IsOn => Host.Length > 0;
}
