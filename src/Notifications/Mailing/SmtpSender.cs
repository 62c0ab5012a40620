using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Iop.Notifications.Mailing;

/// <summary>A mail as it leaves.</summary>
/// <param name="MailId">The same at every attempt, so that a receiver who has it already can tell.</param>
internal sealed record Letter(Guid MailId, string Email, string Name, string Subject, string Body);

/// <summary>What became of an attempt.</summary>
internal enum Posted
{
    Taken,
    NotNow,
    Refused,

    /// <summary>It is not this mail: the server does not answer.</summary>
    ServerIsAway,
}

/// <summary>Hands a letter to the mail server.</summary>
internal sealed class SmtpSender(MailSettings settings, IConfiguration configuration)
{
    private static readonly TimeSpan AttemptMax = TimeSpan.FromSeconds(30);
    private const int FirstLastingRefusal = 500;
    private readonly string _ownName = new Uri(configuration["PublicBaseUrl"]!).Host;

    /// <returns>What became of it, with the server's code.</returns>
    public async Task<(Posted Posted, string? Trouble)> Send(Letter letter, CancellationToken cancel)
    {
        if (!MailAddress.TryCreate(letter.Email, letter.Name, out var to)) return (Posted.Refused, "address");
        using var message = Written(letter, to);
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls };
        if (settings.User is { } user) client.Credentials = new NetworkCredential(user, settings.Password);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(AttemptMax);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return (Posted.Taken, null);
        }
        catch (SmtpException no)
        {
            return (Meaning(no.StatusCode), no.StatusCode.ToString());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (Posted.NotNow, "slow");
        }
    }

    private static Posted Meaning(SmtpStatusCode code) => code switch
    {
        SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable => Posted.ServerIsAway,
        // Ours to mend, not the receiver's: a password, a certificate.
        SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted => Posted.ServerIsAway,
        >= (SmtpStatusCode)FirstLastingRefusal => Posted.Refused,
        _ => Posted.NotNow,
    };

    private MailMessage Written(Letter letter, MailAddress to)
    {
        var message = new MailMessage(new MailAddress(settings.From), to)
        {
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = letter.Body,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.Base64,
        };
        message.Headers.Add("Message-ID", $"<{letter.MailId}@{_ownName}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
