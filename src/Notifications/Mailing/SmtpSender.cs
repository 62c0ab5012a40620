using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;

namespace Iop.Notifications.Mailing;

/// <summary>A mail as it leaves.</summary>
/// <param name="MailId">The same at every attempt, so that a receiver who has it already can tell.</param>
internal sealed record Letter(Guid MailId, string Email, string Name, string Subject, string Body);

/// <summary>What became of an attempt.</summary>
internal enum Posted
{
    Taken,
    NotNow,

    /// <summary>The receiver's address was refused, and it alone.</summary>
    Refused,

    /// <summary>It was handed over whole, and the server has not said what became of it.</summary>
    PerhapsTaken,

    /// <summary>It is not this mail: the server does not answer, or takes none of ours.</summary>
    ServerIsAway,
}

/// <summary>Hands a letter to the mail server, and judges its answer.</summary>
internal sealed partial class SmtpSender(MailSettings settings, IConfiguration configuration, TimeProvider clock)
{
    private const int FirstLastingRefusal = 500;
    private const int ServiceClosing = 421;
    private const int SignInWanted = 530;
    private const int WordsMax = 200;
    private const int EncodedBytesMax = 45; // of a word of the subject: 75 characters in all (RFC 2047)
    private static readonly TimeSpan LeaveMax = TimeSpan.FromSeconds(2);
    private readonly MailAddress? _from = MailAddress.TryCreate(settings.From, out var from) ? from : null;
    private readonly string _ownName = new Uri(configuration["PublicBaseUrl"]!).Host;

    /// <returns>What became of it, with what the server said.</returns>
    public async Task<(Posted Posted, string? Trouble)> Send(Letter letter, CancellationToken cancel)
    {
        if (!MailAddress.TryCreate(letter.Email, letter.Name, out var to) || Wired(to) is not { } receiver)
            return (Posted.Refused, "address");
        if (_from is null || Wired(_from) is not { } own) return (Posted.ServerIsAway, "Mail:From");
        var handedOver = false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(settings.HandOverMax);
        await using var talk = new SmtpConversation();
        try
        {
            await talk.Begin(settings, _ownName, patience.Token);
            await talk.Address(own, receiver, patience.Token);
            await talk.Dictate(Written(letter, receiver), patience.Token);
            patience.CancelAfter(settings.AnswerMax);
            handedOver = true;
            await talk.End(patience.Token);
        }
        catch (SmtpDeclined no)
        {
            return (Meaning(no), Told(no, to));
        }
        catch (AuthenticationException)
        {
            return (Posted.ServerIsAway, "certificate");
        }
        catch (Exception gone) when (gone is IOException or SocketException
            || (gone is OperationCanceledException && (handedOver || !cancel.IsCancellationRequested)))
        {
            if (handedOver) return (Posted.PerhapsTaken, "no answer");
            return gone is OperationCanceledException ? (Posted.NotNow, "slow") : (Posted.ServerIsAway, "away");
        }
        await TakeLeave(talk);
        return (Posted.Taken, null);
    }

    /// <summary>Only what was said of the receiver's address concerns the receiver, and not when it was said of who sends. All
    /// else is for those who run the server to mend, and the mail waits for that.</summary>
    private static Posted Meaning(SmtpDeclined no) => no switch
    {
        { Code: ServiceClosing } => Posted.ServerIsAway,
        { Step: SmtpConversation.Receiver, Code: >= FirstLastingRefusal and not SignInWanted }
            when !no.Words.StartsWith("5.7.", StringComparison.Ordinal) => Posted.Refused, // 5.7: security or policy (RFC 3463)
        { Step: SmtpConversation.Receiver or SmtpConversation.Body or "DATA" } => Posted.NotNow,
        _ => Posted.ServerIsAway,
    };

    /// <summary>The server's words, without anybody's address.</summary>
    private static string Told(SmtpDeclined no, MailAddress to)
    {
        var code = $"{no.Step}: {no.Code}";
        if (no.Step == SmtpConversation.Receiver) return code;
        var words = Addresses().Replace(no.Words, "…").Replace(to.User, "…", StringComparison.OrdinalIgnoreCase);
        var flat = new string([.. words.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return $"{code} {(flat.Length > WordsMax ? flat[..WordsMax] + "…" : flat)}".TrimEnd();
    }

    private static async Task TakeLeave(SmtpConversation talk)
    {
        using var leave = new CancellationTokenSource(LeaveMax);
        try
        {
            await talk.TakeLeave(leave.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The mail has been taken; how the server ends the talk is its own matter.
        }
    }

    /// <summary>The address as servers read it: the domain in ASCII, nothing that could end the line. Null where the part before
    /// the @ cannot be written so.</summary>
    private static string? Wired(MailAddress to)
    {
        try
        {
            var address = $"{to.User}@{new IdnMapping().GetAscii(to.Host)}";
            return address.All(letter => letter is > ' ' and < '\x7f' and not ('<' or '>')) ? address : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private string Written(Letter letter, string receiver)
    {
        var mail = new StringBuilder();
        Header("From", $"{Encoded(_from!.DisplayName)} <{Wired(_from)}>".TrimStart());
        Header("To", $"{Encoded(letter.Name)} <{receiver}>");
        Header("Subject", Encoded(letter.Subject));
        Header("Date", clock.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("Message-ID", $"<{letter.MailId}@{_ownName}>");
        Header("Auto-Submitted", "auto-generated");
        Header("MIME-Version", "1.0");
        Header("Content-Type", "text/plain; charset=utf-8");
        Header("Content-Transfer-Encoding", "base64");
        var text = letter.Body.ReplaceLineEndings("\r\n");
        mail.Append("\r\n");
        mail.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks));
        return mail.Append("\r\n").ToString();

        void Header(string name, string value) => mail.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>Words of any letters as encoded words (RFC 2047), none cut within a letter: nothing in them can be a
    /// header.</summary>
    private static string Encoded(string text)
    {
        var (words, word) = (new List<string>(), new List<byte>());
        foreach (var letter in text.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(letter.ToString());
            if (word.Count + bytes.Length > EncodedBytesMax) End();
            word.AddRange(bytes);
        }
        if (word.Count > 0) End();
        return string.Join("\r\n ", words);

        void End()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
            word.Clear();
        }
    }

    [GeneratedRegex(@"\S*@\S*", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Addresses();
}
