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

    /// <summary>The certificates (a file of PEM) of those whose word for the server is trusted, in place of the machine's: an
    /// organisation's own authority.</summary>
    public string? Authority { get; init; }

    /// <summary>Until the end of the mail nothing has been handed over: giving up costs a wait. Servers may take their time with
    /// the greeting and with an address (RFC 5321, 4.5.3.2).</summary>
    public TimeSpan HandOverMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After the end of the mail the server may have it: so long is its answer waited for (RFC 5321, 4.5.3.2.6), since
    /// whoever gives up before makes doubles.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromMinutes(10);

    public bool IsOn => Host.Length > 0;
}
